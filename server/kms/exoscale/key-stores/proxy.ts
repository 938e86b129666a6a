/** Client of AWS's open External Key Store Proxy API, version 1: health, key metadata, encrypt and decrypt. */
import { createHash, randomUUID } from 'node:crypto'
import { addressesOf } from './addresses.ts'
import { Decrypted, Encrypted, Health, invalid, Metadata, readAnswer } from './answers.ts'
import { endpointUrl, operationUrl } from './endpoint.ts'
import { ProxyFailure } from './failure.ts'
import { guarded, type ProxyAnswer, post, type RequestOptions } from './request.ts'
import type { ProxyCredential } from './signature.ts'

export interface ProxyTarget extends ProxyCredential {
  readonly endpoint: string
}

/** External key, and the call for which it is used. */
export interface ExternalUse {
  readonly externalKeyId: string
  /** Id of the KMS's key; undefined while it is created. */
  readonly keyId?: string
  readonly zone: string
  /** In the words of the proxy API. */
  readonly operation: 'CreateKey' | 'Encrypt' | 'Decrypt' | 'ReEncrypt' | 'GenerateDataKey'
}

export interface ExternalCiphertext {
  /** At most 20 bytes of the proxy's own; empty for none. */
  readonly metadata: Buffer
  /** 12 or 16 bytes. */
  readonly iv: Buffer
  /** 16 bytes. */
  readonly tag: Buffer
  /** As long as the plaintext. */
  readonly ciphertext: Buffer
}

/** Callers are not known to the proxy: it sees the KMS as the principal. */
const requestMetadata = ({ keyId, zone, operation }: Omit<ExternalUse, 'externalKeyId'>) => ({
  awsPrincipalArn: 'arn:exoscale:iam:::service/kms',
  ...(keyId === undefined ? {} : { kmsKeyArn: `arn:exoscale:kms:${zone}::key/${keyId}` }),
  kmsOperation: operation,
  kmsRequestId: randomUUID(),
})

export interface XksProxies {
  /** Throws ProxyFailure for an endpoint that may not be called, or whose name has no address. Does not call it. */
  checkEndpoint(endpoint: string): Promise<void>
  /** Here and below, throws ProxyFailure. Returns the proxy's answer as sent. */
  health(
    target: ProxyTarget,
    operation: 'CreateCustomKeyStore' | 'ConnectCustomKeyStore' | 'KmsHealthCheck',
  ): Promise<Buffer>
  /** Throws unless the external key is enabled, of 256-bit AES, and encrypts and decrypts. */
  requireUsable(target: ProxyTarget, use: ExternalUse): Promise<void>
  encrypt(
    target: ProxyTarget,
    use: ExternalUse,
    plaintext: Uint8Array,
    associated: Uint8Array,
  ): Promise<ExternalCiphertext>
  decrypt(target: ProxyTarget, use: ExternalUse, sealed: ExternalCiphertext, associated: Uint8Array): Promise<Buffer>
}

/** Hash by which the proxy says what it encrypted: a flipped bit would make the data unreadable. */
const integrityOf = (associated: Uint8Array, { metadata, iv, ciphertext, tag }: ExternalCiphertext): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([associated, metadata, iv, ciphertext, tag]))
    .digest()

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

export function createXksProxies(options: RequestOptions): XksProxies {
  const send = (target: ProxyTarget, operation: string, body: object): Promise<ProxyAnswer> =>
    guarded(options, (signal) => {
      const url = operationUrl(endpointUrl(target.endpoint, options.allowPrivate), operation)
      return post(url, Buffer.from(JSON.stringify(body)), target, { ...options, signal })
    })

  const ofKey = (target: ProxyTarget, use: ExternalUse, operation: string, body: object = {}) =>
    send(target, `keys/${use.externalKeyId}/${operation}`, { requestMetadata: requestMetadata(use), ...body })

  return {
    async checkEndpoint(endpoint) {
      await guarded(options, () => addressesOf(endpointUrl(endpoint, options.allowPrivate), options))
    },

    async health(target, operation) {
      const metadata = { kmsRequestId: randomUUID(), kmsOperation: operation }
      const answer = await send(target, 'health', { requestMetadata: metadata })
      const { ekmFleetDetails } = readAnswer(Health, answer)
      if (ekmFleetDetails.every(({ healthStatus }) => healthStatus === 'UNAVAILABLE'))
        throw new ProxyFailure('key-manager-unavailable', 'none of its key managers is available')
      return answer.body
    },

    async requireUsable(target, use) {
      const { keySpec, keyUsage, keyStatus } = readAnswer(Metadata, await ofKey(target, use, 'metadata'))
      const isUsable = keySpec === 'AES_256' && keyStatus === 'ENABLED'
      if (!isUsable || !['ENCRYPT', 'DECRYPT'].every((one) => keyUsage.includes(one)))
        throw new ProxyFailure('refused', 'it must be AES_256, ENABLED, and for ENCRYPT and DECRYPT at the proxy')
    },

    async encrypt(target, use, plaintext, associated) {
      const answer = await ofKey(target, use, 'encrypt', {
        plaintext: base64(plaintext),
        encryptionAlgorithm: 'AES_GCM',
        additionalAuthenticatedData: base64(associated),
        ciphertextDataIntegrityValueAlgorithm: 'SHA_256',
      })
      const { ciphertextMetadata, ciphertextDataIntegrityValue, ...read } = readAnswer(Encrypted, answer)
      const sealed: ExternalCiphertext = {
        metadata: ciphertextMetadata ?? Buffer.alloc(0),
        iv: read.initializationVector,
        tag: read.authenticationTag,
        ciphertext: read.ciphertext,
      }
      if (sealed.ciphertext.length !== plaintext.length) throw invalid('its ciphertext is not as long as the plaintext')
      if (!integrityOf(associated, sealed).equals(ciphertextDataIntegrityValue))
        throw invalid('its ciphertext has another integrity value')
      return sealed
    },

    async decrypt(target, use, { metadata, iv, tag, ciphertext }, associated) {
      const answer = await ofKey(target, use, 'decrypt', {
        ciphertext: base64(ciphertext),
        ...(metadata.length > 0 && { ciphertextMetadata: base64(metadata) }),
        encryptionAlgorithm: 'AES_GCM',
        additionalAuthenticatedData: base64(associated),
        initializationVector: base64(iv),
        authenticationTag: base64(tag),
      })
      const { plaintext } = readAnswer(Decrypted, answer)
      if (plaintext.length !== ciphertext.length) throw invalid('its plaintext is not as long as the ciphertext')
      return plaintext
    },
  }
}
