/** Keys of the providers by what tells them apart: purpose, and whether ciphertexts name their version. */
import type { KeySpec } from '../../../clouds/exoscale/key-specs.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { keyWith } from '../../../clouds/testing/key.ts'

const thalassaKey = (members: Partial<KmsKey>): KmsKey =>
  keyWith({ can: ['encrypt'], rotation: { automatic: false }, traits: [], latestVersion: 2, ...members })

/** Encrypts; its ciphertexts name their version. */
export const versionedKey = thalassaKey({ name: 'billing archive', slug: 'billing-archive', latestVersion: 7 })

/** Encrypts and signs. */
export const rsaKey = thalassaKey({ id: 'kms-2', name: 'jwt', type: 'rsa-2048', can: ['encrypt', 'sign'] })

/** Signs. */
export const ed25519Key = thalassaKey({ id: 'kms-3', name: 'notes', type: 'ed25519', purpose: 'sign', can: ['sign'] })

/** Authenticates messages. */
export const macKey = (type: 'hmac' | 'hmac-sha512'): KmsKey =>
  thalassaKey({ id: 'kms-4', name: 'hooks', type, purpose: 'mac', can: ['mac'] })

/** Encrypts; its ciphertexts are opaque base64. */
export const opaqueKey: KmsKey = keyWith({
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id: '0198b1c4-0000-7000-8000-000000000000',
  name: 'app-config',
  type: 'AES_256',
  can: ['encrypt'],
  rotation: { automatic: false },
  latestVersion: 2,
  traits: [],
})

/** Encrypts with a public key: no encryption context. */
export const opaqueRsaKey: KmsKey = {
  ...opaqueKey,
  id: '0198b1c4-0000-7000-8000-000000000010',
  name: 'uploads',
  type: 'RSA_3072',
}

/** Signs; its signatures are opaque base64. */
export const opaqueSigningKey = (type: KeySpec): KmsKey => ({
  ...opaqueKey,
  id: '0198b1c4-0000-7000-8000-000000000011',
  name: 'releases',
  type,
  purpose: 'sign',
  can: ['sign'],
})

/** The key as its API answers it, with other members where a test needs them. */
export const opaqueKeyAnswer = (members: Readonly<Record<string, unknown>> = {}) => {
  const at = '2026-11-22T11:58:00Z'
  return {
    id: opaqueKey.id,
    name: opaqueKey.name,
    'multi-zone': false,
    'origin-zone': opaqueKey.location,
    source: 'exoscale-kms',
    status: 'enabled',
    'status-since': at,
    'created-at': at,
    material: { 'created-at': at, version: 1 },
    revision: { at, seq: 4 },
    rotation: { automatic: false, 'manual-count': 0, 'next-at': at, 'rotation-period': 365 },
    usage: 'encrypt-decrypt',
    ...members,
  }
}
