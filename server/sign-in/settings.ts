/** Settings of the sign-in: who signs people in, how programs are known, and what roles both have. */

import * as z from 'zod'
import type { Grant } from '../../src/clouds/gateway/wire.ts'
import { isLocalName } from '../host.ts'
import { wholeNumber } from '../variable-values.ts'
import type { OidcSettings } from './oidc.ts'
import { groupsOfGrants, readGrants } from './roles.ts'
import type { ApiToken, SignedTokenSettings } from './tokens.ts'

export interface SignInSettings {
  readonly oidc: OidcSettings | undefined
  readonly signedTokens: SignedTokenSettings | undefined
  readonly apiTokens: readonly ApiToken[]
  readonly grants: readonly Grant[]
  /** Claim that has a person's groups; a path such as `realm_access.roles` leads into objects. */
  readonly groupsClaim: string
  /** Secrets of the cookies: the first is used for new ones. */
  readonly secrets: readonly string[]
  /** Milliseconds without a request after which a session ends. */
  readonly idle: number
  /** Milliseconds after which a session ends anyway. */
  readonly absolute: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Characters of 32 random bytes in hexadecimal or base64. */
const SHORTEST_SECRET = 32

const issuerOf = (text: string): URL | undefined => {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return undefined
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocalName(url.hostname)) ? url : undefined
}

const Url = z
  .string()
  .transform(issuerOf)
  .refine((url) => url !== undefined, 'must be an https:// address without query or fragment; http:// on this machine')

const listOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean)

/** `NAME:SHA256`, where the digest is hexadecimal. */
const tokenOf = (text: string): ApiToken | undefined => {
  const [, name, digest] = /^([\w.-]{1,64}):([0-9a-f]{64})$/i.exec(text) ?? []
  return name === undefined || digest === undefined ? undefined : { name, digest: Buffer.from(digest, 'hex') }
}

/** Variables of the sign-in, as members of a Zod object. */
export const signInVariables = {
  OIDC_ISSUER: Url.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: z
    .string()
    .refine((text) => text.split(/\s+/).includes('openid'), 'must contain openid, with blanks between scopes')
    .default('openid profile email'),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_JWKS_URL: Url.optional(),
  AUTH_HEADER: z
    .string()
    .regex(/^[A-Za-z][\w-]{0,63}$/, 'must be the name of a header, such as Cf-Access-Jwt-Assertion')
    .transform((name) => name.toLowerCase())
    .default('authorization'),
  API_TOKENS: z
    .string()
    .transform((text) => listOf(text).map(tokenOf))
    .refine(
      (tokens) => tokens.every((token) => token !== undefined),
      'must be NAME:SHA256 for each token, separated by commas. The digest of a token: printf %s TOKEN | sha256sum',
    )
    .optional(),
  ROLES: z.string().optional(),
  GROUPS_CLAIM: z.string().default('groups'),
  SESSION_SECRET: z
    .string()
    .transform(listOf)
    .refine(
      (secrets) => secrets.every((secret) => secret.length >= SHORTEST_SECRET),
      `must have ${SHORTEST_SECRET} characters or more; create one with: openssl rand -hex 32`,
    )
    .optional(),
  SESSION_IDLE_MINUTES: wholeNumber(1, 10_080, 'minutes').default(60),
  SESSION_HOURS: wholeNumber(1, 720, 'hours').default(8),
}

type SignInVariables = z.output<z.ZodObject<typeof signInVariables>>

function oidcOf(set: SignInVariables, mistakes: string[]): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_SCOPE: scope } = set
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (issuer === undefined) mistakes.push('OIDC_ISSUER is missing: the address of the identity provider')
  if (clientId === undefined) mistakes.push('OIDC_CLIENT_ID is missing: the name of this console at OIDC_ISSUER')
  if (clientId !== undefined && set.SESSION_SECRET === undefined)
    mistakes.push('SESSION_SECRET is missing: it protects the cookies of people. Create one with: openssl rand -hex 32')
  return issuer && clientId !== undefined ? { issuer, clientId, clientSecret, scope } : undefined
}

function signedTokensOf(set: SignInVariables, mistakes: string[]): SignedTokenSettings | undefined {
  const { AUTH_AUDIENCE: audience, AUTH_JWKS_URL: jwks, AUTH_HEADER: header } = set
  const issuer = set.AUTH_ISSUER ?? set.OIDC_ISSUER?.href
  if (audience === undefined && jwks === undefined && set.AUTH_ISSUER === undefined) return undefined
  if (audience === undefined)
    mistakes.push('AUTH_AUDIENCE is missing: without it, tokens that were made for other services would be accepted')
  if (issuer === undefined) mistakes.push('AUTH_ISSUER is missing: the issuer that signs the tokens')
  return audience !== undefined && issuer !== undefined ? { issuer, audience, jwks, header } : undefined
}

const defined = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter((value) => value !== undefined)

/**
 * Settings from the variables; undefined where nobody signs in.
 * @param clouds those that roles can be limited to
 * @param mistakes gets a sentence for each error
 */
export function readSignIn(
  set: SignInVariables,
  clouds: Parameters<typeof readGrants>[1],
  mistakes: string[],
): SignInSettings | undefined {
  const oidc = oidcOf(set, mistakes)
  const signedTokens = signedTokensOf(set, mistakes)
  const apiTokens = defined(set.API_TOKENS ?? [])
  const isOn = oidc !== undefined || signedTokens !== undefined || apiTokens.length > 0
  if (!isOn) {
    if (set.ROLES !== undefined && mistakes.length === 0)
      mistakes.push('ROLES needs a way to sign in: OIDC_ISSUER, AUTH_AUDIENCE or API_TOKENS')
    return undefined
  }
  if (set.ROLES === undefined)
    mistakes.push('ROLES is missing: what people may do by their groups, such as: kms-admins: admin; *: viewer')
  const grants = readGrants(set.ROLES ?? '', clouds, mistakes)
  const known = new Set(groupsOfGrants(grants))
  for (const { name } of apiTokens)
    if (!known.has(`token:${name}`)) mistakes.push(`ROLES has no role of the token ${name}: add token:${name}: viewer`)
  return {
    oidc,
    signedTokens,
    apiTokens,
    grants,
    groupsClaim: set.GROUPS_CLAIM,
    secrets: set.SESSION_SECRET ?? [],
    idle: set.SESSION_IDLE_MINUTES * MINUTE,
    absolute: set.SESSION_HOURS * HOUR,
  }
}
