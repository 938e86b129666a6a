/** Page object of the wizard's import step, and material wrapped outside of the console. */
import { execFile } from 'node:child_process'
import {
  constants,
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { button, chooseWhere, field, radio, toNext } from './create-key-page.ts'
import { expect } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

const pkcs8 = { format: 'der', type: 'pkcs8' } as const

/** Material of a key type: raw bytes, or a private key as PKCS#8 in DER. */
export function newMaterial(type: string): Buffer {
  const [family, size = ''] = type.split('-')
  if (family === 'rsa') return generateKeyPairSync('rsa', { modulusLength: Number(size) }).privateKey.export(pkcs8)
  if (family === 'ecdsa')
    return generateKeyPairSync('ec', { namedCurve: size.replace('p', 'P-') }).privateKey.export(pkcs8)
  if (family === 'ed25519') return generateKeyPairSync('ed25519').privateKey.export(pkcs8)
  return randomBytes(type === 'aes128-gcm96' ? 16 : 32)
}

export const wrappingKeyOf = async (api: GatewayClient): Promise<string> =>
  (await api.call<{ publicKey: string }>('GET', '/api/thalassa/v1/kms/nl-01/wrapping-key')).publicKey

const INITIAL_VALUE = Buffer.from('a65959a6', 'hex')

/** Base64 of a one-time key under RSA-OAEP, then the material under that key with AES-KWP (RFC 5649). */
function wrap(wrappingKey: string, material: Uint8Array, hash = 'sha256'): string {
  const once = randomBytes(32)
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const cipher = createCipheriv('id-aes256-wrap-pad', once, INITIAL_VALUE)
  return Buffer.concat([
    publicEncrypt({ key: wrappingKey, padding, oaepHash: hash }, once),
    cipher.update(material),
    cipher.final(),
  ]).toString('base64')
}

/** Material from its wrapped form. */
export function unwrap(key: KeyObject, text: string, hash: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const once = privateDecrypt({ key, padding, oaepHash: hash.toLowerCase() }, bytes.subarray(0, size))
  const decipher = createDecipheriv('id-aes256-wrap-pad', once, INITIAL_VALUE)
  return Buffer.concat([decipher.update(bytes.subarray(size)), decipher.final()])
}

export const wrapped = async (api: GatewayClient, material: Uint8Array, hash?: string) =>
  wrap(await wrappingKeyOf(api), material, hash)

/** Goes from the first step to the material. */
export async function goToMaterial(page: Page, type = 'aes256-gcm96', url = '') {
  await page.goto(`${url}/keys/new`)
  await chooseWhere(page, 'Thalassa Cloud', 'nl-01')
  await radio(page, /^e(d|c)/.test(type) ? 'Sign' : 'Encrypt data').check()
  await radio(page, type).check()
  await page.getByRole('checkbox', { name: 'Import key material' }).check()
  await toNext(page)
  await expect(page).toHaveURL(/\/keys\/new\?step=material$/)
  await expect(page.getByRole('combobox', { name: 'Hash function' })).toBeFocused()
}

/** Goes from the material to the created key. */
export async function createImported(page: Page, name: string) {
  await toNext(page)
  await field(page, 'Name').fill(name)
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
}

export const material = (page: Page) => field(page, 'Wrapped material')

export async function chooseHash(page: Page, hash: string) {
  await page.getByRole('combobox', { name: 'Hash function' }).click()
  await page.getByRole('option', { name: hash }).press('Enter')
}

export const chooseFile = (page: Page, name: string, content: Uint8Array | string) =>
  page.getByLabel('File with wrapped material').setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content),
  })

export const storedIn = (page: Page) =>
  page.evaluate(() => JSON.stringify([localStorage, sessionStorage, location.href, history.state, document.cookie]))

const run = promisify(execFile)

/** Whether the machine's OpenSSL can wrap: older releases and other builds refuse these ciphers. */
export async function opensslWraps(): Promise<boolean> {
  try {
    const { stdout } = await run('openssl', ['version'])
    await run('sh', ['-c', 'command -v xxd && command -v shred'])
    return /^OpenSSL [3-9]/.test(stdout)
  } catch {
    return false
  }
}

/** Runs commands as they are shown, in a folder; any that fails ends them. */
export const shell = (script: string, cwd: string) => run('sh', ['-e', '-c', script], { cwd })
