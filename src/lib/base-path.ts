/** The path under which the console is served. */

const here = import.meta.url

/** With slashes at both ends. The files of the build are in a folder below it; the development server has none. */
export const basePath: string = import.meta.env.PROD ? new URL('../', here).pathname : '/'

/** Address on this server of a path within the console, such as `/keys`. */
export const withBase = (path: string): string => basePath + path.slice(1)

/** The whole address of a path within the console, to be opened elsewhere. */
export const fullAddress = (path: string): string => location.origin + withBase(path)
