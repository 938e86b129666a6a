/** A real OpenID provider on this machine, whose people sign in by a click on their name. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Configuration, Provider } from 'oidc-provider'

export interface Account {
  readonly name: string
  readonly groups: readonly string[]
}

export interface IdentityProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Makes the console at this address known; before, every request of it fails. */
  register(consoleUrl: string): void
  /** Answers every request with this status instead; undefined for real answers. */
  breakDown(status: number | undefined): void
  /** Signing keys are replaced. */
  rotateKeys(): Promise<void>
  close(): Promise<void>
}

const clientId = 'kms-console'
const clientSecret = 'a-secret-between-the-console-and-the-provider'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const signInPage = (uid: string, subjects: readonly string[]) =>
  `<!doctype html><html lang="en"><title>Identity provider</title><h1>Who are you?</h1>${subjects
    .map(
      (name) =>
        `<form method="post" action="/interaction/${uid}"><button name="who" value="${escaped(name)}">${escaped(name)}</button></form>`,
    )
    .join('')}`

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const newKey = async () => {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey)
  return { kty, crv, x, y, d, alg: 'ES256', use: 'sig', kid: crypto.randomUUID() }
}

/**
 * @param accounts by subject; read at each sign-in, so that a test can change them
 * @param host of the issuer: another site than the console's, as in production
 */
export async function startIdentityProvider(
  accounts: Readonly<Record<string, Account>>,
  host = 'localhost',
): Promise<IdentityProvider> {
  let provider: Provider | undefined
  let brokenDown: number | undefined
  let consoleUrl: string | undefined
  let key = await newKey()

  const configuration = (url: string): Configuration => ({
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [new URL('auth/callback', url).href],
        post_logout_redirect_uris: [url],
        backchannel_logout_uri: new URL('auth/back-channel-logout', url).href,
        backchannel_logout_session_required: true,
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [key as never] },
    cookies: { keys: ['signs the cookies of the provider'] },
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        logoutSource(context, form) {
          context.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign out</button>`
        },
        postLogoutSuccessSource(context) {
          context.body = 'Signed out'
        },
      },
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 86_400, IdToken: 600, Interaction: 600, Session: 86_400 },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...accounts[sub], groups: [...(accounts[sub]?.groups ?? [])] }),
    }),
    // Nobody is asked whether the console may know their name.
    async loadExistingGrant(context) {
      const { client, session, provider: own } = context.oidc
      const grant = new own.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    // The library refuses to call this machine otherwise.
    fetch(url, init: (RequestInit & { dispatcher?: unknown }) | undefined) {
      const { dispatcher: _refusing, ...options } = init ?? {}
      return fetch(url, options)
    },
    pkce: { required: () => true },
    rotateRefreshToken: false,
    renderError: (context, out) => {
      context.type = 'text'
      context.body = JSON.stringify(out)
    },
  })

  async function interact(request: IncomingMessage, response: ServerResponse, uid: string, own: Provider) {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(signInPage(uid, Object.keys(accounts)))
      return
    }
    const who = new URLSearchParams(await bodyOf(request)).get('who') ?? ''
    await own.interactionFinished(request, response, { login: { accountId: who } })
  }

  const server = createServer((request, response) => {
    if (brokenDown !== undefined || provider === undefined) {
      response.statusCode = brokenDown ?? 503
      response.end('not now')
      return
    }
    const own = provider
    const [, uid] = /^\/interaction\/([\w-]+)$/.exec(request.url ?? '') ?? []
    if (uid === undefined) void own.callback()(request, response)
    else interact(request, response, uid, own).catch((error: unknown) => response.end(String(error)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `http://${host}:${port}`
  const build = (url: string) => {
    provider = new Provider(issuer, configuration(url))
  }
  return {
    issuer,
    clientId,
    clientSecret,
    register(url) {
      consoleUrl = url
      build(url)
    },
    breakDown(status) {
      brokenDown = status
    },
    async rotateKeys() {
      key = await newKey()
      if (consoleUrl !== undefined) build(consoleUrl)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
