/** Provider for configuration and gateway, exported by `gateway/<id>/provider.ts`. */
import type { CloudConnection, Setting } from '../../src/clouds/gateway/wire.ts'
import type { LocalKms } from '../kms/kms.ts'
import type { Connection } from './connection.ts'
import type { Upstream } from './upstream.ts'

export type ProviderId = CloudConnection['id']

/** Set variables by name; none is empty. */
export type Variables = Readonly<Record<string, string>>

export interface Variable {
  readonly name: string
  readonly role: Setting['role']
  /** Whether the value is sent in a request header. */
  readonly isHeader?: true
}

/** Findings about a configuration, as sentences without values of credentials. */
export interface Findings {
  /** Errors, which prevent the start. */
  readonly mistakes: string[]
  readonly warnings: string[]
}

/** Live provider, by its configuration. */
export interface Live {
  /** Base URLs, one for each address. */
  readonly urls: readonly string[]
  /** Opens the connection. */
  connect(settings: readonly Setting[], upstream: Upstream): Connection
}

/** Address of a file's wrapping key, from the file's header. */
export interface FileKeyAddress {
  readonly location: string
  readonly key: string
  readonly context?: string | undefined
}

export interface GatewayProvider {
  readonly id: ProviderId
  /** Display name. */
  readonly name: string
  /** Whether its keys have labels or projects, to which a role can be limited. */
  readonly hasLabels: boolean
  /** Prefix of its variables' names. */
  readonly prefix: string
  /** Variables that make the provider live, in the order of `/connections`. */
  readonly variables: readonly Variable[]
  /** Other variables of the vendor's tools, which are ignored. */
  readonly toolVariables: readonly string[]
  /** Undefined without credentials, and for an invalid configuration, which is added to `findings`. */
  readConfig(set: Variables, findings: Findings): Live | undefined
  /** Connects to the local KMS in this process. `address` is the base URL of its own port, if any. */
  connectLocal(kms: LocalKms, address: () => string | undefined): Connection
  /** Request of the gateway that decrypts a file key: path below `/api/ID`, and body. */
  decryptRequest(address: FileKeyAddress, ciphertext: string): { readonly path: string; readonly body: object }
}

export const namesSet = (set: Variables, names: readonly string[]): readonly string[] =>
  names.filter((name) => set[name] !== undefined)

/** Base URL without trailing slashes; may contain `{zone}`. */
export const readUrl = (name: string, text: string, { mistakes, warnings }: Findings): string => {
  const trimmed = text.replace(/\/+$/, '')
  const url = URL.parse(trimmed.replaceAll('{zone}', 'zone'))
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    mistakes.push(`${name} must be a base URL such as https://host/path, without user, password, query or fragment`)
  } else if (url.protocol === 'http:' && !/^(localhost|127\..*|\[::1\])$/.test(url.hostname)) {
    warnings.push(`${name} is plain http: anyone on the network path can read the credentials. Use https.`)
  }
  return trimmed
}

/** Checks header values early: a line break or non-ASCII letter would cause an obscure failure later. */
export const checkHeaderValues = (set: Variables, variables: readonly Variable[], { mistakes }: Findings): void => {
  const names = variables.filter(({ isHeader }) => isHeader).map(({ name }) => name)
  for (const name of namesSet(set, names)) {
    if (!/^[\x21-\x7e]+$/.test(set[name] ?? '')) {
      mistakes.push(`${name} must be printable ASCII without spaces; copy the value again`)
    }
  }
}

/** Value of two variables with the same meaning, which different vendor tools read. */
export const readEither = (
  set: Variables,
  first: string,
  second: string,
  { mistakes }: Findings,
): string | undefined => {
  const [one, other] = [set[first], set[second]]
  if (one !== undefined && other !== undefined && one !== other) {
    mistakes.push(`${first} and ${second} mean the same and are set to different values; unset one of them`)
  }
  return one ?? other
}
