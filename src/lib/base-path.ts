/** The path under which the console is served. */

/** The files of the build are in the folder `assets` below it; the development server has none. */
const [, base = '/'] = /^(.*\/)assets\/[^/]+$/.exec(new URL(import.meta.url).pathname) ?? []

/** With slashes at both ends. */
export const basePath: string = base

/** Address on this server of a path within the console, such as `/keys`. */
export const withBase = (path: string): string => basePath + path.slice(1)

/** The whole address of a path within the console, to be opened elsewhere. */
export const fullAddress = (path: string): string => location.origin + withBase(path)
