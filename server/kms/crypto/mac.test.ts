import { describe, expect, it } from 'vitest'
import type { HashName } from './hashes.ts'
import { hmac, sameMac } from './mac.ts'

const bytes = (value: number, count: number) => Buffer.alloc(count, value)

/** RFC 4231, sections 4.2, 4.3, 4.4 and 4.7. */
const vectors: readonly { test: number; key: Buffer; data: Buffer; macs: Partial<Record<HashName, string>> }[] = [
  {
    test: 1,
    key: bytes(0x0b, 20),
    data: Buffer.from('Hi There'),
    macs: {
      sha224: '896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22',
      sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      sha384: 'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
      sha512:
        '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    },
  },
  {
    test: 2,
    key: Buffer.from('Jefe'),
    data: Buffer.from('what do ya want for nothing?'),
    macs: {
      sha224: 'a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44',
      sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      sha384: 'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
      sha512:
        '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    },
  },
  {
    test: 3,
    key: bytes(0xaa, 20),
    data: bytes(0xdd, 50),
    macs: {
      sha256: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
      sha512:
        'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
    },
  },
  {
    test: 6,
    key: bytes(0xaa, 131),
    data: Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
    macs: {
      sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
      sha512:
        '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
    },
  },
]

describe.each(vectors)('RFC 4231, test case $test', ({ key, data, macs }) => {
  it('computes the published MACs', () => {
    const names: readonly HashName[] = ['sha224', 'sha256', 'sha384', 'sha512']
    const made = names.filter((name) => macs[name]).map((name) => [name, hmac(key, name, data).toString('hex')])
    expect(Object.fromEntries(made)).toEqual(macs)
  })
})

it('sameMac accepts equal MACs only', () => {
  const mac = hmac(bytes(1, 32), 'sha256', bytes(2, 3))
  expect(sameMac(mac, Buffer.from(mac))).toBe(true)
  expect(sameMac(mac, mac.subarray(1))).toBe(false)
  expect(sameMac(mac, Buffer.alloc(0))).toBe(false)
  const flipped = Buffer.from(mac)
  flipped[31] = (flipped[31] ?? 0) ^ 1
  expect(sameMac(mac, flipped)).toBe(false)
})
