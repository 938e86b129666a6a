/** Address of a client behind proxies, which is used for the audit log and for limits alone, and identifiers that proxies give. */
import { randomUUID } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { HttpRequest } from '../http/exchange.ts'

const families = { 4: 'ipv4', 6: 'ipv6' } as const

/** Adds an address or a range `10.0.0.0/8`; false for a text that is neither. */
function add(list: BlockList, text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version !== 4 && version !== 6) return false
  if (prefix === undefined) list.addAddress(address, families[version])
  else if (rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (version === 4 ? 32 : 128)) return false
  else list.addSubnet(address, Number(prefix), families[version])
  return true
}

/** Proxies by their addresses and ranges; undefined for a text that has another part. */
export function readProxies(text: string): BlockList | undefined {
  const list = new BlockList()
  const parts = text.split(/[\s,]+/).filter(Boolean)
  return parts.every((part) => add(list, part)) ? list : undefined
}

/** An IPv4 address that a socket of IPv6 gives as `::ffff:10.0.0.1`. */
const unmapped = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

const isTrusted = (proxies: BlockList, address: string): boolean => {
  const version = isIP(address)
  return (version === 4 || version === 6) && proxies.check(address, families[version])
}

/** Function that gives the identifier of a request: that of a trusted proxy, which logs it too, else a new one. */
export const requestId =
  (proxies: BlockList) =>
  (request: HttpRequest): string => {
    const given = request.header('x-request-id')
    const isUsable = given !== undefined && /^[\w.-]{1,64}$/.test(given)
    return isUsable && isTrusted(proxies, unmapped(request.client ?? '')) ? given : randomUUID()
  }

/** Network of one client, for limits: an IPv4 address, or the 64 bits that a subscriber of IPv6 has. */
export function clientNetwork(address: string): string {
  if (isIP(address) !== 6) return address
  const [before = '', after] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const start = before.split(':').filter(Boolean)
  const end = after?.split(':').filter(Boolean) ?? []
  const length = start.length + end.length + (end.at(-1)?.includes('.') ? 1 : 0)
  const groups = [...start, ...Array<string>(Math.max(0, 8 - length)).fill('0'), ...end].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/**
 * The last address on the way that is no trusted proxy: what a client writes into `X-Forwarded-For` itself is before that.
 * @param proxies trusted ones
 */
export const clientAddress =
  (proxies: BlockList) =>
  (request: HttpRequest): string | undefined => {
    const way = (request.header('x-forwarded-for') ?? '').split(',').map((part) => unmapped(part.trim()))
    let client = request.client && unmapped(request.client)
    while (client !== undefined && isTrusted(proxies, client)) {
      const before = way.pop()
      if (before === undefined || isIP(before) === 0) break
      client = before
    }
    return client
  }
