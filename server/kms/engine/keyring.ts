import { setImmediate } from 'node:timers/promises'
import { openAead, sealAead, UndecryptableError } from '../crypto/encryption.ts'
import { exportMaterial } from '../crypto/export.ts'
import type { HashName } from '../crypto/hashes.ts'
import { hmac } from '../crypto/mac.ts'
import { generateMaterial, knownAlgorithm } from '../crypto/material.ts'
import { publicKeyInfo, publicKeyText } from '../crypto/public-key.ts'
import { MalformedSignatureError, type SignInput, type VerifyInput } from '../crypto/signatures.ts'
import { isSignature, signature } from '../crypto/signing.ts'
import { inThread } from '../crypto/threads.ts'
import type { Audit } from './audit.ts'
import type { Clock } from './clock.ts'
import { type DueJobRules, destroyDue, rotateDue } from './due-jobs.ts'
import { createEncryptionCounts } from './encryption-counts.ts'
import { createKeyCache } from './key-cache.ts'
import type { KeyWrapper } from './key-wrapper.ts'
import { openMaterial } from './material.ts'
import {
  type Conclude,
  changed,
  type KeyAddress,
  type KeyChange,
  type KeySpace,
  type KeyWithVersions,
  type Store,
  type StoredKey,
  type StoredVersion,
  type VersionInfo,
} from './store.ts'
import { materialName } from './wrapped-names.ts'

/** Members of a new key that its provider sets; the engine adds material, version, revision and times. */
export interface NewKey extends KeyAddress, KeySpace {
  /** Milliseconds; the current time if absent. */
  readonly createdAt?: number
  readonly uniqueName: string
  readonly algorithm: string
  readonly status: string
  readonly revision: number
  readonly rotateAt: number | null
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Key with a history: created and rotated at given times. */
export interface AgedKey extends NewKey {
  /** Creation times of the versions: milliseconds, ascending, at least one. */
  readonly made: readonly number[]
  readonly destroyAt: number | null
}

export interface Keyring {
  /**
   * Creates a key with version 1, of random or given material. Undefined if the name is taken in its key space. Here and
   * below, `conclude` makes the result and the audit rows in the transaction of the change.
   */
  create<R>(key: NewKey, conclude: Conclude<R>, imported?: Uint8Array): Promise<R | undefined>
  /** Creates all keys or none, each version of random material. Throws if a name or an id is taken. */
  createAged(keys: readonly AgedKey[]): Promise<void>
  get(address: KeyAddress): StoredKey | undefined
  getByUniqueName(space: KeySpace, uniqueName: string): StoredKey | undefined
  /**
   * Keys by id ascending, in pages that are read on demand, so that other requests run in between. A
   * page may be empty. Each key is listed once, in its state when its page was read. A key that was changed outside of
   * the KMS is reported and left out.
   * @param name only keys whose attribute `name` it is
   */
  list(space: KeySpace, name?: string): AsyncGenerator<readonly KeyWithVersions[], void>
  versions(key: StoredKey): Promise<readonly VersionInfo[]>
  /** One version, without a look at the others. Undefined for one that the key never had. */
  version(key: StoredKey, version: number): VersionInfo | undefined
  /** Without copies. */
  countByStatus(space: KeySpace): Promise<ReadonlyMap<string, number>>
  /** Applies `decide` to the newest state in one transaction and increments the revision, unless it returns the same key. */
  change<R>(
    address: KeyAddress,
    decide: (key: StoredKey, now: number) => StoredKey,
    conclude: Conclude<R>,
  ): Promise<R | undefined>
  /** Adds a version. `decide` may refuse by throwing; it runs before and after the material is generated. */
  rotate<R>(
    address: KeyAddress,
    decide: (key: StoredKey, now: number) => StoredKey,
    conclude: Conclude<R>,
  ): Promise<R | undefined>
  /** Earliest time at which a copy must be updated; Infinity for none. */
  nextSync(cloud: string): Promise<number>
  /** Keys whose copies must be updated by now. */
  toSync(cloud: string): Promise<readonly KeyAddress[]>
  /**
   * Applies `decide` to a key and its copy in another location, in one transaction. The returned copy
   * gets the versions that it lacks, wrapped for its location. The key's revision stays.
   */
  copy(
    address: KeyAddress,
    location: string,
    decide: (
      key: StoredKey,
      copy: StoredKey | undefined,
      now: number,
    ) => { key: StoredKey; copy?: StoredKey; audit: Audit },
  ): Promise<void>
  /**
   * `version` must exist. The result is nonce, ciphertext and tag, or an RSA-OAEP block.
   * @param header what the result of a symmetric key begins with
   */
  encrypt(
    key: StoredKey,
    version: number,
    plaintext: Uint8Array,
    associatedData?: Uint8Array,
    header?: Uint8Array,
  ): Promise<Buffer>
  /** Throws UndecryptableError for every cause, including an unknown version. */
  decrypt(key: StoredKey, version: number, ciphertext: Uint8Array, associatedData?: Uint8Array): Promise<Buffer>
  /** Plaintext material, as text in the format of its algorithm. `version` must exist. */
  exportMaterial(key: StoredKey, version: number): Promise<string>
  /** `version` must exist, and the algorithm be an asymmetric one. */
  publicKey(key: StoredKey, version: number): Promise<string>
  /** The same as DER of SubjectPublicKeyInfo. */
  publicKeyInfo(key: StoredKey, version: number): Promise<Buffer>
  /** `version` must exist. See `signWith`. */
  sign(key: StoredKey, version: number, what: SignInput): Promise<Buffer>
  /** Throws MalformedSignatureError for an invalid encoding and for an unknown version. */
  verify(key: StoredKey, version: number, what: VerifyInput, signature: Uint8Array): Promise<boolean>
  /** `version` must exist. Compare MACs with `sameMac`. */
  mac(key: StoredKey, version: number, hash: HashName, message: Uint8Array): Promise<Buffer>
  /**
   * Destroys and rotates the keys that are due. Called by the scheduler only: until then a key past its date is read and
   * changed as one pending deletion.
   */
  runDueJobs(rules: DueJobRules): Promise<{ rotated: number; destroyed: number }>
  /** Number of keys that have encrypted so often that they should be rotated; `warn` names each. */
  encryptedTooOften(): number
  /** Forgets parsed keys. */
  close(): void
}

const NOTHING = new Uint8Array()

/** Keys per page: some milliseconds of work. */
const PAGE = 250

/** Keys, versions and their cryptography over a store, independent of provider rules, HTTP and SQL. */
export function createKeyring(services: {
  store: Store
  keyWrapper: KeyWrapper
  clock: Clock
  /** Called once for each key version that should be rotated. */
  warn?: (text: string) => void
  /** Called for each key that a list or a job leaves out because it was changed outside of the KMS. */
  report?: (error: unknown) => void
}): Keyring {
  const { store, keyWrapper, clock, report, warn = () => {} } = services
  const counts = createEncryptionCounts({ store, clock, warn })
  const cache = createKeyCache(store.dataVersion)

  async function destroy(rules: DueJobRules): Promise<number> {
    const destroyed = await destroyDue(services, rules)
    if (destroyed > 0) {
      cache.clear()
      counts.forget()
    }
    return destroyed
  }

  const { storedVersion, existingMaterial, secretKey, existingSecretKey, privateKey, existingPrivateKey, rewrapped } =
    openMaterial({ store, keyWrapper, cache })

  const keyring: Keyring = {
    async create(key, conclude, imported) {
      const secret = imported ?? (await generateMaterial(knownAlgorithm(key.algorithm)))
      const { createdAt: now = clock.now() } = key
      const fresh = { latestVersion: 1, createdAt: now, updatedAt: now, destroyAt: null, origin: null, syncAt: null }
      const stored: StoredKey = { ...key, ...fresh }
      const wrapped = keyWrapper.wrap(materialName(key, 1), secret)
      return store.insert(stored, { version: 1, createdAt: now, automatic: false, wrapped }, conclude)
    },

    async createAged(keys) {
      const versionOf = async (key: AgedKey, createdAt: number, index: number): Promise<StoredVersion> => {
        const secret = await generateMaterial(knownAlgorithm(key.algorithm))
        const wrapped = keyWrapper.wrap(materialName(key, index + 1), secret)
        return { version: index + 1, createdAt, automatic: index > 0, wrapped }
      }
      const aged = keys.map(async ({ made, ...key }) => {
        const versions = await Promise.all(made.map((at, index) => versionOf({ ...key, made }, at, index)))
        const times = { createdAt: made[0] ?? clock.now(), updatedAt: made.at(-1) ?? clock.now() }
        return { key: { ...key, ...times, latestVersion: versions.length, origin: null, syncAt: null }, versions }
      })
      await store.insertMany(await Promise.all(aged), 'seed')
    },

    get: (address) => store.get(address),
    getByUniqueName: (space, uniqueName) => store.getByUniqueName(space, uniqueName),

    async *list(space, name) {
      let after = ''
      for (;;) {
        const { keys, broken, next } = await store.page(space, after, PAGE, name)
        for (const error of broken) report?.(error)
        yield keys
        if (next === undefined) return
        after = next
        await setImmediate()
      }
    },

    versions: (key) => store.versions(key),
    version: storedVersion,
    countByStatus: (space) => store.countByStatus(space),

    async change(address, decide, conclude) {
      const applied = (before: StoredKey): KeyChange => {
        const now = clock.now()
        return { key: changed(before, decide(before, now), now) }
      }
      const after = await store.change(address, applied, conclude)
      cache.forget(address)
      return after
    },

    async rotate(address, decide, conclude) {
      const found = keyring.get(address)
      if (!found) return undefined
      decide(found, clock.now())
      const secret = await generateMaterial(knownAlgorithm(found.algorithm))
      const rotated = (before: StoredKey): KeyChange => {
        const now = clock.now()
        const version = before.latestVersion + 1
        const key = changed(before, { ...decide(before, now), latestVersion: version }, now)
        const wrapped = keyWrapper.wrap(materialName(address, version), secret)
        return { key, version: { version, createdAt: key.updatedAt, automatic: false, wrapped } }
      }
      return store.change(address, rotated, conclude)
    },

    nextSync: (cloud) => store.nextSync(cloud),
    toSync: (cloud) => store.toSync(cloud, clock.now()),

    copy: (address, location, decide) =>
      store.copy(address, location, (before) => {
        const now = clock.now()
        const { key, copy, audit } = decide(before.key, before.copy, now)
        if (!copy) return { key, versions: [], audit }
        const versions = before.missing.map((version) => rewrapped(version, before.key, copy))
        const current = { ...copy, latestVersion: key.latestVersion }
        const isOther = copy !== before.copy || versions.length > 0
        return { key, copy: before.copy && isOther ? changed(before.copy, current, now) : current, versions, audit }
      }),

    async encrypt(key, version, plaintext, associatedData = NOTHING, header = NOTHING) {
      const algorithm = knownAlgorithm(key.algorithm)
      if (algorithm.family === 'rsa')
        return Buffer.from(await inThread('encrypt', existingPrivateKey(key, version), plaintext))
      const counted = counts.count(key, version)
      if (counted) await counted
      return sealAead(algorithm, existingSecretKey(key, version), plaintext, associatedData, header)
    },

    async decrypt(key, version, ciphertext, associatedData = NOTHING) {
      const algorithm = knownAlgorithm(key.algorithm)
      if (algorithm.family === 'rsa') {
        const found = privateKey(key, version)
        if (!found) throw new UndecryptableError()
        const { buffer, byteOffset, byteLength } = await inThread('decrypt', found, ciphertext)
        // Without a copy, which nobody would clear.
        return Buffer.from(buffer, byteOffset, byteLength)
      }
      const secret = secretKey(key, version)
      if (!secret) throw new UndecryptableError()
      return openAead(algorithm, secret, ciphertext, associatedData)
    },

    exportMaterial: async (key, version) =>
      exportMaterial(knownAlgorithm(key.algorithm), existingMaterial(key, version)),
    publicKey: async (key, version) => publicKeyText(knownAlgorithm(key.algorithm), existingPrivateKey(key, version)),
    publicKeyInfo: async (key, version) => publicKeyInfo(existingPrivateKey(key, version)),

    sign: async (key, version, what) =>
      signature(knownAlgorithm(key.algorithm), existingPrivateKey(key, version), what),

    async verify(key, version, what, given) {
      const found = privateKey(key, version)
      if (!found) throw new MalformedSignatureError()
      return isSignature(knownAlgorithm(key.algorithm), found, what, given)
    },

    async mac(key, version, hash, message) {
      return hmac(existingSecretKey(key, version), hash, message)
    },

    runDueJobs: async (rules) => ({
      destroyed: await destroy(rules),
      rotated: await rotateDue(services, rules),
    }),

    encryptedTooOften: counts.tooOften,
    close: cache.clear,
  }

  return keyring
}
