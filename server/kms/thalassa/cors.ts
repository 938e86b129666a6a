import type { MiddlewareHandler } from 'hono'

const METHODS = 'GET, POST, PATCH, DELETE, OPTIONS'
const HEADERS = 'Authorization, Content-Type, X-Organisation-Identity, X-Project-Identity'

/** Answers preflights before authentication, and lets pages of the listed origins (`https://host[:port]`) read the answers. */
export const cors =
  (origins: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    const origin = c.req.header('origin')
    const allowed = origin !== undefined && origins.includes(origin)
    c.header('vary', 'Origin')
    if (allowed) c.header('access-control-allow-origin', origin)
    if (c.req.method !== 'OPTIONS') return next()
    c.header('access-control-allow-methods', METHODS)
    c.header('access-control-allow-headers', HEADERS)
    c.header('access-control-max-age', '600')
    return c.body(null, 204)
  }
