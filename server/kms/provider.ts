import type { HttpAnswer, HttpRequest } from '../http/exchange.ts'
import type { Clock } from './engine/clock.ts'
import type { Credentials } from './engine/credentials.ts'
import type { DueJobRules } from './engine/due-jobs.ts'
import type { Keyring } from './engine/keyring.ts'
import type { Store } from './engine/store.ts'

/** Services that a provider's API is built on. */
export interface ProviderServices {
  readonly keyring: Keyring
  readonly credentials: Credentials
  readonly settings: Pick<Store, 'setting' | 'write'>
  readonly dataVersion: Store['dataVersion']
  readonly audit: Pick<Store, 'appendAudit' | 'audit'>
  readonly resources: Pick<Store, 'resource' | 'resources'>
  readonly clock: Clock
  /** Clock by which expiry dates from clients are judged; `clock` unless given. */
  readonly clientClock?: Clock
  /** Origins (`https://host[:port]`) whose pages may call from a browser; none unless given. */
  readonly origins?: readonly string[]
  /** Own base URL (`http://host:port`) once listening. */
  readonly address: () => string | undefined
  /** Base URL for clients (`https://host[:port]`), regardless of the address that they called. */
  readonly publicUrl?: string | undefined
  /** Called for each internal failure, of which the client sees only status 500. */
  readonly report?: (error: unknown) => void
}

/** A provider's API. */
export interface ProviderApi extends DueJobRules {
  /** Answers every request: a failure too is an answer. */
  answer(request: HttpRequest): Promise<HttpAnswer>
  /** Ends what runs beside requests. */
  close?(): void
}
