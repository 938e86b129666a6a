/** Hosts to listen on, each in one spelling: that of browsers, without brackets. */

const hex = (text: string | undefined): number => Number.parseInt(text ?? '', 16)

/** An IPv4 address that is written as IPv6, as `::ffff:7f00:1`, in its own form. */
const unmapped = (host: string): string => {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ?? []
  if (high === undefined) return host
  return [hex(high) >> 8, hex(high) & 255, hex(low) >> 8, hex(low) & 255].join('.')
}

/** For URLs and `Host` headers. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** The host as a browser writes it: `127.1` is `127.0.0.1`. Undefined for what is neither an address nor a name. */
export const canonicalHost = (text: string): string | undefined => {
  if (!/^[A-Za-z0-9.:_-]+$/.test(text)) return undefined
  const url = URL.parse(`http://${bracketed(text)}`)
  return url?.port === '' && url.hostname !== '' ? unmapped(url.hostname.replace(/^\[|\]$/g, '')) : undefined
}

/** Whether only this machine can reach the address. */
export const isLoopback = (address: string): boolean => /^127\.[\d.]+$|^::1$/.test(canonicalHost(address) ?? '')

/** Whether the address stands for every address of this machine. */
export const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::'

/** Whether a host of a URL is this machine: loopback, or `localhost`. */
export const isLocalName = (hostname: string): boolean =>
  hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''))
