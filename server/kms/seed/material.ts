/** Key material in a seed: base64, `hex:` and digits, or PEM. */
import { createPrivateKey } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { importMaterialSync } from '../crypto/import.ts'
import { UnfitMaterialError } from '../crypto/pkcs8.ts'
import { ed25519Parts, privateKeyIn } from '../crypto/public-key.ts'
import { fromBase64 } from '../field-rules.ts'
import { ed25519Material } from './derived-material.ts'

const PEM = /^-----BEGIN [A-Z0-9 ]+-----/
const HEX = 'hex:'

const isRaw = ({ family }: Algorithm) => family === 'aes-gcm' || family === 'chacha20-poly1305' || family === 'hmac'

function fromPem(text: string, algorithm: Algorithm): Buffer {
  if (isRaw(algorithm)) throw new UnfitMaterialError(`be ${algorithm.bits / 8} bytes for ${algorithm.name}, not PEM`)
  try {
    return createPrivateKey({ key: text, format: 'pem' }).export({ format: 'der', type: 'pkcs8' })
  } catch {
    throw new UnfitMaterialError('be an unencrypted private key where it is PEM')
  }
}

function fromHex(digits: string): Buffer {
  const text = digits.replace(/\s/g, '')
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw new UnfitMaterialError('have pairs of hex digits after hex:')
  return Buffer.from(text, 'hex')
}

function bytesIn(text: string, algorithm: Algorithm): Buffer {
  const trimmed = text.trim()
  if (PEM.test(trimmed)) return fromPem(trimmed, algorithm)
  if (trimmed.startsWith(HEX)) return fromHex(trimmed.slice(HEX.length))
  const bytes = fromBase64(trimmed.replace(/\s/g, ''))
  if (!bytes) throw new UnfitMaterialError('be base64, PEM, or hex: and hex digits')
  return bytes
}

/** Ed25519 key from its seed of 32 bytes, or from the exported 64 bytes of seed and public key. */
function ed25519From(bytes: Buffer): Buffer | undefined {
  if (bytes.length !== 32 && bytes.length !== 64) return undefined
  const material = ed25519Material(bytes.subarray(0, 32))
  const isWhole = bytes.length === 32 || ed25519Parts(privateKeyIn(material)).publicKey.equals(bytes.subarray(32))
  if (!isWhole) throw new UnfitMaterialError('hold a private key that fits its own public key')
  return material
}

/**
 * Material in the engine's format: raw bytes for symmetric and HMAC types, PKCS#8 DER for asymmetric ones.
 * @throws UnfitMaterialError whose message completes "must …" and quotes no material
 */
export function readMaterial(text: string, algorithm: Algorithm): Uint8Array {
  const bytes = bytesIn(text, algorithm)
  if (isRaw(algorithm)) {
    const wanted = algorithm.bits / 8
    if (bytes.length === wanted) return bytes
    const hint = /^[0-9a-f]+$/i.test(text.trim()) ? '; put hex: before hex digits' : ''
    throw new UnfitMaterialError(`hold ${wanted} bytes for ${algorithm.name}, it holds ${bytes.length}${hint}`)
  }
  return importMaterialSync(algorithm, (algorithm.family === 'ed25519' ? ed25519From(bytes) : undefined) ?? bytes)
}
