import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawSignature, readDerSignature } from './der.ts'
import { derOf } from './testing/der.ts'

const size = fc.constantFrom(32, 48, 66)
const signature = size.chain((bytes) =>
  fc.uint8Array({ minLength: 2 * bytes, maxLength: 2 * bytes }).map((raw) => ({ bytes, raw })),
)

const back = (der: Uint8Array, bytes: number) => {
  const integers = readDerSignature(der)
  return integers && rawSignature(integers, bytes)
}

describe('a DER signature', () => {
  it('comes back raw as it went in, whatever zeros it begins with', () => {
    fc.assert(
      fc.property(signature, ({ raw, bytes }) => {
        expect(back(derOf(raw), bytes)).toEqual(raw)
      }),
    )
    fc.assert(
      fc.property(signature, fc.nat(31), ({ raw, bytes }, zeros) => {
        const short = raw.fill(0, 0, zeros).fill(0, bytes, bytes + zeros)
        expect(back(derOf(short), bytes)).toEqual(short)
      }),
    )
  })

  it('is not what was cut, lengthened or bent in its form', () => {
    fc.assert(
      fc.property(signature, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 }), ({ raw }, at, more) => {
        const der = derOf(raw)
        expect(readDerSignature(der.subarray(0, at % der.length))).toBeUndefined()
        expect(readDerSignature(Uint8Array.of(...der, ...more))).toBeUndefined()
      }),
    )
    const bent = ['', '30', '3000', '3003020101', '3006020101020101ff', '3106020101020101', '3006030101020101']
    // Padded integers, an empty one, and lengths in more bytes than they need.
    const padded = ['300702020001020101', '3005020002 0101', '308106020101020101', '30060201010281 01']
    for (const hex of [...bent, ...padded])
      expect(readDerSignature(Uint8Array.fromHex(hex.replaceAll(' ', '')))).toBeUndefined()
  })

  it('of integers that no key makes has a form and no raw signature', () => {
    const negative = readDerSignature(Uint8Array.fromHex('3006020181020101'))
    expect(negative && rawSignature(negative, 32)).toBeUndefined()
    const tooLong = readDerSignature(derOf(new Uint8Array(96).fill(1)))
    expect(tooLong && rawSignature(tooLong, 32)).toBeUndefined()
    expect(tooLong && rawSignature(tooLong, 48)).toHaveLength(96)
  })
})
