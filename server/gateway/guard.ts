/** Guard against foreign callers: accepts only pages of this address, and tools that call it. */
import { networkInterfaces } from 'node:os'
import { bracketed, isLoopback, isWildcard } from '../host.ts'
import type { HttpRequest } from '../http/exchange.ts'
import { type Problem, ProblemError } from './problem.ts'

/** Remedy where other machines would reach a console. */
export const noSignIn =
  'The console has no sign-in: anyone who reaches its port uses its credentials and keys. Leave HOST at 127.0.0.1, behind a proxy on this machine that authenticates people, or set ALLOW_ANONYMOUS=1.'

/** Address of the gateway. `host` is as browsers write it, without brackets. */
export interface Address {
  readonly host: string
  readonly port: number
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

const namesOf = (host: string): readonly string[] => {
  if (isWildcard(host)) {
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    return [...loopback, ...own.map(({ address }) => bracketed(address))]
  }
  const name = bracketed(host)
  return name === 'localhost' || isLoopback(host) ? [...loopback, name] : [name]
}

/**
 * Accepted values of `Host`. Any other is a page whose name was resolved to this address
 * (DNS rebinding), or an error.
 */
export const ownHosts = ({ host, port }: Address): ReadonlySet<string> =>
  new Set(namesOf(host).flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])))

/** Accepted values of `Host` now: names of every address may change while the server runs. */
export const hostsAt = (address: Address): (() => ReadonlySet<string>) => {
  if (isWildcard(address.host)) return () => ownHosts(address)
  const hosts = ownHosts(address)
  return () => hosts
}

/** Problem of a request for another host. */
export const refuseHost = (request: HttpRequest, hosts: ReadonlySet<string>): Problem | undefined =>
  hosts.has(request.header('host')?.toLowerCase() ?? '')
    ? undefined
    : {
        slug: 'foreign-host',
        detail: 'This server answers only to its own address. Open the address that it printed at start.',
      }

/** Problem of a request from another site's page. Tools send neither header. */
export const refuseOrigin = (request: HttpRequest): Problem | undefined => {
  const origin = request.header('origin')
  const site = request.header('sec-fetch-site')
  const foreign =
    (origin !== undefined && origin.toLowerCase() !== `http://${request.header('host')?.toLowerCase()}`) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  return foreign ? { slug: 'foreign-origin', detail: 'Pages of other sites can’t call this server.' } : undefined
}

/** @throws ProblemError */
export const refuse = (problem: Problem | undefined) => {
  if (problem !== undefined) throw new ProblemError(problem)
}
