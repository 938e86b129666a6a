import { randomBytes, randomInt } from 'node:crypto'

/**
 * Makes UUIDs of version 7 (RFC 9562) whose order is that of their making: the twelve bits after the milliseconds count
 * up within one millisecond, from a random start.
 */
export function createKeyIds(): (now: number) => string {
  let last = Number.NaN
  let counter = 0
  return (now) => {
    counter = now === last ? (counter + 1) & 0xfff : randomInt(0x800)
    last = now
    const bytes = randomBytes(16)
    bytes.writeUIntBE(now, 0, 6)
    bytes.writeUInt16BE(0x7000 | counter, 6)
    bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  }
}
