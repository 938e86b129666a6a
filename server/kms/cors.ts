/** Which pages a browser lets read the answers of an API (the CORS protocol of the Fetch standard). */

type Headers = Readonly<Record<string, string>>

export interface Cors {
  /** Headers of the answer to a preflight, which asks without a credential: 204 without a body. */
  preflight(origin: string | null | undefined): Headers
  /** Headers of every other answer. */
  headers(origin: string | null | undefined): Headers
}

/**
 * @param origins `https://host[:port]`, as browsers write them; with none, no page of another origin reads anything
 * @param methods of the API, separated by commas
 * @param requestHeaders that its requests carry, separated by commas
 */
export function openCors(origins: readonly string[], methods: string, requestHeaders: string): Cors {
  const headers = (origin: string | null | undefined): Headers => ({
    ...(origins.length > 0 && { vary: 'Origin' }),
    ...(origin && origins.includes(origin) && { 'access-control-allow-origin': origin }),
  })
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
