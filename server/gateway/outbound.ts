/** Settings of calls to live clouds: the proxy of each address, and certificate authorities beside those of Node. */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../host.ts'
import type { Findings, Variables } from './provider.ts'

/** Lower case wins, as in other programs. */
const proxyVariables = {
  'https:': ['https_proxy', 'HTTPS_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY'],
} as const
const exceptionVariables = ['no_proxy', 'NO_PROXY'] as const

/** Node reads the second one too, but only warns of a file that it can't use. */
const certificateVariables = ['EXTRA_CA_FILE', 'NODE_EXTRA_CA_CERTS'] as const

export const outboundVariables: readonly string[] = [
  ...Object.values(proxyVariables).flat(),
  ...exceptionVariables,
  ...certificateVariables,
]

export interface Proxy {
  /** With user and password, if any. */
  readonly url: string
  /** For people: without user and password. */
  readonly shown: string
}

/** How calls to one address of a cloud go. */
export interface Route {
  readonly url: URL
  /** Undefined for a direct connection. */
  readonly proxy: Proxy | undefined
}

export interface Outbound {
  readonly routes: readonly Route[]
  /** Absolute names of the files with more certificate authorities. */
  readonly certificateFiles: readonly string[]
  /** Their certificates in PEM. */
  readonly certificates: readonly string[]
}

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')
const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80')

/** Whether an entry `10.0.0.0/8` holds the address. */
const isInRange = (entry: string, host: string): boolean => {
  const [, network = '', prefix] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? []
  const families = { 4: 'ipv4', 6: 'ipv6' } as const
  const family = isIP(network)
  if ((family !== 4 && family !== 6) || isIP(host) !== family || Number(prefix) > (family === 4 ? 32 : 128))
    return false
  const range = new BlockList()
  range.addSubnet(network, Number(prefix), families[family])
  return range.check(host, families[family])
}

/** An entry is `*`, a host with its subdomains, or a range of addresses; hosts can have a port. */
const isException = (entry: string, url: URL): boolean => {
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? []
  if (port !== undefined && port !== portOf(url)) return false
  const host = hostOf(url)
  const domain = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '')
  return entry === '*' || host === domain || host.endsWith(`.${domain}`) || isInRange(entry, host)
}

const settingOf = (set: Variables, names: readonly string[]) =>
  names.flatMap((name) => (set[name] === undefined ? [] : [{ name, value: set[name] }]))[0]

const readProxy = (name: string, value: string, { mistakes }: Findings): Proxy | undefined => {
  const url = URL.parse(value.includes('://') ? value : `http://${value}`)
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '')
    return { url: url.href, shown: `${url.protocol}//${url.host}` }
  const mistake = `${name} must be the address of an HTTP proxy, such as http://proxy.example:3128`
  if (!mistakes.includes(mistake)) mistakes.push(mistake)
  return undefined
}

const proxyOf = (url: URL, set: Variables, findings: Findings): Proxy | undefined => {
  if (isLoopback(hostOf(url)) || hostOf(url) === 'localhost') return undefined
  const exceptions =
    settingOf(set, exceptionVariables)
      ?.value.toLowerCase()
      .split(/[\s,]+/) ?? []
  if (exceptions.some((entry) => entry !== '' && isException(entry, url))) return undefined
  const given = settingOf(set, proxyVariables[url.protocol === 'http:' ? 'http:' : 'https:'])
  return given && readProxy(given.name, given.value, findings)
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission to read it',
  EISDIR: 'it is a folder',
  ENOENT: 'it is not there',
}

/** Certificates in PEM of a file; a mistake without any. */
const readCertificates = (name: string, path: string, { mistakes }: Findings): readonly string[] => {
  try {
    const found = readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    for (const certificate of found) new X509Certificate(certificate)
    if (found.length > 0) return found
    mistakes.push(`${name} must name a file with certificates in PEM (-----BEGIN CERTIFICATE-----); ${path} has none`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = reasons[code] ?? 'it has a certificate that can’t be read'
    mistakes.push(`${name} must name a file with certificates in PEM; ${path} can't be used: ${reason}`)
  }
  return []
}

/**
 * Reads proxies and certificates for the addresses of the live clouds.
 * @param pathOf absolute path of the file that a variable names
 */
export const readOutbound = (
  urls: readonly URL[],
  set: Variables,
  pathOf: (name: string, value: string) => string,
  findings: Findings,
): Outbound => {
  // Without a live cloud nothing is called: a variable that other programs need must not prevent the start.
  const named = urls.length > 0 ? certificateVariables.filter((name) => set[name] !== undefined) : []
  const files = named.map((name) => ({ name, path: pathOf(name, set[name] ?? '') }))
  return {
    routes: urls.map((url) => ({ url, proxy: proxyOf(url, set, findings) })),
    certificateFiles: [...new Set(files.map(({ path }) => path))],
    certificates: files.flatMap(({ name, path }) => readCertificates(name, path, findings)),
  }
}
