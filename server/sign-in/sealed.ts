/** Values that only this server can read and make, such as the content of a cookie: AES-256-GCM under keys from secrets. */
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto'

export interface Sealer {
  /**
   * Text in base64url.
   * @param purpose authenticated: another purpose does not open it
   * @param value anything that JSON holds
   * @param until milliseconds since the epoch, exclusive
   */
  seal(purpose: string, value: unknown, until: number): string
  /** The value; undefined for a text that was not made here, for another purpose, or has expired. Never throws. */
  open(purpose: string, text: string, now: number): unknown
}

const KEY_ID = 4
const NONCE = 12
const TAG = 16

/** @param secrets the first seals, all open: a secret can be replaced while older texts hold. At least one */
export function openSealer(secrets: readonly [string, ...string[]]): Sealer {
  const keyOf = (secret: string) => ({
    id: hash('sha256', `key id ${secret}`, 'buffer').subarray(0, KEY_ID),
    key: new Uint8Array(hkdfSync('sha256', secret, '', 'kms-console sealed values', 32)),
  })
  const [first, ...older] = [keyOf(secrets[0]), ...secrets.slice(1).map(keyOf)] as const

  function opened(purpose: string, bytes: Buffer): unknown {
    const id = bytes.subarray(0, KEY_ID)
    const found = [first, ...older].find((one) => one.id.equals(id))
    if (!found || bytes.length < KEY_ID + NONCE + TAG) return undefined
    const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(KEY_ID, KEY_ID + NONCE), {
      authTagLength: TAG,
    })
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(-TAG))
    const text = Buffer.concat([decipher.update(bytes.subarray(KEY_ID + NONCE, -TAG)), decipher.final()])
    return JSON.parse(text.toString('utf8'))
  }

  return {
    seal(purpose, value, until) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', first.key, nonce)
      cipher.setAAD(Buffer.from(purpose))
      const text = JSON.stringify([until, value])
      const sealed = [first.id, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(sealed).toString('base64url')
    },
    open(purpose, text, now) {
      try {
        const content = opened(purpose, Buffer.from(text, 'base64url'))
        if (!Array.isArray(content)) return undefined
        const [until, value] = content
        return typeof until === 'number' && now < until ? value : undefined
      } catch {
        return undefined
      }
    },
  }
}
