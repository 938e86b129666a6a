/** Tokens in a header: signed ones of an identity provider or a proxy that signs people in, and fixed ones of programs. */
import { hash, timingSafeEqual } from 'node:crypto'
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Claims } from './person.ts'

export interface SignedTokenSettings {
  /** Keys of the issuer; undefined to read their address from the issuer's discovery document. */
  readonly jwks: URL | undefined
  readonly issuer: string
  readonly audience: string
  /** Header that has the token, in lower case; `authorization` with `Bearer` before it. */
  readonly header: string
}

/** The keys of the issuer can't be had: the token may be right. */
export class IssuerUnavailableError extends Error {}

/** Milliseconds of a request to the issuer. */
const TIMEOUT = 5000

/** Address of the keys, by the discovery document (OpenID Connect Discovery 1.0, section 4). */
async function discoverKeys(issuer: string): Promise<URL> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  })
  const document: unknown = await answer.json()
  const found = typeof document === 'object' && document !== null && 'jwks_uri' in document ? document.jwks_uri : ''
  return new URL(String(found))
}

/** A shared secret as key, or none, would let anybody make tokens. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** Seconds by which clocks may be apart. */
const TOLERANCE = 30

/** Tokens whose signature is remembered, so that it is checked once. */
const MOST_KNOWN = 1000

const isClaims = (payload: JWTPayload): payload is JWTPayload & Claims => typeof payload.sub === 'string'

/**
 * Function that gives the claims of a token; undefined for one that is forged, expired, or made for others.
 * @throws IssuerUnavailableError
 */
export function openSignedTokens(
  { jwks, issuer, audience }: SignedTokenSettings,
  now: () => number,
): (token: string) => Promise<Claims | undefined> {
  const keysAt = (address: URL) =>
    createRemoteJWKSet(address, { cacheMaxAge: 600_000, cooldownDuration: 30_000, timeoutDuration: TIMEOUT })
  let keys: Promise<ReturnType<typeof keysAt>> | undefined
  /** Asked when a token comes, and again after a failure: an issuer that is down must not keep the console from starting. */
  const readKeys = () => {
    keys ??= (async () => keysAt(jwks ?? (await discoverKeys(issuer))))().catch((error: unknown) => {
      keys = undefined
      throw new IssuerUnavailableError('The keys that sign tokens can’t be read.', { cause: error })
    })
    return keys
  }
  /** Claims by digest of the token. */
  const known = new Map<string, { readonly claims: Claims; readonly until: number }>()

  async function verified(token: string): Promise<(JWTPayload & Claims) | undefined> {
    try {
      const { payload } = await jwtVerify(token, await readKeys(), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: TOLERANCE,
        currentDate: new Date(now()),
      })
      return isClaims(payload) ? payload : undefined
    } catch (error) {
      if (error instanceof IssuerUnavailableError) throw error
      const isAboutToken =
        error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC' && !(error instanceof errors.JWKSTimeout)
      // A key that the set lacks, or a token that is none, tells nothing about the issuer.
      if (isAboutToken) return undefined
      throw new IssuerUnavailableError('The keys that sign tokens can’t be read.', { cause: error })
    }
  }

  return async (token) => {
    const name = hash('sha256', token, 'base64')
    const before = known.get(name)
    if (before && now() < before.until) return before.claims
    known.delete(name)
    const claims = await verified(token)
    if (!claims) return undefined
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size >= MOST_KNOWN) known.delete(oldest)
    known.set(name, { claims, until: ((claims.exp ?? 0) + TOLERANCE) * 1000 })
    return claims
  }
}

/** Fixed token of a program, of which only the digest is known. */
export interface ApiToken {
  readonly name: string
  /** SHA-256, 32 bytes. */
  readonly digest: Uint8Array
}

/** The token whose digest it is, compared in constant time. */
export function apiTokenOf<T extends ApiToken>(tokens: readonly T[], token: string): T | undefined {
  const digest = hash('sha256', token, 'buffer')
  return tokens.reduce<T | undefined>((found, one) => (timingSafeEqual(one.digest, digest) ? one : found), undefined)
}
