/**
 * Node's HTTP without the Fetch API. An `import` of `node:http` reads all that it exports, and so loads undici, HTTP/2 and
 * web streams: 17 MB of memory and a third of the time of a start.
 */
export const http = process.getBuiltinModule('node:http')

/** Loaded when first needed, with TLS. */
export const https = () => process.getBuiltinModule('node:https')
