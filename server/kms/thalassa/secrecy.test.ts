import { createPrivateKey, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openKms } from '../kms.ts'
import { type Json, temporaryFolder } from '../testing/thalassa-server.ts'
import { tools, wrapTarget } from '../testing/wrapping.ts'

let dataDir: string
let lines: string[]
beforeEach(() => {
  dataDir = temporaryFolder()
  lines = []
})
afterEach(() => rmSync(dataDir, { recursive: true }))

/** Encodings in which material may be written. */
const formsOf = (material: Buffer) => [
  material,
  ...(['base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(material.toString(encoding))),
]

/** Secret bytes of a private key: the private number of PKCS#8. */
const privateBytes = (pkcs8: Buffer) =>
  Buffer.from(
    createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' }).d ?? '',
    'base64url',
  )

it('writes key material to no log or message, and to files only wrapped', async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) })
  const kms = await openKms({ dataDir, exoscaleApi: 'reference', log, address: () => undefined })
  const { token, organisation } = kms.credentials.thalassa
  const messages: string[] = []
  async function call(method: string, path: string, body?: object): Promise<Json> {
    const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const response = await kms.fetch(new Request(`http://kms.test/v1/kms/nl-01${path}`, init))
    const text = await response.text()
    if (!response.ok) messages.push(text)
    return JSON.parse(text) as Json
  }

  const publicKey = String((await call('GET', '/wrapping-key')).publicKey)
  const secrets: Buffer[] = []
  for (const keyType of ['aes256-gcm96', 'chacha20-poly1305', 'rsa-2048', 'ecdsa-p256', 'ed25519']) {
    const target = tools[0]?.target(keyType) ?? Buffer.alloc(0)
    secrets.push(target.length === 32 ? target : privateBytes(target))
    const ephemeral = randomBytes(32)
    secrets.push(ephemeral)
    const importKeyMaterial = wrapTarget(publicKey, target, { ephemeral }).toString('base64')
    const { identity } = await call('POST', '/keys', { name: keyType, keyType, importKeyMaterial, exportAllowed: true })
    const { keyMaterial } = await call('POST', `/keys/${identity}/export`, {})
    secrets.push(Buffer.from(String(keyMaterial)))
    // Refusals after unwrapping: another type, a taken name, a changed blob.
    await call('POST', '/keys', { name: 'other', keyType: 'aes128-gcm96', importKeyMaterial })
    await call('POST', '/keys', { name: keyType, keyType, importKeyMaterial })
    await call('POST', '/keys', { name: 'other', keyType, importKeyMaterial: importKeyMaterial.slice(4) })
  }
  expect(messages).toHaveLength(15)
  await kms.close()

  const root = Buffer.from(readFileSync(join(dataDir, 'root.key'), 'utf8'), 'base64')
  const files = readdirSync(dataDir).filter((name) => name !== 'root.key')
  expect(files).toContain('kms.sqlite')
  const places = [
    ['log', Buffer.from(lines.join('\n'))],
    ['messages', Buffer.from(messages.join('\n'))],
    ...files.map((name) => [name, readFileSync(join(dataDir, name))] as const),
  ] as const
  const found = [...secrets, root].flatMap((secret, nth) =>
    places.flatMap(([place, content]) =>
      formsOf(secret).some((form) => content.includes(form)) ? [`secret ${nth} in ${place}`] : [],
    ),
  )
  expect(secrets.every(({ length }) => length >= 32)).toBe(true)
  expect(found).toEqual([])
  // Control: the search finds plaintext, such as names of keys.
  expect(places.some(([, content]) => content.includes('chacha20-poly1305'))).toBe(true)
  for (const [place, content] of places) expect(content.includes('PRIVATE KEY'), place).toBe(false)
})
