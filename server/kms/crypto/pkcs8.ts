import { bytesOfBits, DerError, readDer, tags } from './der.ts'

/** Imported material that its algorithm refuses. The message completes "must …" and quotes no material. */
export class UnfitMaterialError extends Error {}

/** Parts of an unencrypted PKCS#8 private key. */
export interface PrivateKeyInfo {
  /** Parameters of the algorithm; undefined if absent. */
  readonly parameters: { readonly tag: number; readonly content: Buffer } | undefined
  /** Key in the form of its algorithm. */
  readonly key: Buffer
  /** Public key, if the second version of the form holds one. */
  readonly publicKey: Buffer | undefined
}

/** Context-specific tags of attributes and public key (RFC 5958). */
const ATTRIBUTES = 0xa0
const PUBLIC_KEY = 0x81

/** Runs a strict reader: a wrong encoding becomes a refusal. */
export function strictly<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new UnfitMaterialError('be encoded in strict DER: definite, shortest lengths and no other elements')
  }
}

function parametersOf(algorithm: Buffer): PrivateKeyInfo['parameters'] {
  const reader = readDer(algorithm)
  reader.take(tags.identifier)
  const tag = reader.nextTag()
  if (tag === undefined) return undefined
  const content = reader.take(tag)
  reader.end()
  return { tag, content }
}

/** Reads what OpenSSL accepts as PKCS#8 (RFC 5958) once more, strictly. Attributes are checked in form, and dropped. */
export function readPkcs8(material: Buffer): PrivateKeyInfo {
  const whole = readDer(material)
  const info = strictly(() => readDer(whole.take(tags.sequence)))
  if (whole.nextTag() !== undefined)
    throw new UnfitMaterialError('end where its private key ends, and hold no bytes after it')
  return strictly(() => {
    const version = info.number()
    const parameters = parametersOf(info.take(tags.sequence))
    const key = info.take(tags.octetString)
    if (info.nextTag() === ATTRIBUTES) info.take(ATTRIBUTES)
    const publicKey = version === 1n && info.nextTag() === PUBLIC_KEY ? bytesOfBits(info.take(PUBLIC_KEY)) : undefined
    info.end()
    return { parameters, key, publicKey }
  })
}
