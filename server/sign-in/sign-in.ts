/** Recognises who makes a request, and answers the addresses below `/auth/` that sign people in and out. */
import { SIGN_IN_CHANNEL } from '../../src/clouds/gateway/sign-in.ts'
import type { Grant } from '../../src/clouds/gateway/wire.ts'
import { ProblemError } from '../gateway/problem.ts'
import { type HttpAnswer, type HttpRequest, jsonAnswer, queryOf } from '../http/exchange.ts'
import { type CookiePlace, cookieNamed, setCookie } from './cookies.ts'
import { type Attempt, type Oidc, ProviderUnavailableError, SignInRefusedError } from './oidc.ts'
import { type Claims, groupsIn, nameIn, type Person, type SignInMethod } from './person.ts'
import { grantsFor, groupsOfGrants } from './roles.ts'
import type { Sealer } from './sealed.ts'
import type { Session, Sessions } from './sessions.ts'
import { type ApiToken, apiTokenOf, IssuerUnavailableError } from './tokens.ts'

/** Claims of a signed token; undefined for one that is forged, expired, or made for others. */
export type ReadToken = (token: string) => Promise<Claims | undefined>

export interface SignInOptions {
  /** Address that people open; its path ends with a slash. Called when it is needed: the port may be unknown at first. */
  readonly publicUrl: () => URL
  readonly grants: readonly Grant[]
  readonly groupsClaim: string
  readonly sessions: Sessions
  readonly sealer: Sealer
  readonly place: () => CookiePlace
  readonly oidc: Oidc | undefined
  /** Signed tokens, in a header by its name in lower case. */
  readonly signedTokens: { readonly header: string; readonly read: ReadToken } | undefined
  readonly apiTokens: readonly ApiToken[]
  readonly now: () => number
  /** Called with who has signed in or out, and the request's identifier, before the answer. */
  readonly record: (what: 'sign-in' | 'sign-out', person: Person, request: HttpRequest, id: string) => Promise<void>
  /** Called with the reason of a failed sign-in, for the log. */
  readonly report: (error: Error) => void
}

export interface Caller {
  readonly person: Person
  /** Header `Set-Cookie` of the answer. */
  readonly renewal?: string | undefined
}

export interface SignIn {
  /** @throws ProblemError for a request of nobody, and while nobody can be recognised */
  authenticate(request: HttpRequest): Promise<Caller>
  /** Answer to a path below `/auth/`; undefined for an unknown one. */
  answer(request: HttpRequest, path: string, id: string): Promise<HttpAnswer> | undefined
  /** Paths that other sites lead to or call. */
  isOpenToSites(path: string): boolean
}

const ATTEMPT = 'sign-in'
/** Beginning of a program's group, which an identity provider can't give. */
const PROGRAM = 'token:'
/** Milliseconds that a person has to sign in at the provider. */
const ATTEMPT_AGE = 600_000
/** Bytes of the form with a logout token. */
const LONGEST_FORM = 65_536

const noStore = { 'cache-control': 'no-store' }

const redirect = (location: string, cookies: readonly string[]): HttpAnswer => ({
  status: 303,
  headers: { location, ...noStore },
  cookies,
})

/** Page of the popup that signs in again: it tells the page that waits, and closes. */
const donePage: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', ...noStore },
  body: '<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed in</title><p>You are signed in. This window can be closed.</p><script src="done.js"></script></html>',
}

const doneScript: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'text/javascript; charset=utf-8', ...noStore },
  body: `new BroadcastChannel('${SIGN_IN_CHANNEL}').postMessage('done')\nclose()\n`,
}

/** A path within the console, for a text that may lead anywhere. */
export function localPath(to: string | null, base: URL): string {
  const url = URL.parse(to ?? '', base)
  const isWithin = url?.origin === base.origin && url.pathname.startsWith(base.pathname)
  return isWithin ? url.pathname + url.search + url.hash : base.pathname
}

const sitePaths: ReadonlySet<string> = new Set(['/auth/sign-in', '/auth/callback', '/auth/done', '/auth/done.js'])
const BACK_CHANNEL = '/auth/back-channel-logout'

const asProblem = (error: unknown, report: SignInOptions['report']): unknown => {
  if (error instanceof SignInRefusedError) {
    report(error)
    return new ProblemError({ slug: 'sign-in-refused', detail: `${error.message} Sign in again.` })
  }
  if (error instanceof ProviderUnavailableError || error instanceof IssuerUnavailableError) {
    report(error)
    return new ProblemError({
      slug: 'sign-in-unavailable',
      detail: `${error.message} Try again in a moment; the log has the reason.`,
      headers: { 'retry-after': '5' },
    })
  }
  return error
}

export function openSignIn(options: SignInOptions): SignIn {
  const { publicUrl, grants, sessions, sealer, place, oidc, signedTokens, now, record, report } = options
  const attemptName = (state: string) => `kms-sign-in-${state.slice(0, 16).replaceAll(/[^\w-]/g, '')}`
  const attemptCookie = (state: string, value: string, age: number) =>
    setCookie(place(), attemptName(state), value, { sameSite: 'Lax', age })

  const known = new Set(groupsOfGrants(grants).filter((group) => !group.startsWith(PROGRAM)))
  const personOf = (who: Pick<Session, 'subject' | 'name' | 'groups'>, by: SignInMethod): Person => ({
    subject: who.subject,
    name: who.name,
    grants: grantsFor(grants, who.groups),
    by,
  })
  /** Only groups that a grant to people names: there may be hundreds, and the cookie holds them. */
  const identityOf = (claims: Claims) => ({
    subject: claims.sub,
    name: nameIn(claims),
    groups: groupsIn(claims, options.groupsClaim).filter((group) => known.has(group)),
  })

  async function byToken(request: HttpRequest, bearer: string | undefined): Promise<Person | undefined> {
    const program = bearer === undefined ? undefined : apiTokenOf(options.apiTokens, bearer)
    if (program) {
      const group = PROGRAM + program.name
      return personOf({ subject: group, name: program.name, groups: [group] }, 'API token')
    }
    if (signedTokens === undefined) return undefined
    const token = signedTokens.header === 'authorization' ? bearer : request.header(signedTokens.header)
    const claims = token === undefined ? undefined : await signedTokens.read(token)
    return claims && personOf(identityOf(claims), 'signed token')
  }

  async function callerOf(request: HttpRequest): Promise<Caller | undefined> {
    const authorization = request.header('authorization')
    const person = await byToken(request, /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1])
    if (person) return { person }
    // A request with a credential of its own does not count as that of a cookie.
    if (authorization !== undefined) return undefined
    const found = await sessions.read(request.header('cookie'))
    return found && { person: personOf(found.session, 'session'), renewal: found.renewal }
  }

  async function begin(request: HttpRequest, provider: Oidc): Promise<HttpAnswer> {
    const query = new URLSearchParams(queryOf(request.target))
    const base = publicUrl()
    const { to, attempt } = await provider.begin(new URL('auth/callback', base).href)
    const goal = query.has('popup') ? `${base.pathname}auth/done` : localPath(query.get('to'), base)
    const sealed = sealer.seal(ATTEMPT, { attempt, goal }, now() + ATTEMPT_AGE)
    return redirect(to, [attemptCookie(attempt.state, sealed, ATTEMPT_AGE)])
  }

  async function callback(request: HttpRequest, id: string, provider: Oidc): Promise<HttpAnswer> {
    const query = queryOf(request.target)
    const state = new URLSearchParams(query).get('state') ?? ''
    const sealed = cookieNamed(request.header('cookie'), place().prefix + attemptName(state)) ?? ''
    const kept = sealer.open(ATTEMPT, sealed, now()) as { readonly attempt: Attempt; readonly goal: string } | undefined
    if (!kept) throw new SignInRefusedError('This sign-in was not begun in this browser, or it took too long.')
    const claims = await provider.finish(new URL(`auth/callback?${query}`, publicUrl()), kept.attempt)
    const identity = identityOf(claims)
    await record('sign-in', personOf(identity, 'session'), request, id)
    const session = typeof claims.sid === 'string' ? claims.sid : undefined
    return redirect(kept.goal, [sessions.start({ id: session, ...identity }), attemptCookie(state, '', 0)])
  }

  async function signOut(request: HttpRequest, id: string): Promise<HttpAnswer> {
    const found = await sessions.read(request.header('cookie'))
    if (found) {
      await sessions.end(found.session)
      await record('sign-out', personOf(found.session, 'session'), request, id)
    }
    const to = found && (await oidc?.endSession(found.session.subject, publicUrl().href).catch(() => undefined))
    const headers = { ...noStore, 'clear-site-data': '"cache", "storage"' }
    return { ...jsonAnswer({ to: to ?? publicUrl().pathname }, 200, headers), cookies: [sessions.removal()] }
  }

  /** Called by the provider, not by a browser. */
  async function backChannel(request: HttpRequest, provider: Oidc): Promise<HttpAnswer> {
    const form = new URLSearchParams((await request.body(LONGEST_FORM))?.toString('utf8'))
    const ended = await provider.loggedOut(form.get('logout_token') ?? '')
    if (!ended) return jsonAnswer({ error: 'invalid_request' }, 400, noStore)
    await sessions.end(ended)
    return { status: 200, headers: noStore }
  }

  const routes: Readonly<Record<string, (request: HttpRequest, id: string) => Promise<HttpAnswer>>> = {
    'POST /auth/sign-out': signOut,
    ...(oidc && {
      'GET /auth/sign-in': (request) => begin(request, oidc),
      'GET /auth/callback': (request, id) => callback(request, id, oidc),
      'GET /auth/done': async () => donePage,
      'GET /auth/done.js': async () => doneScript,
      [`POST ${BACK_CHANNEL}`]: (request) => backChannel(request, oidc),
    }),
  }

  return {
    async authenticate(request) {
      const caller = await callerOf(request).catch((error: unknown) => {
        throw asProblem(error, report)
      })
      if (caller) return caller
      const detail = oidc
        ? 'You are not signed in.'
        : 'The request has no token of a person or program that is known here.'
      const headers = { 'www-authenticate': 'Bearer' }
      throw new ProblemError({ slug: 'signed-out', detail, headers, ...(oidc && { signIn: 'provider' as const }) })
    },
    answer(request, path, id) {
      return routes[`${request.method} ${path}`]?.(request, id).catch((error: unknown) => {
        throw asProblem(error, report)
      })
    },
    isOpenToSites: (path) => sitePaths.has(path) || path === BACK_CHANNEL,
  }
}
