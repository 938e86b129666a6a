/** Guard against foreign callers: accepts only pages of this address, and tools that call it. */
import { networkInterfaces } from 'node:os'
import { bracketed, isLoopback, isWildcard } from '../host.ts'
import type { HttpRequest } from '../http/exchange.ts'
import { type Problem, ProblemError } from './problem.ts'

/** Remedy where other machines would reach a console. */
export const noSignIn =
  'Without a sign-in, anyone who reaches the console uses its credentials and keys. Set up a sign-in (docs/team.md), leave HOST at 127.0.0.1, or set ALLOW_ANONYMOUS=1.'

/** Where people and tools reach the gateway. */
export interface Address {
  /** Host that the server listens on, as browsers write it, without brackets. */
  readonly host: string
  readonly port: number
  /** Address that people open where it is another one, such as that of a proxy; its path ends with a slash. */
  readonly publicUrl?: URL | undefined
}

/** Accepted values of `Host`. */
export interface Hosts {
  /** @param host in lower case */
  has(host: string): boolean
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** A port forward or a tunnel has another port on the machine of its user. */
const isForwarded = (host: string) => loopback.includes(host.replace(/:\d{1,5}$/, ''))

const namesOf = (host: string): readonly string[] => {
  if (!isWildcard(host)) return [bracketed(host)]
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return own.map(({ address }) => bracketed(address))
}

const isReachedByLoopback = (host: string) => host === 'localhost' || isLoopback(host) || isWildcard(host)

/**
 * Accepted values of `Host` now: names of every address may change while the server runs. Any other is a page whose name was
 * resolved to this address (DNS rebinding), or an error.
 */
export const ownHosts = ({ host, port, publicUrl }: Address): Hosts => ({
  has: (asked) =>
    asked === publicUrl?.host ||
    (isReachedByLoopback(host) && isForwarded(asked)) ||
    namesOf(host).some((name) => asked === `${name}:${port}` || (port === 80 && asked === name)),
})

/** Host of a request for messages; undefined for one that is none. */
const shownHost = (request: HttpRequest): string | undefined => {
  const host = request.header('host')?.toLowerCase() ?? ''
  return /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/.test(host) ? host : undefined
}

/** Problem of a request for another host. */
export const refuseHost = (request: HttpRequest, hosts: Hosts): Problem | undefined => {
  if (hosts.has(request.header('host')?.toLowerCase() ?? '')) return undefined
  const host = shownHost(request)
  const remedy =
    host === undefined ? '' : ` If people reach it as ${host}, set PUBLIC_URL to that address, such as http://${host}/.`
  return {
    slug: 'foreign-host',
    detail: `This server answers only to its own address. Open the address that it printed at start.${remedy}`,
  }
}

/** Problem of a request from another site's page. Tools send neither header. */
export const refuseOrigin = (
  request: HttpRequest,
  { scheme, publicUrl }: { readonly scheme: 'http' | 'https'; readonly publicUrl: URL | undefined },
): Problem | undefined => {
  const origin = request.header('origin')?.toLowerCase()
  const site = request.header('sec-fetch-site')
  const host = request.header('host')?.toLowerCase()
  const isOwn =
    origin === undefined ||
    origin === publicUrl?.origin ||
    (host !== publicUrl?.host && origin === `${scheme}://${host}`)
  if (isOwn && (site === undefined || site === 'same-origin' || site === 'none')) return undefined
  const isPage = origin !== undefined && /^https?:\/\/[\w.:[\]-]+$/.test(origin) && site === 'same-origin'
  const remedy = isPage ? ` If this page is the console’s, set PUBLIC_URL to its address, such as ${origin}/.` : ''
  return { slug: 'foreign-origin', detail: `Pages of other sites can’t call this server.${remedy}` }
}

/** @throws ProblemError */
export const refuse = (problem: Problem | undefined) => {
  if (problem !== undefined) throw new ProblemError(problem)
}
