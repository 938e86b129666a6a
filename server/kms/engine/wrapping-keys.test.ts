import { createPublicKey } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { UnwrapError } from '../crypto/key-wrap.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { setSetting } from '../testing/unaudited.ts'
import { wrapTarget } from '../testing/wrapping.ts'
import { createKeyWrapper } from './key-wrapper.ts'
import type { Store } from './store.ts'
import { createWrappingKeys } from './wrapping-keys.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))
const folder = temporaryFolder()
let store: Store
let publicKey: string
/** One key for all tests, because generating 4096 bits takes seconds on a busy machine. */
beforeAll(async () => {
  store = openSqliteStore(join(folder, 'kms.sqlite'), keyWrapper)
  const keys = createWrappingKeys({ store, keyWrapper })
  expect(await store.setting('wrapping key c/l')).toBeUndefined()
  const asked = await Promise.all([keys.publicKey('c', 'l'), keys.publicKey('c', 'l'), keys.publicKey('c', 'l')])
  expect(new Set(asked).size).toBe(1)
  publicKey = asked[0]
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const target = Buffer.from('thirty-two bytes of key material')

it('is RSA-4096, in PEM of SubjectPublicKeyInfo', () => {
  expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+-----END PUBLIC KEY-----\n$/)
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(publicKey)
  expect(asymmetricKeyType).toBe('rsa')
  expect(asymmetricKeyDetails).toMatchObject({ modulusLength: 4096, publicExponent: 65537n })
})

it('is the same after a restart, and unwraps earlier blobs', async () => {
  const blob = wrapTarget(publicKey, target)
  const restarted = createWrappingKeys({ store, keyWrapper })
  expect((await restarted.open('c', 'l', { blob, hash: 'sha256' })).equals(target)).toBe(true)
  expect(await restarted.publicKey('c', 'l')).toBe(publicKey)
})

it('is wrapped under the root key, and under its own name', async () => {
  const stored = (await store.setting('wrapping key c/l')) ?? ''
  const opened = keyWrapper.unwrap('wrapping key c/l', Buffer.from(stored, 'base64'))
  expect(Buffer.from(stored, 'base64').includes(opened.subarray(0, 64))).toBe(false)

  await setSetting(store, 'wrapping key c/other', stored)
  const keys = createWrappingKeys({ store, keyWrapper })
  await expect(keys.publicKey('c', 'other')).rejects.toThrow()
  const foreign = createWrappingKeys({ store, keyWrapper: createKeyWrapper(Buffer.alloc(32, 2)) })
  await expect(foreign.publicKey('c', 'l')).rejects.toThrow()
  expect(await store.setting('wrapping key c/l')).toBe(stored)
})

it('tries again after a failure', async () => {
  let broken = true
  const setting = (name: string) => (broken ? Promise.reject(new Error('disk')) : store.setting(name))
  const keys = createWrappingKeys({ store: { ...store, setting }, keyWrapper })
  await expect(keys.publicKey('c', 'l')).rejects.toThrow('disk')
  broken = false
  expect(await keys.publicKey('c', 'l')).toBe(publicKey)
})

it('refuses blobs that were wrapped with another key or hash', async () => {
  const keys = createWrappingKeys({ store, keyWrapper })
  const blob = wrapTarget(publicKey, target, { hash: 'sha512' })
  await expect(keys.open('c', 'l', { blob, hash: 'sha256' })).rejects.toThrow(UnwrapError)
})
