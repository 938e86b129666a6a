import { execFileSync } from 'node:child_process'
import { constants, createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownAlgorithm } from '../crypto/material.ts'

/** AES key wrap with padding (RFC 5649). */
export function wrapPadded(key: Uint8Array, target: Uint8Array): Buffer {
  const cipher = createCipheriv(`id-aes${key.length * 8}-wrap-pad`, key, Buffer.from('a65959a6', 'hex'))
  return Buffer.concat([cipher.update(target), cipher.final()])
}

/** RSA-OAEP of a one-time key, then the target under that key. `hash` in any spelling of OpenSSL. */
export function wrapTarget(
  wrappingKey: string,
  target: Uint8Array,
  { hash = 'sha256', ephemeral = randomBytes(32) }: { hash?: string; ephemeral?: Uint8Array } = {},
): Buffer {
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const sealed = publicEncrypt({ key: wrappingKey, padding, oaepHash: hash }, ephemeral)
  return Buffer.concat([sealed, wrapPadded(ephemeral, target)])
}

/** Tool that generates and wraps material outside the KMS. */
export interface Tool {
  readonly name: string
  /** Raw bytes, or a private key as PKCS#8 DER. */
  target(keyType: string): Buffer
  /** Base64, for import. */
  wrap(wrappingKey: string, target: Uint8Array, hash: string): string
}

const pkcs8 = { format: 'der', type: 'pkcs8' } as const

const nodeCrypto: Tool = {
  name: 'node:crypto',
  target(keyType) {
    const { family, bits } = knownAlgorithm(keyType)
    if (family === 'rsa') return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export(pkcs8)
    if (family === 'ecdsa') return generateKeyPairSync('ec', { namedCurve: `P-${bits}` }).privateKey.export(pkcs8)
    if (family === 'ed25519') return generateKeyPairSync('ed25519').privateKey.export(pkcs8)
    return randomBytes(bits / 8)
  },
  wrap: (wrappingKey, target, hash) => wrapTarget(wrappingKey, target, { hash }).toString('base64'),
}

/** Command on the PATH. */
const COMMAND = 'openssl'

/** Runs `openssl` on files in a temporary folder. */
function inFolder<T>(work: (openssl: (...args: string[]) => Buffer, file: (name: string) => string) => T): T {
  const cwd = mkdtempSync(join(tmpdir(), 'openssl-'))
  try {
    const openssl = (...args: string[]) => execFileSync(COMMAND, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    return work(openssl, (name) => join(cwd, name))
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

function opensslWrapPadded(key: Uint8Array, target: Uint8Array): Buffer {
  return inFolder((openssl, file) => {
    writeFileSync(file('target.bin'), target)
    const hex = Buffer.from(key).toString('hex')
    openssl('enc', '-id-aes256-wrap-pad', '-iv', 'A65959A6', '-K', hex, '-in', 'target.bin', '-out', 'target.wrapped')
    return readFileSync(file('target.wrapped'))
  })
}

const genpkey = (keyType: string): string[] => {
  const { family, bits } = knownAlgorithm(keyType)
  if (family === 'rsa') return ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`]
  if (family === 'ecdsa') return ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:P-${bits}`]
  return ['-algorithm', 'ED25519']
}

const opensslCommand: Tool = {
  name: COMMAND,
  target: (keyType) =>
    inFolder((openssl, file) => {
      const { publicKey, bits } = knownAlgorithm(keyType)
      if (publicKey) {
        openssl('genpkey', ...genpkey(keyType), '-out', 'key.pem')
        openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'DER', '-out', 'target.bin')
      } else openssl('rand', '-out', 'target.bin', String(bits / 8))
      return readFileSync(file('target.bin'))
    }),
  wrap: (wrappingKey, target, hash) =>
    inFolder((openssl, file) => {
      writeFileSync(file('wrapping.pem'), wrappingKey)
      openssl('rand', '-out', 'eph.bin', '32')
      const wrapped = opensslWrapPadded(readFileSync(file('eph.bin')), target)
      const key = ['-encrypt', '-pubin', '-inkey', 'wrapping.pem', '-in', 'eph.bin', '-out', 'eph.wrapped']
      const oaep = ['rsa_padding_mode:oaep', `rsa_oaep_md:${hash}`, `rsa_mgf1_md:${hash}`]
      openssl('pkeyutl', ...key, ...oaep.flatMap((option) => ['-pkeyopt', option]))
      writeFileSync(file('blob.bin'), Buffer.concat([readFileSync(file('eph.wrapped')), wrapped]))
      return openssl('base64', '-A', '-in', 'blob.bin').toString()
    }),
}

/** Whether the command supports wrapping ciphers: older releases and other builds don't. */
function opensslWraps(): boolean {
  const [key, target] = [Buffer.alloc(32, 1), Buffer.alloc(20, 2)]
  try {
    return opensslWrapPadded(key, target).equals(wrapPadded(key, target))
  } catch {
    return false
  }
}

/** `node:crypto`, and the `openssl` command if it can wrap. */
export const tools: readonly Tool[] = opensslWraps() ? [nodeCrypto, opensslCommand] : [nodeCrypto]
