/** CORS: pages of other origins that may read the answers of an API (Fetch standard). */

type Headers = Readonly<Record<string, string>>

export interface Cors {
  /** Headers of the answer to a preflight, which has no credential: 204 without a body. */
  preflight(origin: string | null | undefined): Headers
  /** Headers of every other answer. */
  headers(origin: string | null | undefined): Headers
}

/**
 * @param origins `https://host[:port]`, as browsers write them; empty: no access for pages of other origins
 * @param methods methods of the API, separated by commas
 * @param requestHeaders headers of its requests, separated by commas
 */
export function openCors(origins: readonly string[], methods: string, requestHeaders: string): Cors {
  const others: Headers = origins.length > 0 ? { vary: 'Origin' } : {}
  const headers = (origin: string | null | undefined): Headers =>
    origin && origins.includes(origin) ? { ...others, 'access-control-allow-origin': origin } : others
  return {
    headers,
    preflight: (origin) => ({
      ...headers(origin),
      'access-control-allow-methods': methods,
      'access-control-allow-headers': requestHeaders,
      'access-control-max-age': '600',
    }),
  }
}
