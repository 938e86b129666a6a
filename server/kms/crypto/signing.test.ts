import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { knownAlgorithm } from './material.ts'
import { isSignature, signature } from './signing.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey
const hash = 'sha256'

test.each([
  ['ed25519', generateKeyPairSync('ed25519').privateKey],
  ['ecdsa-p256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
])(
  'signatures of %s don’t wait for those of RSA, long messages take their turn, and all are valid',
  async (name, key) => {
    const algorithm = knownAlgorithm(name)
    const ended: string[] = []
    const input = Buffer.from('what was agreed')
    const long = Buffer.alloc(65_536, 7)
    const sign = async (what: string, made: Promise<Buffer>) => {
      await made
      ended.push(what)
      return made
    }
    const heavy = [1, 2, 3].map(() =>
      sign('rsa', signature(knownAlgorithm('rsa-4096'), rsa, { input, hash, prehashed: false })),
    )
    const quick = await sign('quick', signature(algorithm, key, { input, hash, prehashed: false }))
    expect(await isSignature(algorithm, key, { message: input, hash }, quick)).toBe(true)
    expect(await isSignature(algorithm, key, { message: long, hash }, quick)).toBe(false)
    expect(ended[0]).toBe('quick')
    const slow = await signature(algorithm, key, { input: long, hash, prehashed: false })
    expect(await isSignature(algorithm, key, { message: long, hash }, slow)).toBe(true)
    await Promise.all(heavy)
    expect(ended).toEqual(['quick', 'rsa', 'rsa', 'rsa'])
  },
)
