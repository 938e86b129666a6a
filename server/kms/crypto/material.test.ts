import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { algorithms } from '../../../src/clouds/algorithms.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'

const parse = (material: Uint8Array) => createPrivateKey({ key: Buffer.from(material), format: 'der', type: 'pkcs8' })

describe('generated material', () => {
  it.each([
    ['aes128-gcm96', 16],
    ['aes256-gcm96', 32],
    ['chacha20-poly1305', 32],
    ['hmac', 32],
    ['hmac-sha256', 32],
    ['hmac-sha512', 64],
  ])('of %s has %i bytes, other ones each time', async (name, length) => {
    const [one, two] = [await generateMaterial(knownAlgorithm(name)), await generateMaterial(knownAlgorithm(name))]
    expect(one).toHaveLength(length)
    expect(Buffer.from(one).equals(two)).toBe(false)
  })

  it.each([
    ['ecdsa-p256', 'prime256v1'],
    ['ecdsa-p384', 'secp384r1'],
    ['ecdsa-p521', 'secp521r1'],
  ])('of %s is PKCS#8 on the curve %s', async (name, curve) => {
    const key = parse(await generateMaterial(knownAlgorithm(name)))
    expect(key.asymmetricKeyType).toBe('ec')
    expect(key.asymmetricKeyDetails?.namedCurve).toBe(curve)
  })

  it('of ed25519 and rsa-2048 is PKCS#8', async () => {
    expect(parse(await generateMaterial(knownAlgorithm('ed25519'))).asymmetricKeyType).toBe('ed25519')
    const rsa = parse(await generateMaterial(knownAlgorithm('rsa-2048')))
    expect(rsa.asymmetricKeyType).toBe('rsa')
    expect(rsa.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65537n })
  })
})

it('supports the algorithms of the table only', () => {
  for (const { name } of algorithms) expect(knownAlgorithm(name).name).toBe(name)
  expect(() => knownAlgorithm('des')).toThrow('unknown algorithm des')
})
