/**
 * Loaded before the demo (`node --import`) for pictures: fixes the clock, and makes random bytes the same in each
 * run. Each use has its own stream, so that the order of parallel requests has no effect.
 */
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { mock } from 'node:test'
import { promisify } from 'node:util'
import { pictureTime } from './time.ts'

const streams = new Map<string, crypto.Cipheriv>()

function bytes(use: string, size: number): Buffer {
  const start = () => crypto.createCipheriv('aes-256-ctr', crypto.hash('sha256', use, 'buffer'), Buffer.alloc(16))
  const stream = streams.get(use) ?? start()
  streams.set(use, stream)
  return stream.update(Buffer.alloc(size))
}

function uuid(): string {
  const made = bytes('uuid', 16)
  made.writeUInt8(0x40 | (made.readUInt8(6) & 0x0f), 6)
  made.writeUInt8(0x80 | (made.readUInt8(8) & 0x3f), 8)
  return made.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const generate = promisify(crypto.generateKeyPair)
/** PKCS#8 of an Ed25519 key up to its seed (RFC 8410). */
const ed25519Head = Buffer.from('302e020100300506032b657004220420', 'hex')

// Only Ed25519 key pairs appear in pictures; others stay random.
async function keyPair(type: 'ed25519', options: crypto.ED25519KeyPairOptions) {
  if (type !== 'ed25519') return generate(type, options)
  const pkcs8 = Buffer.concat([ed25519Head, bytes('ed25519', 32)])
  const privateKey = crypto.createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const publicKey = crypto.createPublicKey(privateKey)
  return { privateKey: pkcs8, publicKey: publicKey.export({ format: 'der', type: 'spki' }) }
}

Object.assign(crypto, {
  randomBytes: (size: number) => bytes(`bytes ${size}`, size),
  randomFillSync: (buffer: Buffer) => buffer.fill(bytes(`fill ${buffer.length}`, buffer.length)),
  randomInt: (limit: number) => bytes(`int ${limit}`, 4).readUInt32BE() % limit,
  randomUUID: uuid,
  generateKeyPair: Object.assign(() => undefined, { [promisify.custom]: keyPair }),
})
syncBuiltinESMExports()
mock.timers.enable({ apis: ['Date'], now: pictureTime })
performance.now = () => 0
