/** Access tokens for a client id and secret: OAuth 2.0 client credentials (RFC 6749, section 4.4) at `/oidc/token`. */
import * as z from 'zod'
import { ProblemError } from '../problem.ts'
import { type Answer, answerLimits, call, type Upstream } from '../upstream.ts'

export interface TokenSource {
  /** Current token. Throws ProblemError if none can be obtained. */
  token(): Promise<string>
  /** Discards a token after a 401. Returns whether another can be obtained. */
  forget(refused: string): boolean
}

export interface TokenSourceOptions {
  readonly upstream: Upstream
  readonly endpoint: string
  readonly client: { readonly id: string; readonly secret: string }
  /** Display name of the provider. */
  readonly name: string
  /** Milliseconds. */
  readonly timeout: number
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

const TokenAnswer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  /** Seconds; the vendor's client assumes an hour if absent. */
  expires_in: z.number().positive().default(3600),
})

const jsonIn = ({ body, length }: Answer): unknown =>
  length === 0 ? undefined : JSON.parse(Buffer.concat(body).toString())

/** RFC 6749, section 2.3.1: id and secret are form-encoded before they are joined. */
const basic = (id: string, secret: string) => {
  const encode = (text: string) => new URLSearchParams([['', text]]).toString().slice(1)
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`
}

export const createTokenSource = (options: TokenSourceOptions): TokenSource => {
  const { upstream, endpoint, client, name, timeout, now = Date.now } = options

  const refused = (detail: string) => new ProblemError({ slug: 'upstream-credentials', detail, cloud: name })

  const exchange = async () => {
    const asked = now()
    const answer = await call(
      { upstream, name, timeout, limits: answerLimits.other },
      {
        method: 'POST',
        url: new URL(`${endpoint}/oidc/token`),
        headers: {
          authorization: basic(client.id, client.secret),
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          'accept-encoding': 'identity',
        },
        body: Buffer.from('grant_type=client_credentials'),
      },
    )
    if (answer.status > 299) {
      throw refused(`${name} answered ${answer.status} when the client id and secret were exchanged for a token.`)
    }
    const parsed = TokenAnswer.safeParse(jsonIn(answer))
    if (!parsed.success) throw refused(`${name} answered the exchange of client id and secret without a token.`)
    const life = parsed.data.expires_in * 1000
    // A minute early, or a tenth of a short lifetime, so that no token expires during a request.
    return { value: parsed.data.access_token, renewAt: asked + life - Math.min(60_000, life / 10) }
  }

  let known: { readonly value: string; readonly renewAt: number } | undefined
  // Waiting requests share one exchange.
  let pending: Promise<string> | undefined
  const renewed = async () => {
    try {
      known = await exchange()
      return known.value
    } finally {
      pending = undefined
    }
  }
  return {
    token: async () => {
      if (known !== undefined && now() < known.renewAt) return known.value
      pending ??= renewed()
      return pending
    },
    forget: (refused) => {
      // Another request with the same token may already have obtained a new one.
      if (known?.value === refused) known = undefined
      return true
    },
  }
}
