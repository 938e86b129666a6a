/** Key stores of the customer's own, outside of a cloud, as the screens see them. */

import type { Listed } from './answer.ts'
import type { Range } from './capabilities.ts'
import type { CloudConnection } from './gateway/wire.ts'
import type { Instant } from './model.ts'
import type { Snippet } from './snippet.ts'

export interface StoreHealth {
  readonly status: 'healthy' | 'unhealthy' | 'unknown'
  readonly checkedAt?: Instant
  /** Why it is not healthy, as one sentence. */
  readonly reason?: string
}

export interface KeyStore {
  readonly id: string
  readonly name: string
  readonly description?: string
  /** Keys of a store that is not connected can't be used. */
  readonly connected: boolean
  /** When it was last connected or disconnected. */
  readonly since?: Instant
  readonly createdAt?: Instant
  /** Address of the proxy in front of it. */
  readonly endpoint?: string
  /** Public half of the credentials that the cloud signs its calls to the proxy with. */
  readonly accessKey?: string
  /** Absent in lists, and before the first check. */
  readonly health?: StoreHealth
}

export interface StoreCredentials {
  readonly accessKey: string
  /** Never stored in a cache, a URL or storage. */
  readonly secretKey: string
}

export interface NewKeyStore extends StoreCredentials {
  readonly name: string
  /** Empty for none. */
  readonly description: string
  readonly endpoint: string
}

/** Only what is different. */
export interface KeyStoreChanges {
  readonly description?: string
  readonly endpoint?: string
  readonly credentials?: StoreCredentials
}

/** Changes for code that people read: a secret is read from the environment. */
export type KeyStoreChangesCode = Omit<KeyStoreChanges, 'credentials'> & { readonly accessKey?: string }

export interface KeyStores {
  readonly limits: { readonly name: Range; readonly description: { readonly max: number } }
  /** What a key store is, as one sentence. */
  readonly about: string
  /** Any location answers for the whole organisation; this one is asked. */
  location(connection: CloudConnection): string
  /** Null where the service has no key stores. */
  list(location: string, signal?: AbortSignal): Promise<Listed<KeyStore> | null>
  /** One store, with its health. */
  read(location: string, id: string, signal?: AbortSignal): Promise<KeyStore>
  /** Returns the id. Never retried. */
  create(location: string, wanted: NewKeyStore): Promise<string>
  change(location: string, id: string, changes: KeyStoreChanges): Promise<void>
  connect(location: string, id: string): Promise<void>
  disconnect(location: string, id: string): Promise<void>
  remove(location: string, id: string): Promise<void>
  readonly code: {
    create(
      location: string,
      wanted: Omit<NewKeyStore, 'secretKey'> & { readonly connects: boolean },
    ): readonly Snippet[]
    change(location: string, id: string, changes: KeyStoreChangesCode): readonly Snippet[]
    connect(location: string, id: string): readonly Snippet[]
    disconnect(location: string, id: string): readonly Snippet[]
    remove(location: string, id: string): readonly Snippet[]
  }
}
