import { describe, expect, test } from 'vitest'
import { algorithms } from '../../clouds/algorithms.ts'
import { toBase64 } from '../../lib/encodings.ts'
import { keyWith } from '../shared/testing/key.ts'
import { formatAlgorithm, formatMaterial, keyFileName } from './material-format.ts'
import { tabsOf } from './use-key-tab.ts'

describe('words of keys that leave', () => {
  test('type and size of every asymmetric kind', () => {
    expect(algorithms.filter(({ publicKey }) => publicKey).map(formatAlgorithm)).toEqual([
      'RSA, 4096 bits',
      'RSA, 3072 bits',
      'RSA, 2048 bits',
      'ECDSA on P-256, 256 bits',
      'Ed25519, 256 bits',
      'ECDSA on P-384, 384 bits',
      'ECDSA on P-521, 521 bits',
      'ML-DSA-65',
      'ML-DSA-87',
    ])
  })

  test.each([
    ['-----BEGIN RSA PRIVATE KEY-----\nAA==', 'rsa-2048', 'PEM, RSA private key'],
    ['-----BEGIN EC PRIVATE KEY-----\nAA==', 'ecdsa-p256', 'PEM, EC private key'],
    [toBase64(new Uint8Array(64)), 'ed25519', 'Base64 of 64 bytes: the seed, then the public key'],
    [toBase64(new Uint8Array(64)), 'hmac-sha512', 'Base64 of 64 bytes'],
    [toBase64(new Uint8Array(32)), 'aes256-gcm96', 'Base64 of 32 bytes'],
    ['what is this?', 'new-type', 'as the API wrote it'],
  ])('%s of %s', (material, type, words) => {
    expect(formatMaterial(material, type)).toBe(words)
  })

  test('files are named after the slug, or the id', () => {
    expect(keyFileName(keyWith({ name: '../../x', slug: 'x' }), 3, '.pem')).toBe('x-v3.pem')
    expect(keyFileName(keyWith({ id: 'kms-1' }), 1, '.pem')).toBe('kms-1-v1.pem')
  })
})

describe('tabs', () => {
  test('follow from what the key can do and where it is', () => {
    expect(tabsOf(keyWith(), false)).toEqual(['overview', 'rotation', 'code', 'access', 'activity'])
    expect(tabsOf(keyWith({ type: 'ed25519' }), false)).toContain('public-key')
    expect(tabsOf(keyWith({ type: 'hmac' }), false)).not.toContain('public-key')
    const exoscale = { cloud: 'exoscale', type: 'AES_256' } as const
    expect(tabsOf(keyWith({ ...exoscale, traits: [] }), false)).not.toContain('replicas')
    expect(tabsOf(keyWith({ ...exoscale, traits: ['multi-zone'] }), false)).toContain('replicas')
  })
})
