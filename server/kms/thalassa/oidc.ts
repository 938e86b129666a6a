/** Access tokens of service accounts: OAuth 2.0 client credentials (RFC 6749, section 4.4), the tokens JWTs (RFC 7519). */
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import type { Clock } from '../engine/clock.ts'
import { type KnownCredential, type Scope, scopes } from './authentication-credentials.ts'

/** Seconds. */
export const TOKEN_LIFETIME = 3600

const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')

const Payload = z.object({
  client_id: z.string(),
  /** Separated by spaces. */
  scope: z.string(),
  project: z.string().optional(),
  /** Seconds since the epoch. */
  exp: z.number(),
})

/** Claims of an access token whose signature and expiry are valid. */
export interface TokenClaims {
  readonly client: string
  readonly scopes: readonly Scope[]
  readonly project: string | undefined
}

export interface TokenAnswer {
  readonly status: 200 | 400 | 401
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

export interface Tokens {
  /** Claims of a token; undefined if foreign, changed or expired. */
  read(token: string): TokenClaims | undefined
  /**
   * Answers `POST /oidc/token`.
   * @param authorization the header, `Basic` with client id and secret; alternatively both are in the form
   * @param form body, `application/x-www-form-urlencoded`
   */
  exchange(authorization: string | undefined, form: string): TokenAnswer
}

const digest = (text: string) => hash('sha256', text, 'buffer')
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))
const scopesIn = (text: string): readonly Scope[] => scopes.filter((scope) => text.split(' ').includes(scope))

/** RFC 6749, section 2.3.1: id and secret are form-encoded before they are joined. */
function fromBasic(authorization: string): { id: string; secret: string } | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization)?.[1]
  const [id, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':')
  if (encoded === undefined || id === undefined || rest.length === 0) return undefined
  const decode = (text: string) => new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? ''
  return { id: decode(id), secret: decode(rest.join(':')) }
}

function refused(status: 400 | 401, error: string, description: string): TokenAnswer {
  return {
    status,
    headers: { 'cache-control': 'no-store', ...(status === 401 && { 'www-authenticate': 'Basic realm="oidc"' }) },
    body: { error, error_description: description, message: description },
  }
}

/**
 * Issuer of self-contained tokens, which are not stored; only their signing key is, wrapped like every secret.
 * @param signingKey 32 bytes
 */
export function openTokens({
  signingKey,
  clients,
  clock,
}: {
  readonly signingKey: Uint8Array
  readonly clients: readonly KnownCredential[]
  readonly clock: Clock
}): Tokens {
  const signatureOf = (signed: string) => createHmac('sha256', signingKey).update(signed).digest('base64url')

  function issue(client: KnownCredential, granted: readonly Scope[]): string {
    const iat = Math.floor(clock.now() / 1000)
    const { id: client_id, project } = client
    const payload = { client_id, scope: granted.join(' '), ...(project && { project }), iat, exp: iat + TOKEN_LIFETIME }
    const signed = `${HEADER}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`
    return `${signed}.${signatureOf(signed)}`
  }

  return {
    read(token) {
      const [header, body, signature, ...more] = token.split('.')
      if (header !== HEADER || !body || !signature || more.length > 0) return undefined
      if (!isSame(signature, signatureOf(`${header}.${body}`))) return undefined
      const { client_id, scope, project, exp } = Payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
      return clock.now() < exp * 1000 ? { client: client_id, scopes: scopesIn(scope), project } : undefined
    },

    exchange(authorization, text) {
      const form = new URLSearchParams(text)
      const given = authorization
        ? fromBasic(authorization)
        : { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' }
      const client = clients.find(({ id }) => id === given?.id)
      // An unknown client takes the same comparison as a wrong secret, for constant time.
      const isRight = isSame(given?.secret ?? '', client?.secret ?? '')
      if (!client || !isRight) return refused(401, 'invalid_client', 'unauthorized')
      const grant = form.get('grant_type')
      if (!grant) return refused(400, 'invalid_request', 'grant_type is required')
      if (grant !== 'client_credentials')
        return refused(400, 'unsupported_grant_type', 'grant_type must be client_credentials')
      const asked = form.get('scope')?.split(' ').filter(Boolean) ?? []
      const granted = asked.length === 0 ? client.scopes : client.scopes.filter((scope) => asked.includes(scope))
      if (asked.some((scope) => !granted.some((one) => one === scope)))
        return refused(400, 'invalid_scope', `scope must be among ${client.scopes.join(' ')}`)
      return {
        status: 200,
        headers: { 'cache-control': 'no-store' },
        body: {
          access_token: issue(client, granted),
          token_type: 'Bearer',
          expires_in: TOKEN_LIFETIME,
          scope: granted.join(' '),
        },
      }
    },
  }
}
