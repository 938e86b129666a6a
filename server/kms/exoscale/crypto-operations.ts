import { randomBytes } from 'node:crypto'
import { algorithmNamed } from '../../../src/clouds/algorithms.ts'
import type { EndpointId } from '../../../src/clouds/exoscale/endpoints.ts'
import { type EncryptionAlgorithm, encryptionAlgorithms } from '../../../src/clouds/exoscale/key-specs.ts'
import { type ApiRevision, includes } from '../../../src/clouds/exoscale/revisions.ts'
import { limits } from '../../../src/clouds/exoscale/rules.ts'
import { UndecryptableError } from '../crypto/encryption.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { StoredKey } from '../engine/store.ts'
import { type Call, type Operation, ofKey } from './call.ts'
import { ciphertextHeader, readCiphertext } from './ciphertext.ts'
import type { KeyAccess } from './key-access.ts'
import { encryptionAlgorithmOf, requireSymmetric, requireUsage, specOf } from './key-kinds.ts'
import type { ExternalKeys } from './key-stores/external-keys.ts'
import { externalOf } from './keys.ts'
import { refuseDefault, statusAfter } from './lifecycle.ts'
import { type Answer, answer, Problem } from './problems.ts'
import { bodiesOf, type Content, DataKeyBody, readBody } from './validation.ts'

type Context = Uint8Array | null | undefined

const associatedData = (header: Buffer, context: Context) => (context ? Buffer.concat([header, context]) : header)

const isRsa = (algorithm: EncryptionAlgorithm) => encryptionAlgorithms[algorithm] === 'rsa'

type Path = readonly string[]

const badMember = (at: Path, detail: string) =>
  new Problem('bad-request', `${at.join('.')} ${detail}`, [{ at, detail }])

interface Asked {
  readonly 'encryption-algorithm'?: EncryptionAlgorithm | undefined
  readonly 'encryption-context'?: Context
}

/**
 * Algorithm of a call. Throws a Problem if it does not fit the key, and for a context with RSA-OAEP, which has nothing to
 * bind it to.
 * @param within path of the object in the body that holds the members
 */
function algorithmOf(key: StoredKey, asked: Asked, within: Path = []): EncryptionAlgorithm {
  const algorithm = encryptionAlgorithmOf(key, asked['encryption-algorithm'], within)
  const { length = 0 } = asked['encryption-context'] ?? {}
  if (isRsa(algorithm) && length > 0)
    throw badMember([...within, 'encryption-context'], "can't be given with an RSA key")
  return algorithm
}

/** @param at member of the body that holds the plaintext */
function refuseTooLong(key: StoredKey, plaintext: Uint8Array, at: Path): void {
  const external = externalOf(key)
  const max = external ? limits.externalPlaintext.max : (algorithmNamed(key.algorithm)?.maxPlaintext ?? 0)
  if (plaintext.length > max)
    throw badMember(
      at,
      `must hold at most ${max} bytes of plaintext for ${external ? 'an external key' : specOf(key)}, it holds ${plaintext.length}`,
    )
}

/** Operations that encrypt and decrypt. */
export function createCryptoOperations(services: {
  keyring: Keyring
  access: KeyAccess
  externalKeys: ExternalKeys
  revision: ApiRevision
}) {
  const { keyring, access, externalKeys, revision } = services
  const bodies = bodiesOf(revision)
  const knowsAlgorithms = includes(revision, '2026-11')

  /** Member of an answer that names the algorithm. */
  const named = (name: string, algorithm: EncryptionAlgorithm) => (knowsAlgorithms ? { [name]: algorithm } : {})

  function usableKey(call: Call, what: string): StoredKey {
    const key = access.find(call)
    requireUsable(key, what)
    return key
  }

  function requireUsable(key: StoredKey, what: string): void {
    statusAfter(key, 'use')
    requireUsage(key, 'encrypt-decrypt', what, revision)
  }

  /**
   * Encrypts with the newest version; base64. An RSA ciphertext is bare, so that programs can make it with the public key.
   * @param at member of the body that holds the plaintext
   */
  async function seal(
    key: StoredKey,
    algorithm: EncryptionAlgorithm,
    plaintext: Uint8Array,
    context: Context,
    at: Path = [],
  ): Promise<string> {
    if (isRsa(algorithm)) {
      refuseTooLong(key, plaintext, at)
      return (await keyring.encrypt(key, key.latestVersion, plaintext)).toString('base64')
    }
    if (externalOf(key)) {
      refuseTooLong(key, plaintext, at)
      return (await externalKeys.encrypt(key, plaintext, context)).toString('base64')
    }
    const header = ciphertextHeader(key.id, key.latestVersion)
    const sealed = await keyring.encrypt(key, key.latestVersion, plaintext, associatedData(header, context), header)
    return sealed.toString('base64')
  }

  async function open(
    key: StoredKey,
    algorithm: EncryptionAlgorithm,
    ciphertext: Buffer,
    context: Context,
  ): Promise<Buffer> {
    // One message for a wrong key, a wrong context and a changed ciphertext: the cause helps only an attacker.
    const failure = new Problem('bad-request', 'decryption failed')
    try {
      if (isRsa(algorithm)) return await keyring.decrypt(key, key.latestVersion, ciphertext)
      if (externalOf(key)) {
        const opened = await externalKeys.decrypt(key, ciphertext, context)
        if (!opened) throw failure
        return opened
      }
      const read = readCiphertext(key.id, ciphertext)
      if (!read) throw failure
      return await keyring.decrypt(key, read.version, read.sealed, associatedData(read.header, context))
    } catch (error) {
      throw error instanceof UndecryptableError ? failure : error
    }
  }

  async function encrypt(call: Call, content: Content): Promise<Answer> {
    const { plaintext, ...asked } = readBody(bodies.encrypt, content)
    try {
      const key = usableKey(call, 'encrypt')
      const algorithm = algorithmOf(key, asked)
      const ciphertext = await seal(key, algorithm, plaintext, asked['encryption-context'], ['plaintext'])
      return answer({ ciphertext, ...named('encryption-algorithm', algorithm) })
    } finally {
      plaintext.fill(0)
    }
  }

  async function decrypt(call: Call, content: Content): Promise<Answer> {
    const { ciphertext, ...asked } = readBody(bodies.decrypt, content)
    const key = usableKey(call, 'decrypt')
    const algorithm = algorithmOf(key, asked)
    const bytes = await open(key, algorithm, ciphertext, asked['encryption-context'])
    const plaintext = bytes.toString('base64')
    bytes.fill(0)
    return answer({ plaintext, ...named('encryption-algorithm', algorithm) })
  }

  async function reEncrypt(call: Call, content: Content): Promise<Answer> {
    const { source, destination } = readBody(bodies.reEncrypt, content)
    if (source.key !== call.id) throw badMember(['source', 'key'], 'must be the key in the path')
    const from = access.find(call)
    const to = access.find({ ...call, id: destination.key })
    for (const key of [from, to]) refuseDefault(key)
    for (const key of [from, to]) requireUsable(key, 're-encrypt')
    const sourceAlgorithm = algorithmOf(from, source, ['source'])
    const destinationAlgorithm = algorithmOf(to, destination, ['destination'])
    const plaintext = await open(from, sourceAlgorithm, source.ciphertext, source['encryption-context'])
    try {
      const held = ['source', 'ciphertext']
      const ciphertext = await seal(to, destinationAlgorithm, plaintext, destination['encryption-context'], held)
      return answer({
        ciphertext,
        ...named('source-encryption-algorithm', sourceAlgorithm),
        ...named('destination-encryption-algorithm', destinationAlgorithm),
      })
    } finally {
      plaintext.fill(0)
    }
  }

  async function generateDataKey(call: Call, content: Content): Promise<Answer> {
    const { length, context } = readBody(DataKeyBody, content)
    const key = usableKey(call, 'generate data keys')
    requireSymmetric(key, 'generate data keys')
    const bytes = randomBytes(length)
    try {
      const ciphertext = await seal(key, 'AES_256', bytes, context)
      return answer({ plaintext: bytes.toString('base64'), ciphertext })
    } finally {
      bytes.fill(0)
    }
  }

  return {
    encrypt: ofKey(encrypt),
    decrypt: ofKey(decrypt),
    're-encrypt': ofKey(reEncrypt),
    'generate-data-key': ofKey(generateDataKey),
  } satisfies Partial<Record<EndpointId, Operation>>
}
