import { randomBytes } from 'node:crypto'
import type { EndpointId } from '../../../src/clouds/exoscale/endpoints.ts'
import { UndecryptableError } from '../crypto/encryption.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { StoredKey } from '../engine/store.ts'
import { type Call, type Operation, ofKey } from './call.ts'
import { ciphertextHeader, readCiphertext } from './ciphertext.ts'
import type { KeyAccess } from './key-access.ts'
import { refuseDefault, statusAfter } from './lifecycle.ts'
import { type Answer, answer, Problem } from './problems.ts'
import { type Content, DataKeyBody, DecryptBody, EncryptBody, ReEncryptBody, readBody } from './validation.ts'

type Context = Uint8Array | null | undefined

/** Cryptographic operations with a key. */
export function createCryptoOperations(services: { keyring: Keyring; access: KeyAccess }) {
  const { keyring, access } = services

  /** Encrypts with the newest version; base64. */
  async function seal(key: StoredKey, plaintext: Uint8Array, context: Context): Promise<string> {
    const header = ciphertextHeader(key.id, key.latestVersion)
    const associated = Buffer.concat([header, context ?? new Uint8Array()])
    const sealed = await keyring.encrypt(key, key.latestVersion, plaintext, associated)
    return Buffer.concat([header, sealed]).toString('base64')
  }

  async function open(key: StoredKey, ciphertext: Buffer, context: Context): Promise<Buffer> {
    const read = readCiphertext(key.id, ciphertext)
    // One message for a wrong key, a wrong context and a changed ciphertext: the cause helps only an attacker.
    const failure = new Problem('bad-request', 'decryption failed')
    if (!read) throw failure
    try {
      const associated = Buffer.concat([read.header, context ?? new Uint8Array()])
      return await keyring.decrypt(key, read.version, read.sealed, associated)
    } catch (error) {
      throw error instanceof UndecryptableError ? failure : error
    }
  }

  async function encrypt(call: Call, content: Content): Promise<Answer> {
    const { plaintext, 'encryption-context': context } = readBody(EncryptBody, content)
    const key = await access.find(call)
    statusAfter(key, 'use')
    const ciphertext = await seal(key, plaintext, context)
    plaintext.fill(0)
    return answer({ ciphertext })
  }

  async function decrypt(call: Call, content: Content): Promise<Answer> {
    const { ciphertext, 'encryption-context': context } = readBody(DecryptBody, content)
    const key = await access.find(call)
    statusAfter(key, 'use')
    const bytes = await open(key, ciphertext, context)
    const plaintext = bytes.toString('base64')
    bytes.fill(0)
    return answer({ plaintext })
  }

  async function reEncrypt(call: Call, content: Content): Promise<Answer> {
    const { source, destination } = readBody(ReEncryptBody, content)
    if (source.key !== call.id) {
      const detail = 'must be the key in the path'
      throw new Problem('bad-request', `source.key ${detail}`, [{ at: ['source', 'key'], detail }])
    }
    const from = await access.find(call)
    const to = await access.find({ ...call, id: destination.key })
    for (const key of [from, to]) refuseDefault(key)
    for (const key of [from, to]) statusAfter(key, 'use')
    const plaintext = await open(from, source.ciphertext, source['encryption-context'])
    const ciphertext = await seal(to, plaintext, destination['encryption-context'])
    plaintext.fill(0)
    return answer({ ciphertext })
  }

  async function generateDataKey(call: Call, content: Content): Promise<Answer> {
    const { length, context } = readBody(DataKeyBody, content)
    const key = await access.find(call)
    statusAfter(key, 'use')
    const bytes = randomBytes(length)
    const ciphertext = await seal(key, bytes, context)
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
