import { randomBytes, randomInt } from 'node:crypto'
import { derivedBytes } from '../seed/derive.ts'

/** UUID (RFC 9562) of sixteen bytes, with the bits for version and variant set. */
export function uuidOf(bytes: Buffer, version: number): string {
  bytes.writeUInt8((version << 4) | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * Creates UUIDs of version 7 that sort by creation: the twelve bits after the milliseconds count up within
 * one millisecond, from a random start.
 */
export function createKeyIds(): (now: number) => string {
  let last = Number.NaN
  let counter = 0
  return (now) => {
    counter = now === last ? (counter + 1) & 0xfff : randomInt(0x800)
    last = now
    const bytes = randomBytes(16)
    bytes.writeUIntBE(now, 0, 6)
    bytes.writeUInt16BE(counter, 6)
    return uuidOf(bytes, 7)
  }
}

/** Id that a seed omits, derived from a label: the same in every run. */
export const derivedUuid = (label: string): string => uuidOf(derivedBytes(label, 16), 8)
