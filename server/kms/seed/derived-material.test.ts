import { createHash, createPrivateKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { algorithms } from '../../../src/clouds/algorithms.ts'
import { exportMaterial } from '../crypto/export.ts'
import { importMaterialSync } from '../crypto/import.ts'
import { derivedUuid } from '../exoscale/uuid.ts'
import { derivedIdentity } from '../thalassa/identity.ts'
import { derivedMaterial } from './derived-material.ts'
import { readMaterial } from './material.ts'

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

/** Digests of the material for the label `test`: a change here changes the keys of every seed without material. */
const known: Record<string, string> = {
  'aes256-gcm96': '876525089b6bc0c6',
  'chacha20-poly1305': '5ecfdca141315110',
  'aes128-gcm96': '20ecfa73aee6e66a',
  'rsa-4096': 'f173fe90eccb6788',
  'rsa-3072': '05ab60c20aeb85a8',
  'rsa-2048': 'f567b80f62a2d6d1',
  'ecdsa-p256': 'fd1fe49bbc3f26bf',
  ed25519: '13097bf4d4effc51',
  'ecdsa-p384': '196b35455dfe913e',
  'ecdsa-p521': 'd7b3f822b41824db',
  'hmac-sha256': 'bad9a56fb50170c5',
  'hmac-sha512': '692c0754512d0f32',
  'ml-dsa-65': '3a286e98030cdc32',
  'ml-dsa-87': 'af0f3041662614b7',
  hmac: 'c37ab724637a0efd',
}

describe('derived material', () => {
  test.each(algorithms)('$name: constant bytes in the right format, whose export can be read', (algorithm) => {
    const material = derivedMaterial(algorithm, 'test')
    expect(digest(material)).toBe(known[algorithm.name])
    if (algorithm.importable)
      expect(Buffer.from(importMaterialSync(algorithm, material))).toEqual(Buffer.from(material))
    expect(Buffer.from(readMaterial(exportMaterial(algorithm, material), algorithm))).toEqual(Buffer.from(material))
    if (algorithm.family === 'rsa') {
      const key = createPrivateKey({ key: Buffer.from(material), format: 'der', type: 'pkcs8' })
      expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: algorithm.bits, publicExponent: 65_537n })
    }
  })

  test('another label gives other material', () => {
    const of = (label: string) => digest(derivedMaterial(algorithms[0], label))
    expect(of('test')).not.toBe(of('other'))
  })
})

test('derived ids have the providers’ form and never change', () => {
  expect(derivedIdentity('kms', 'test')).toMatch(/^kms-[0-9a-v]{20}$/)
  expect(derivedUuid('test')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([derivedIdentity('kms', 'test'), derivedUuid('test')]).toEqual([
    'kms-f0mol3np0j23p4b0bpe9',
    '8db0d5ca-4076-83c0-93fd-78416c6c3c5c',
  ])
})
