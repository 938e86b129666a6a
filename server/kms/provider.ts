import type { Clock } from './engine/clock.ts'
import type { Credentials } from './engine/credentials.ts'
import type { AutomaticRotation, RotationAudit } from './engine/due-jobs.ts'
import type { Keyring } from './engine/keyring.ts'
import type { Store } from './engine/store.ts'

/** What each cloud's folder is given to build its API on. */
export interface ProviderServices {
  readonly keyring: Keyring
  readonly credentials: Credentials
  readonly settings: Pick<Store, 'setting' | 'setSetting'>
  readonly dataVersion: Store['dataVersion']
  readonly audit: Pick<Store, 'appendAudit' | 'audit'>
  readonly resources: Pick<Store, 'resource' | 'resources' | 'putResource' | 'removeResource'>
  readonly clock: Clock
  /** The time that clients live in, where another one than `clock`: expiry dates that they write are judged by it. */
  readonly clientClock?: Clock
  /** Origins (`https://host[:port]`) whose pages may call from a browser; none unless given. */
  readonly origins?: readonly string[]
  /** Own base URL (`http://host:port`) once listening. */
  readonly address: () => string | undefined
  /** Base URL that clients use (`https://host[:port]`), whatever they called. */
  readonly publicUrl?: string | undefined
  /** Told of every failure that is the server's own fault; its caller sees no more than status 500. */
  readonly report?: (error: unknown) => void
}

/** What each cloud's folder gives back. */
export interface ProviderApi {
  readonly cloud: string
  fetch(request: Request): Promise<Response>
  readonly rotate: AutomaticRotation
  /** Where the cloud keeps an audit trail. */
  readonly auditRotation?: RotationAudit
}
