/** Cookies of the console (RFC 6265bis). */

/** Value of a cookie in a header `Cookie`. */
export function cookieNamed(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at >= 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** Where the console's cookies hold, by the address that people open. */
export interface CookiePlace {
  /** Before the name: browsers accept `__Host-` and `__Secure-` on https only, with these attributes. */
  readonly prefix: string
  readonly attributes: string
}

/** Cookies of other ports of a machine have the same place, so the port is in the name there. */
export function cookiePlace({ protocol, pathname, port }: URL): CookiePlace {
  const attributes = `Path=${pathname}; HttpOnly`
  if (protocol !== 'https:') return { prefix: `${port}-`, attributes }
  return { prefix: pathname === '/' ? '__Host-' : '__Secure-', attributes: `${attributes}; Secure` }
}

/**
 * Header `Set-Cookie`.
 * @param sameSite `Lax` for a cookie that comes with the way back from another site
 * @param age milliseconds; 0 removes the cookie
 */
export const setCookie = (
  { prefix, attributes }: CookiePlace,
  name: string,
  value: string,
  { sameSite, age }: { readonly sameSite: 'Strict' | 'Lax'; readonly age: number },
): string =>
  `${prefix}${name}=${value}; ${attributes}; SameSite=${sameSite}; Max-Age=${Math.max(0, Math.floor(age / 1000))}`
