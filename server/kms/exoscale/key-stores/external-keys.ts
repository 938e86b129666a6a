/** Keys whose material is behind a key store: they are used through the proxy of their store. */
import type { StoredKey } from '../../engine/store.ts'
import { type ExternalReference, externalOf } from '../keys.ts'
import { Problem } from '../problems.ts'
import { externalCiphertext, externalHeader, readExternalCiphertext } from './ciphertext.ts'
import { keyProblem, newKeyProblem, type ProxyFailure, through } from './failure.ts'
import type { ExternalUse, XksProxies } from './proxy.ts'
import type { KeyStoreRecord, KeyStoreRecords } from './records.ts'

type Context = Uint8Array | null | undefined

export interface ExternalKeys {
  /** Refuses a new key whose store is not connected; does not call the proxy. */
  requireConnected(reference: ExternalReference): Promise<KeyStoreRecord>
  /** The same, and one whose external key can't be used. */
  requireUsable(reference: ExternalReference, zone: string): Promise<void>
  encrypt(key: StoredKey, plaintext: Uint8Array, context: Context): Promise<Buffer>
  /** Undefined for bytes that are no ciphertext of the key. */
  decrypt(key: StoredKey, ciphertext: Buffer, context: Context): Promise<Buffer | undefined>
}

const badReference = (member: string, detail: string) =>
  new Problem('bad-request', `xks.${member} ${detail}`, [{ at: ['xks', member], detail }])

export function createExternalKeys({
  stores,
  proxies,
}: {
  stores: KeyStoreRecords
  proxies: XksProxies
}): ExternalKeys {
  const storeOf = async ({ storeId }: ExternalReference) => (await stores.all()).find(({ id }) => id === storeId)

  async function requireConnected(reference: ExternalReference): Promise<KeyStoreRecord> {
    const store = await storeOf(reference)
    if (!store) throw badReference('xks-id', 'must be the id of a key store')
    if (store.status === 'connected') return store
    throw badReference('xks-id', `must be a connected key store: connect ${store.name}`)
  }

  /** The store of a key, and how the key is used there. Refuses a store that is not connected. */
  async function openedFor(key: StoredKey, operation: ExternalUse['operation']) {
    const reference = externalOf(key)
    if (!reference) throw new Error(`the key ${key.id} is in no external key store`)
    const store: KeyStoreRecord | undefined = await storeOf(reference)
    if (store?.status !== 'connected') {
      const name = store ? `${store.name} (${store.id})` : reference.storeId
      throw new Problem('key-disabled', `the key store ${name} of the key ${key.id} is disconnected`)
    }
    const use = { externalKeyId: reference.externalKeyId, keyId: key.id, zone: key.location, operation }
    return { store, use, problem: (failure: ProxyFailure) => keyProblem(store.name, failure) }
  }

  const associatedWith = (key: StoredKey, context: Context) =>
    Buffer.concat([externalHeader(key.id), context ?? new Uint8Array()])

  return {
    requireConnected,
    async requireUsable(reference, zone) {
      const store = await requireConnected(reference)
      const use = { externalKeyId: reference.externalKeyId, zone, operation: 'CreateKey' } as const
      await through(proxies.requireUsable(store, use), newKeyProblem)
    },

    async encrypt(key, plaintext, context) {
      const { store, use, problem } = await openedFor(key, 'Encrypt')
      const call = proxies.encrypt(store, use, plaintext, associatedWith(key, context))
      return externalCiphertext(key.id, await through(call, problem))
    },

    async decrypt(key, ciphertext, context) {
      const { store, use, problem } = await openedFor(key, 'Decrypt')
      const sealed = readExternalCiphertext(key.id, ciphertext)
      return sealed && through(proxies.decrypt(store, use, sealed, associatedWith(key, context)), problem)
    },
  }
}
