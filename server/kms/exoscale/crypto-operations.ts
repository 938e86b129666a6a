import { randomBytes } from 'node:crypto'
import { algorithmNamed } from '../../../src/clouds/algorithms.ts'
import type { EndpointId } from '../../../src/clouds/exoscale/endpoints.ts'
import { type EncryptionAlgorithm, encryptionAlgorithms } from '../../../src/clouds/exoscale/key-specs.ts'
import { type ApiRevision, includes } from '../../../src/clouds/exoscale/revisions.ts'
import { UndecryptableError } from '../crypto/encryption.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { StoredKey } from '../engine/store.ts'
import { type Call, type Operation, ofKey } from './call.ts'
import { ciphertextHeader, readCiphertext } from './ciphertext.ts'
import type { KeyAccess } from './key-access.ts'
import { encryptionAlgorithmOf, requireSymmetric, requireUsage, specOf } from './key-kinds.ts'
import { refuseDefault, statusAfter } from './lifecycle.ts'
import { type Answer, answer, Problem } from './problems.ts'
import { bodiesOf, type Content, DataKeyBody, readBody } from './validation.ts'

type Context = Uint8Array | null | undefined

const isRsa = (algorithm: EncryptionAlgorithm) => encryptionAlgorithms[algorithm] === 'rsa'

/** RSA-OAEP has nothing to bind a context to. */
function refuseContext(context: Context): void {
  if (!context || context.length === 0) return
  const detail = "can't be given with an RSA key"
  throw new Problem('bad-request', `encryption-context ${detail}`, [{ at: ['encryption-context'], detail }])
}

function refuseTooLong(key: StoredKey, plaintext: Uint8Array): void {
  const max = algorithmNamed(key.algorithm)?.maxPlaintext ?? 0
  if (plaintext.length <= max) return
  const detail = `must be at most ${max} bytes for ${specOf(key)}`
  throw new Problem('bad-request', `plaintext ${detail}`, [{ at: ['plaintext'], detail }])
}

/** Operations that encrypt and decrypt. */
export function createCryptoOperations(services: { keyring: Keyring; access: KeyAccess; revision: ApiRevision }) {
  const { keyring, access, revision } = services
  const bodies = bodiesOf(revision)
  const knowsAlgorithms = includes(revision, '2026-11')

  /** Member of an answer that names the algorithm. */
  const named = (name: string, algorithm: EncryptionAlgorithm) => (knowsAlgorithms ? { [name]: algorithm } : {})

  async function usableKey(call: Call, what: string): Promise<StoredKey> {
    const key = await access.find(call)
    requireUsable(key, what)
    return key
  }

  function requireUsable(key: StoredKey, what: string): void {
    statusAfter(key, 'use')
    requireUsage(key, 'encrypt-decrypt', what, revision)
  }

  /** Encrypts with the newest version; base64. An RSA ciphertext is bare, so that programs can make it with the public key. */
  async function seal(
    key: StoredKey,
    algorithm: EncryptionAlgorithm,
    plaintext: Uint8Array,
    context: Context,
  ): Promise<string> {
    if (isRsa(algorithm)) {
      refuseContext(context)
      refuseTooLong(key, plaintext)
      return (await keyring.encrypt(key, key.latestVersion, plaintext)).toString('base64')
    }
    const header = ciphertextHeader(key.id, key.latestVersion)
    const associated = Buffer.concat([header, context ?? new Uint8Array()])
    const sealed = await keyring.encrypt(key, key.latestVersion, plaintext, associated)
    return Buffer.concat([header, sealed]).toString('base64')
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
      if (isRsa(algorithm)) {
        refuseContext(context)
        return await keyring.decrypt(key, key.latestVersion, ciphertext)
      }
      const read = readCiphertext(key.id, ciphertext)
      if (!read) throw failure
      const associated = Buffer.concat([read.header, context ?? new Uint8Array()])
      return await keyring.decrypt(key, read.version, read.sealed, associated)
    } catch (error) {
      throw error instanceof UndecryptableError ? failure : error
    }
  }

  async function encrypt(call: Call, content: Content): Promise<Answer> {
    const {
      plaintext,
      'encryption-algorithm': asked,
      'encryption-context': context,
    } = readBody(bodies.encrypt, content)
    const key = await usableKey(call, 'encrypt')
    const algorithm = encryptionAlgorithmOf(key, asked)
    const ciphertext = await seal(key, algorithm, plaintext, context)
    plaintext.fill(0)
    return answer({ ciphertext, ...named('encryption-algorithm', algorithm) })
  }

  async function decrypt(call: Call, content: Content): Promise<Answer> {
    const {
      ciphertext,
      'encryption-algorithm': asked,
      'encryption-context': context,
    } = readBody(bodies.decrypt, content)
    const key = await usableKey(call, 'decrypt')
    const algorithm = encryptionAlgorithmOf(key, asked)
    const bytes = await open(key, algorithm, ciphertext, context)
    const plaintext = bytes.toString('base64')
    bytes.fill(0)
    return answer({ plaintext, ...named('encryption-algorithm', algorithm) })
  }

  async function reEncrypt(call: Call, content: Content): Promise<Answer> {
    const { source, destination } = readBody(bodies.reEncrypt, content)
    if (source.key !== call.id) {
      const detail = 'must be the key in the path'
      throw new Problem('bad-request', `source.key ${detail}`, [{ at: ['source', 'key'], detail }])
    }
    const from = await access.find(call)
    const to = await access.find({ ...call, id: destination.key })
    for (const key of [from, to]) refuseDefault(key)
    for (const key of [from, to]) requireUsable(key, 're-encrypt')
    const sourceAlgorithm = encryptionAlgorithmOf(from, source['encryption-algorithm'])
    const destinationAlgorithm = encryptionAlgorithmOf(to, destination['encryption-algorithm'])
    const plaintext = await open(from, sourceAlgorithm, source.ciphertext, source['encryption-context'])
    const ciphertext = await seal(to, destinationAlgorithm, plaintext, destination['encryption-context'])
    plaintext.fill(0)
    return answer({
      ciphertext,
      ...named('source-encryption-algorithm', sourceAlgorithm),
      ...named('destination-encryption-algorithm', destinationAlgorithm),
    })
  }

  async function generateDataKey(call: Call, content: Content): Promise<Answer> {
    const { length, context } = readBody(DataKeyBody, content)
    const key = await usableKey(call, 'generate data keys')
    requireSymmetric(key, 'generate data keys')
    const bytes = randomBytes(length)
    const ciphertext = await seal(key, 'AES_256', bytes, context)
    const plaintext = bytes.toString('base64')
    bytes.fill(0)
    return answer({ plaintext, ciphertext })
  }

  return {
    encrypt: ofKey(encrypt),
    decrypt: ofKey(decrypt),
    're-encrypt': ofKey(reEncrypt),
    'generate-data-key': ofKey(generateDataKey),
  } satisfies Partial<Record<EndpointId, Operation>>
}
