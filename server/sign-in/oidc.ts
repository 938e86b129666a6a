/** Sign-in of people at an OpenID provider: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0). */
import { createRemoteJWKSet, jwtVerify } from 'jose'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { isLocalName } from '../host.ts'
import type { Claims } from './person.ts'
import type { Ended } from './sessions.ts'

export interface OidcSettings {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** Separated by blanks; has `openid`. */
  readonly scope: string
}

/** What must come back with the callback, which only the browser of the attempt has. */
export interface Attempt {
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}

/** The provider can't be asked: the sign-in may work later. */
export class ProviderUnavailableError extends Error {}

/** The provider or somebody on the way answered what does not belong to the attempt. */
export class SignInRefusedError extends Error {}

export interface Oidc {
  /** Address of the provider to send a browser to, and what to keep until it comes back. */
  begin(redirectUri: string): Promise<{ readonly to: string; readonly attempt: Attempt }>
  /**
   * Claims of the person who has signed in.
   * @param callback the address that the browser was sent to
   * @throws SignInRefusedError, ProviderUnavailableError
   */
  finish(callback: URL, attempt: Attempt): Promise<Claims>
  /** Address of the provider that ends its own session too; undefined for a provider without one. */
  endSession(subject: string, returnTo: string): Promise<string | undefined>
  /** Session that a logout token ends (OpenID Connect Back-Channel Logout 1.0); undefined for a token that is none. */
  loggedOut(token: string): Promise<Ended | undefined>
}

const UNREACHABLE = 'The identity provider can’t be reached.'
/** Seconds of a request to the provider. */
const TIMEOUT = 10
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/** Ids of logout tokens that are remembered for two minutes, the longest age of one. */
const MOST_TOKENS = 10_000
const TOKEN_AGE = 120_000

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Errors of openid-client where the provider gave no usable answer. */
const unavailable: ReadonlySet<unknown> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
])

/** The network fails with an error that has no code of its own. */
const isUnavailable = (error: unknown): boolean =>
  !(error instanceof Error && 'code' in error && error.code !== undefined) || unavailable.has(error.code)

const asFailure = (error: unknown): Error =>
  isUnavailable(error)
    ? new ProviderUnavailableError(UNREACHABLE, { cause: error })
    : new SignInRefusedError('The answer of the identity provider does not belong to this sign-in.', { cause: error })

/**
 * @param now milliseconds since the epoch
 * @param timeout seconds of a request to the provider
 */
export function openOidc(
  { issuer, clientId, clientSecret, scope }: OidcSettings,
  now: () => number,
  timeout = TIMEOUT,
): Oidc {
  let found: Promise<Configuration> | undefined
  let keys: { readonly uri: string; readonly set: ReturnType<typeof createRemoteJWKSet> } | undefined
  const seen = new Map<string, number>()

  /** Asked when it is needed, and again after a failure: a provider that is down must not keep the console from starting. */
  function configuration(): Promise<Configuration> {
    // On this machine, for tests and development, a provider may speak http.
    const execute = isLocalName(issuer.hostname) ? [allowInsecureRequests] : []
    found ??= discovery(issuer, clientId, clientSecret, undefined, { execute, timeout }).catch((error) => {
      found = undefined
      throw new ProviderUnavailableError(UNREACHABLE, { cause: error })
    })
    return found
  }

  /** Kept, so that forged tokens don't have the provider asked again and again. */
  function keysAt(uri: string) {
    if (keys?.uri !== uri) keys = { uri, set: createRemoteJWKSet(new URL(uri), { timeoutDuration: timeout * 1000 }) }
    return keys.set
  }

  function isNew(id: string): boolean {
    for (const [one, until] of seen) {
      if (now() < until && seen.size < MOST_TOKENS) break
      seen.delete(one)
    }
    if (seen.has(id)) return false
    seen.set(id, now() + TOKEN_AGE)
    return true
  }

  return {
    async begin(redirectUri) {
      const config = await configuration()
      const attempt = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() }
      const to = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      })
      return { to: to.href, attempt }
    },

    async finish(callback, { verifier, state, nonce }) {
      const config = await configuration()
      const checks = {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }
      const tokens = await authorizationCodeGrant(config, callback, checks).catch((error: unknown) => {
        throw asFailure(error)
      })
      const claims = tokens.claims()
      if (claims) return claims
      throw new SignInRefusedError('The identity provider sent no ID token.')
    },

    async endSession(subject, returnTo) {
      const config = await configuration()
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined
      return buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo, logout_hint: subject }).href
    },

    async loggedOut(token) {
      const metadata = (await configuration()).serverMetadata()
      if (metadata.jwks_uri === undefined) return undefined
      try {
        const { payload } = await jwtVerify(token, keysAt(metadata.jwks_uri), {
          issuer: metadata.issuer,
          audience: clientId,
          typ: 'logout+jwt',
          maxTokenAge: TOKEN_AGE / 1000,
          requiredClaims: ['iat', 'jti', 'events'],
          currentDate: new Date(now()),
        })
        const { events, sid, sub, nonce, jti = '' } = payload
        if (nonce !== undefined || !isObject(events) || !isObject(events[LOGOUT_EVENT]) || !isNew(jti)) return undefined
        return typeof sid === 'string' ? { id: sid } : sub === undefined ? undefined : { subject: sub }
      } catch {
        return undefined
      }
    },
  }
}
