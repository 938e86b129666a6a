import type { Clock } from './engine/clock.ts'
import type { Credentials } from './engine/credentials.ts'
import type { AutomaticRotation, RotationAudit } from './engine/due-jobs.ts'
import type { Keyring } from './engine/keyring.ts'
import type { Store } from './engine/store.ts'

/** Services that a provider's API is built on. */
export interface ProviderServices {
  readonly keyring: Keyring
  readonly credentials: Credentials
  readonly settings: Pick<Store, 'setting' | 'setSetting'>
  readonly dataVersion: Store['dataVersion']
  readonly audit: Pick<Store, 'appendAudit' | 'audit'>
  readonly resources: Pick<Store, 'resource' | 'resources' | 'putResource' | 'removeResource'>
  readonly clock: Clock
  /** Clock by which expiry dates from clients are judged; `clock` unless given. */
  readonly clientClock?: Clock
  /** Origins (`https://host[:port]`) whose pages may call from a browser; none unless given. */
  readonly origins?: readonly string[]
  /** Own base URL (`http://host:port`) once listening. */
  readonly address: () => string | undefined
  /** Base URL that clients use (`https://host[:port]`), whatever they called. */
  readonly publicUrl?: string | undefined
  /** Called for each failure of the server itself, which its caller sees as status 500 only. */
  readonly report?: (error: unknown) => void
}

/** A provider's API. */
export interface ProviderApi {
  readonly cloud: string
  /**
   * @param target request target as it came over the wire, for servers whose `request.url` is normalised: signatures
   * cover the characters of the path
   * @param client IP address of the caller; undefined for a call from this process
   */
  fetch(request: Request, target?: string, client?: string): Promise<Response>
  readonly rotate: AutomaticRotation
  /** Entry of the audit log for an automatic rotation, where the provider has such a log. */
  readonly auditRotation?: RotationAudit
}
