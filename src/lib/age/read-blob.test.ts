import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecesOf, readBlob } from './read-blob.ts'

/** More than is read at a time. */
const MOST = 3_000_000
const all = Uint8Array.from({ length: MOST }, (_, index) => (index * 31 + (index >> 8)) & 0xff)

/** As in a browser that reads blobs only into memory of its own, and in parts of its own. */
class OlderBlob extends Blob {
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = 0
    return new ReadableStream({
      pull: async (controller) => {
        const part = await this.slice(at, at + 70_001).arrayBuffer()
        at += part.byteLength
        if (part.byteLength > 0) controller.enqueue(new Uint8Array(part))
        else controller.close()
      },
    })
  }
}

describe.each([
  ['into memory of ours', Blob],
  ['into memory of the browser’s', OlderBlob],
])('a blob that is read %s', (_how, Kind) => {
  test('comes in pieces of one size, the last one shorter, and nothing is lost or there twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(MOST), fc.integer({ min: 1, max: 1_200_000 }), async (bytes, unit) => {
        // Many small pieces would test the test.
        const size = Math.max(unit, Math.ceil(bytes / 200))
        const content = all.subarray(0, bytes)
        const pieces: Uint8Array[] = []
        for await (const piece of piecesOf(new Kind([content]), size, readBlob)) pieces.push(piece.slice())
        expect(pieces.map(({ length }) => length)).toEqual(
          Array.from({ length: Math.ceil(bytes / size) }, (_, index) => Math.min(size, bytes - index * size)),
        )
        const joined = new Uint8Array(await new Blob(pieces.map((piece) => new Uint8Array(piece))).arrayBuffer())
        expect(joined.length).toBe(bytes)
        expect(joined.every((byte, at) => byte === content[at])).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})
