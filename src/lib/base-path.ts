/** The path under which the console is served. */

const here = import.meta.url

/** With slashes at both ends. The files of the build are in a folder below it; the development server has none. */
export const basePath: string = import.meta.env.PROD ? new URL('../', here).pathname : '/'

/** Address on this server of a path within the console, such as `/keys`. */
export const withBase = (path: string, base = basePath): string => base + path.slice(1)

/** Path within the console of an address on this server. */
export const withoutBase = (pathname: string, base = basePath): string =>
  pathname.startsWith(base) ? pathname.slice(base.length - 1) : pathname

/** The whole address of a path within the console, to be opened elsewhere. */
export const fullAddress = (path: string): string => location.origin + withBase(path)
