/** What values of variables are: each has its own message for a wrong one. */
import * as z from 'zod'
import { canonicalHost } from './host.ts'

const portMessage = 'must be a port: a whole number from 0 to 65535, 0 for any free one'
export const Port = z
  .string()
  .regex(/^\d{1,5}$/, portMessage)
  .transform(Number)
  .refine((port) => port <= 65_535, portMessage)

export const Host = z
  .string()
  .transform(canonicalHost)
  .refine((host) => host !== undefined, 'must be an IP address or a host name, without port or brackets')
  .default('127.0.0.1')

export const Flag = z.stringbool({ error: 'must be true or false' })

/** @param unit plural, such as seconds */
export const wholeNumber = (least: number, most: number, unit: string) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number of ${unit} from ${least} to ${most}`,
    )
    .transform(Number)

/** Whether a text is an origin: lower case, without path and default port. */
export const isOrigin = (text: string) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

/** An address with nothing but scheme, host, port and path, to which a last slash is added. */
const publicUrlOf = (text: string): URL | undefined => {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`)
  if (url === null || !/^https?:$/.test(url.protocol) || /[?#;%]|\/\//.test(url.pathname)) return undefined
  return url.search === '' && url.hash === '' && url.username === '' && url.password === '' ? url : undefined
}

export const PublicUrl = z
  .string()
  .transform(publicUrlOf)
  .refine(
    (url) => url !== undefined,
    'must be the address that people open: http:// or https://, a host, and a path if it has one: https://kms.example/kms/',
  )

export const RootKeyText = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9+/]{43}=$/.test(text),
    'must be the base64 text of exactly 32 bytes; create one with: openssl rand -base64 32',
  )
