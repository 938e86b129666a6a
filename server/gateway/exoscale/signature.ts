/** EXO2-HMAC-SHA256, the signature of Exoscale's API v2. */
import { createHmac } from 'node:crypto'
import type { SignableRequest } from '../connection.ts'

/** Argument names that the header can contain; arguments with other names are not signed, which the API allows. */
const NAME = /^[\w.~-]+$/

/** Names that occur exactly once, in code point order, with their decoded values. */
const signedArguments = (url: URL): ReadonlyArray<readonly [string, string]> => {
  const names = [...new Set(url.searchParams.keys())].filter(
    (name) => NAME.test(name) && url.searchParams.getAll(name).length === 1,
  )
  return names.sort().map((name) => [name, url.searchParams.get(name) ?? ''] as const)
}

/**
 * Value of the `Authorization` header.
 * @param expires seconds since the epoch; the vendor's clients use ten minutes from now
 */
export const signatureHeader = (
  { method, url, body }: SignableRequest,
  { key, secret }: { readonly key: string; readonly secret: string },
  expires: number,
): string => {
  const args = signedArguments(url)
  const mac = createHmac('sha256', secret)
    .update(`${method} ${url.pathname}\n`)
    .update(body)
    .update(`\n${args.map(([, value]) => value).join('')}\n\n${expires}`)
    .digest('base64')
  const names = args.length > 0 ? `signed-query-args=${args.map(([name]) => name).join(';')},` : ''
  return `EXO2-HMAC-SHA256 credential=${key},${names}expires=${expires},signature=${mac}`
}
