/** Testing a connection without changing anything, and how to make one. */

import type { CloudConnection } from './gateway/wire.ts'
import { type Call, exchange } from './http.ts'
import type { KeyScope, KmsKey } from './model.ts'

/** Timing of one call. */
export interface Ping {
  /** Milliseconds between the gateway's request and the provider's whole answer; absent where the gateway did not measure it. */
  readonly latency?: number
  /** Seconds by which the gateway's clock is ahead of the provider's, within two; absent where the answer has no date. */
  readonly clockAhead?: number
}

/** Where a probe is made. */
export interface ProbeScope extends KeyScope {
  readonly connection: CloudConnection
  /** One of the keys there, where there is any. */
  readonly sample: KmsKey | undefined
}

/** One harmless call that shows what the credentials may do. */
export interface Probe {
  /** `Read a key` */
  readonly label: string
  /** Provider's name of the permission. */
  readonly permission: string
  /** Why it can't be tried there; undefined when it can. */
  readonly refusal?: (place: ProbeScope) => string | undefined
  /** Resolves with a fact worth telling, if any. Throws CallError when the cloud refuses. */
  run(place: ProbeScope, signal: AbortSignal): Promise<string | undefined>
}

/** One kind of credential. */
export interface CredentialKind {
  readonly id: string
  readonly label: string
  /** What the credential is and how the gateway uses it, as sentences. */
  readonly note: string
  /** Variables that hold something secret: asked for, and never typed into a command. */
  readonly secrets: readonly string[]
  /** The others, with an example of a value. */
  readonly plain: readonly (readonly [variable: string, example: string])[]
}

export interface ConnectionCheck {
  /** A light call in one location, as the credentials' owner. */
  ping(place: KeyScope, signal: AbortSignal): Promise<Ping>
  /** Whether an empty list may also mean that nothing may be listed. */
  readonly emptyListMayMeanForbidden: boolean
  /** Permission to list keys. */
  readonly listPermission: string
  readonly probes: readonly Probe[]
  /** What is never tried, because it would change or use something. */
  readonly untested: readonly string[]
  /** The usual kind first. */
  readonly credentials: readonly CredentialKind[]
  /** Variables that may be left out, with an example and what they are for. */
  readonly optional: readonly (readonly [variable: string, example: string, purpose: string])[]
  /** Permissions that a role needs, by what they are for. */
  readonly requiredPermissions: readonly (readonly [purpose: string, permissions: string])[]
  /** Every variable that makes the cloud live: without them the local KMS serves it. */
  readonly variables: readonly string[]
  /** The first call that a program may try. */
  readonly firstCall: Call
  /** Variables with which programs reach the local KMS instead of the provider; absent where it can't serve the API. */
  localVariables?(local: { readonly address: string; readonly organisation: string; readonly apiKey: string }): {
    readonly plain: readonly (readonly [variable: string, value: string])[]
    readonly secrets: readonly string[]
  }
}

const readTiming = (headers: Headers): number | undefined => {
  const text = /^upstream;dur=(\d{1,9}(?:\.\d+)?)$/.exec(headers.get('server-timing') ?? '')?.[1]
  return text === undefined ? undefined : Number(text)
}

/** Both clocks as they were at one answer; they count whole seconds. */
const readAhead = (headers: Headers): number | undefined => {
  const apart = Date.parse(headers.get('date') ?? '') - Date.parse(headers.get('x-upstream-date') ?? '')
  return Number.isFinite(apart) ? Math.round(apart / 1000) : undefined
}

/** Sends the call and reads its timing from the gateway's headers. Throws CallError as `send` does. */
export async function ping(...call: Parameters<typeof exchange>): Promise<Ping> {
  const { headers } = await exchange(...call)
  const latency = readTiming(headers)
  const ahead = readAhead(headers)
  return { ...(latency === undefined ? {} : { latency }), ...(ahead === undefined ? {} : { clockAhead: ahead }) }
}
