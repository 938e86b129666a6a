import { createPublicKey, type KeyObject } from 'node:crypto'
import { asServer } from '../crypto/callers.ts'
import { generateRsaKey } from '../crypto/material.ts'
import { privateKeyIn } from '../crypto/public-key.ts'
import { inThread } from '../crypto/threads.ts'
import { settingOnFirstUse } from './first-use.ts'
import type { KeyWrapper } from './key-wrapper.ts'
import type { Store } from './store.ts'
import { wrappingKeyName } from './wrapped-names.ts'

/** RSA-4096 key of each location, which wraps key material for import. */
export interface WrappingKeys {
  /** SubjectPublicKeyInfo as PEM. It never changes, so that blobs wrapped earlier can be imported. */
  publicKey(cloud: string, location: string): Promise<string>
  /**
   * Unwraps a blob that was wrapped with the location's key; throws UnwrapError.
   * @param hash Node's name of the OAEP hash
   */
  open(cloud: string, location: string, wrapped: { blob: Uint8Array; hash: string }): Promise<Buffer>
}

/** Wrapping keys, generated on first use (a second or more) and stored as settings, wrapped under the root key. */
export function createWrappingKeys({ store, keyWrapper }: { store: Store; keyWrapper: KeyWrapper }): WrappingKeys {
  const keys = new Map<string, Promise<KeyObject>>()

  async function load(name: string): Promise<KeyObject> {
    const stored = await settingOnFirstUse(store, name, async () => {
      return Buffer.from(keyWrapper.wrap(name, await generateRsaKey(4096))).toString('base64')
    })
    return privateKeyIn(keyWrapper.unwrap(name, Buffer.from(stored, 'base64')))
  }

  /** Concurrent callers share one load; after a failure the next caller tries again. */
  function keyOf(cloud: string, location: string): Promise<KeyObject> {
    const name = wrappingKeyName(cloud, location)
    const known = keys.get(name)
    if (known) return known
    const loading = asServer(() => load(name))
    keys.set(name, loading)
    loading.catch(() => keys.delete(name))
    return loading
  }

  return {
    async publicKey(cloud, location) {
      const key = createPublicKey(await keyOf(cloud, location))
      return key.export({ format: 'pem', type: 'spki' }).toString()
    },
    async open(cloud, location, { blob, hash }) {
      return Buffer.from(await inThread('unwrap', await keyOf(cloud, location), hash, blob))
    },
  }
}
