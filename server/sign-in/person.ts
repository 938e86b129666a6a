/** Whoever makes a request: a person, or a program with a token. */
import type { Grant } from '../../src/clouds/gateway/wire.ts'

/** How somebody was recognised. */
export type SignInMethod = 'session' | 'signed token' | 'API token' | 'start token'

export interface Person {
  /** Identifier at the identity provider, or `token:NAME` of a program. */
  readonly subject: string
  readonly name: string
  readonly grants: readonly Grant[]
  readonly by: SignInMethod
}

/** Claims of a person as an identity provider makes them. */
export interface Claims {
  readonly sub: string
  readonly [name: string]: unknown
}

/** Characters of a name that are kept: the cookie of a session holds it. */
const LONGEST_NAME = 200

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Name for people: the first of these claims that is there. */
export const nameIn = (claims: Claims): string =>
  (text(claims.name) ?? text(claims.preferred_username) ?? text(claims.email) ?? claims.sub).slice(0, LONGEST_NAME)

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined

/**
 * Groups in a claim: a list, or a text with blanks or commas between them. A path such as `realm_access.roles` leads into
 * objects.
 */
export function groupsIn(claims: Claims, path: string): readonly string[] {
  const names = Object.hasOwn(claims, path) ? [path] : path.split('.')
  const value = names.reduce<unknown>(memberOf, claims)
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string')
  return typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : []
}
