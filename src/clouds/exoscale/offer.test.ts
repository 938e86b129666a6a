import { expect, test } from 'vitest'
import { keySpecNames, keySpecOf } from './key-specs.ts'
import { algorithmsIn } from './offer.ts'
import { readKey } from './read.ts'
import { KmsKey } from './wire.ts'

const at = '2026-11-23T12:08:27Z'

const listed = (members: object = {}) =>
  readKey(
    KmsKey.parse({
      id: '019ef461-c0ae-7c9c-94bd-081e70fe2b08',
      name: 'billing',
      usage: 'encrypt-decrypt',
      source: 'exoscale-kms',
      status: 'enabled',
      'status-since': at,
      'multi-zone': false,
      'origin-zone': 'ch-gva-2',
      'created-at': at,
      revision: { at, seq: 3 },
      material: { 'created-at': at, version: 1 },
      rotation: { automatic: true, 'manual-count': 0, 'next-at': at, 'rotation-period': 365 },
      ...members,
    }),
    'ch-gva-2',
  )

const older = listed()
const newer = listed({ 'key-spec': 'AES_256' })

test('a zone creates every type when one of its keys names its specification', () => {
  const types = algorithmsIn([older, newer]).map(({ name }) => keySpecOf(name))
  expect(new Set(types)).toEqual(new Set(keySpecNames))
})

test.each([[[older]], [[]]])('without such a key it creates symmetric ones', (keys) => {
  expect(algorithmsIn(keys).map(({ name }) => name)).toEqual(['aes256-gcm96'])
})

test('a key of a type that can do both does one of them', () => {
  const rsa = algorithmsIn([newer]).filter(({ family }) => family === 'rsa')
  expect(rsa.map(({ purpose, can, maxPlaintext }) => [purpose, can, maxPlaintext])).toEqual([
    ['encrypt', ['encrypt'], 318],
    ['encrypt', ['encrypt'], 446],
    ['sign', ['sign'], 318],
    ['sign', ['sign'], 446],
  ])
})
