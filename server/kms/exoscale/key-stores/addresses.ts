/** Addresses that a proxy may have: everywhere on the Internet, and with a switch also in private networks. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../../loopback.ts'

export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

/** Special ranges of IPv4 (RFC 6890), and the address at which a large cloud answers its machines. */
const closed4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** Within the global range of IPv6: Teredo and other protocols, documentation, and addresses with one of IPv4 inside. */
const closed6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const closed = new BlockList()
for (const [network, prefix] of closed4) closed.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of closed6) closed.addSubnet(network, prefix, 'ipv6')

/** All that IPv6 has on the Internet; loopback, unique-local, link-local, mapped and multicast addresses are outside. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

export const isPublic = ({ address, family }: Address): boolean =>
  family === 4 ? !closed.check(address, 'ipv4') : global6.check(address, 'ipv6') && !closed.check(address, 'ipv6')

/** Host of a URL, without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

/** Addresses of a name. */
export type LookUp = (name: string) => Promise<ReadonlyArray<{ readonly address: string; readonly family: number }>>

/** Asks the machine's resolver. */
export const systemLookUp: LookUp = (name) => lookup(name, { all: true })

export interface AddressRules {
  readonly allowPrivate: boolean
  readonly lookUp: LookUp
}

/** An endpoint that is not called. The message begins with what is wrong, and says the way out. */
export class EndpointError extends Error {}

/**
 * Addresses of a URL's host, all of which may be called. URLs write an IPv4 address in decimals, however it was given.
 * @throws EndpointError for an address that may not be called, and for http elsewhere than on this machine
 */
export async function addressesOf(url: URL, { allowPrivate, lookUp }: AddressRules): Promise<readonly Address[]> {
  const host = hostOf(url)
  const literal = isIP(host)
  const found = literal === 0 ? await lookUp(host) : [{ address: host, family: literal }]
  const addresses = found.map(({ address, family }): Address => ({ address, family: family === 6 ? 6 : 4 }))
  if (!allowPrivate && !addresses.every(isPublic))
    throw new EndpointError(
      'must be on the Internet: its host has a private, local or reserved address. With KMS_XKS_ALLOW_PRIVATE=1 the local KMS calls it',
    )
  if (url.protocol === 'http:' && !addresses.every(({ address }) => isLoopback(address)))
    throw new EndpointError('must begin with https://: http is for this machine only')
  return addresses
}
