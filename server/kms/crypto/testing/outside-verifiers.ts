/** Tools outside the KMS that verify signatures, none of which shares code with it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519ph } from '@noble/curves/ed25519.js'
import type { Family } from '../../../../src/clouds/algorithms.ts'

export interface OutsideScheme {
  readonly family: Family
  readonly hash: string
  readonly ed25519ph?: boolean
}

export interface Verifier {
  readonly name: string
  offers(scheme: OutsideScheme): boolean
  /** Whether a signature over the message is valid. RSA: PSS with a salt as long as the hash. */
  verify(scheme: OutsideScheme, publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean
}

const OPENSSL = 'openssl'

const isInstalled = spawnSync(OPENSSL, ['version']).status === 0

/** Runs `openssl` on files in a temporary folder. */
function inFolder<T>(files: Readonly<Record<string, Uint8Array | string>>, work: (cwd: string) => T): T {
  const cwd = mkdtempSync(join(tmpdir(), 'openssl-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content)
    return work(cwd)
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

/** Algorithms of the command, which has ML-DSA since release 3.5. */
const algorithms = isInstalled ? execFileSync(OPENSSL, ['list', '-signature-algorithms'], { encoding: 'utf8' }) : ''

const pss = (hash: string) =>
  ['rsa_padding_mode:pss', 'rsa_pss_saltlen:digest', `rsa_mgf1_md:${hash}`].flatMap((option) => ['-sigopt', option])

const files = ['-signature', 'signature', 'message']
const raw = ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin', '-in', 'message', '-sigfile', 'signature']

const argumentsOf = ({ family, hash }: OutsideScheme): readonly string[] => {
  if (family === 'rsa') return ['dgst', `-${hash}`, '-verify', 'key.pem', ...pss(hash), ...files]
  return family === 'ecdsa' ? ['dgst', `-${hash}`, '-verify', 'key.pem', ...files] : raw
}

const pemOf = (publicKey: KeyObject) => publicKey.export({ format: 'pem', type: 'spki' })

const opensslCommand: Verifier = {
  name: 'OpenSSL’s command',
  offers: ({ family, ed25519ph: isPh = false }) =>
    isInstalled && !isPh && (family !== 'ml-dsa' || /\bML-DSA-65\b/i.test(algorithms)),
  verify: (scheme, publicKey, message, signature) =>
    inFolder({ 'key.pem': pemOf(publicKey), message, signature }, (cwd) => {
      const { status, stdout, stderr } = spawnSync(OPENSSL, argumentsOf(scheme), { cwd, encoding: 'utf8' })
      const said = stdout + stderr
      if (!/verified ok|verified successfully|verification failure/i.test(said)) throw new Error(said)
      return status === 0
    }),
}

const SCRIPT = `
const { family, hash, pem, message, signature } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
const { constants, verify } = require('node:crypto')
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
const key = family === 'rsa' ? { key: pem, ...pss } : pem
const hashed = family === 'rsa' || family === 'ecdsa'
const bytes = (text) => Buffer.from(text, 'base64')
process.stdout.write(String(verify(hashed ? hash : null, bytes(message), key, bytes(signature))))
`

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const nodeProcess: Verifier = {
  name: 'Node in another process',
  // A process takes longer than the command, so it verifies what the command may lack.
  offers: ({ family, ed25519ph: isPh = false }) => !isPh && (family === 'ml-dsa' || !isInstalled),
  verify({ family, hash }, publicKey, message, signature) {
    const input = JSON.stringify({
      family,
      hash,
      pem: pemOf(publicKey),
      message: text(message),
      signature: text(signature),
    })
    return execFileSync(process.execPath, ['-e', SCRIPT], { input, encoding: 'utf8' }) === 'true'
  },
}

const nobleLibrary: Verifier = {
  name: 'the variant of the library @noble/curves',
  offers: ({ ed25519ph: isPh = false }) => isPh,
  verify(_, publicKey, message, signature) {
    const { x = '' } = publicKey.export({ format: 'jwk' })
    return ed25519ph.verify(
      new Uint8Array(signature),
      new Uint8Array(message),
      new Uint8Array(Buffer.from(x, 'base64url')),
    )
  },
}

export const verifiers = [opensslCommand, nodeProcess, nobleLibrary] as const

const oaep = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'].flatMap((option) => [
  '-pkeyopt',
  option,
])

/** RSA-OAEP of OpenSSL's command with SHA-256; undefined if it is not installed. */
export const opensslOaep = isInstalled
  ? {
      encrypt: (privateKey: KeyObject, plaintext: Uint8Array): Buffer =>
        inFolder({ 'key.pem': pemOf(createPublicKey(privateKey)), in: plaintext }, (cwd) => {
          const key = ['-encrypt', '-pubin', '-inkey', 'key.pem', '-in', 'in', '-out', 'out']
          execFileSync(OPENSSL, ['pkeyutl', ...key, ...oaep], { cwd })
          return readFileSync(join(cwd, 'out'))
        }),
      decrypt: (privateKey: KeyObject, ciphertext: Uint8Array): Buffer =>
        inFolder({ 'key.pem': privateKey.export({ format: 'pem', type: 'pkcs8' }), in: ciphertext }, (cwd) =>
          execFileSync(OPENSSL, ['pkeyutl', '-decrypt', '-inkey', 'key.pem', '-in', 'in', ...oaep], { cwd }),
        ),
    }
  : undefined
