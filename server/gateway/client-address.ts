/** Address of a client behind proxies, which is used for the audit log and for limits alone. */
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

/**
 * The last address on the way that is no trusted proxy: what a client writes into `X-Forwarded-For` itself is before that.
 * @param proxies trusted ones
 */
export const clientAddress =
  (proxies: BlockList) =>
  (request: HttpRequest): string | undefined => {
    const isTrusted = (address: string) => {
      const version = isIP(address)
      return (version === 4 || version === 6) && proxies.check(address, families[version])
    }
    const way = (request.header('x-forwarded-for') ?? '').split(',').map((part) => unmapped(part.trim()))
    let client = request.client && unmapped(request.client)
    while (client !== undefined && isTrusted(client)) {
      const before = way.pop()
      if (before === undefined || isIP(before) === 0) break
      client = before
    }
    return client
  }
