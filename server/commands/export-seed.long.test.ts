/** Seeds as commands: start from a seed, and export of one. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { callKeys, folder, lastOfKms, run, start, started } from '../testing/program.ts'

const written = (text: string) => {
  const file = join(folder(), 'seed.yaml')
  writeFileSync(file, text)
  return file
}

const plaintext = Buffer.from('hello').toString('base64')

test('a KMS on an exported seed decrypts ciphertext of the exporting KMS', async () => {
  const seed = written(`
thalassa:
  tokens: [{ name: tests, role: administrator, token: tc_pat_for_tests }]
  keys: [{ name: app encryption }]
exoscale:
  api-keys: [{ name: tests, key: EXOtests, secret: only-for-tests }]
`)
  const dataDir = folder()
  const first = start(['kms', '--port', '0', '--seed', seed], { KMS_DATA_DIR: dataDir })
  const kms = await started(first, lastOfKms)
  expect(kms).toMatchObject({
    THALASSA_PERSONAL_ACCESS_TOKEN: 'tc_pat_for_tests',
    EXOSCALE_API_KEY: 'EXOtests',
    EXOSCALE_API_SECRET: 'only-for-tests',
  })
  const { identity } = await callKeys(kms, 'POST', '', { name: 'made by hand', keyType: 'chacha20-poly1305' })
  await callKeys(kms, 'POST', `/${identity}/rotate`)
  const sealed = await Promise.all(
    ['app-encryption', identity].map(async (key) => ({
      key,
      ...(await callKeys(kms, 'POST', `/${key}/encrypt`, { plaintext })),
    })),
  )

  const file = join(folder(), 'exported.yaml')
  const exported = await run(['kms', 'export-seed', file, '--with-material'], { KMS_DATA_DIR: dataDir })
  expect(exported).toMatchObject({ code: 0, err: '', out: `seed: ${file}\n` })
  expect(statSync(file).mode & 0o777).toBe(0o600)

  const second = start(['kms', '--port', '0'], { KMS_DATA_DIR: folder(), KMS_SEED: file })
  const other = await started(second, lastOfKms)
  expect(other.THALASSA_READER_TOKEN).toBe(kms.THALASSA_READER_TOKEN)
  for (const { key, ciphertext } of sealed)
    expect((await callKeys(other, 'POST', `/${key}/decrypt`, { ciphertext })).plaintext).toBe(plaintext)
})

test('export without a file goes to stdout without secrets; a file is replaced only with --force', async () => {
  const dataDir = folder()
  const first = start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir })
  const kms = await started(first, lastOfKms)
  await callKeys(kms, 'POST', '', { name: 'kept' })
  const shown = await run(['kms', 'export-seed'], { KMS_DATA_DIR: dataDir })
  expect(shown).toMatchObject({ code: 0, err: '' })
  expect(shown.out).toContain('name: kept')
  for (const secret of [kms.THALASSA_PERSONAL_ACCESS_TOKEN, kms.EXOSCALE_API_SECRET, 'aterial:'])
    expect(shown.out).not.toContain(secret)

  const file = written('mine\n')
  const refused = await run(['kms', 'export-seed', file], { KMS_DATA_DIR: dataDir })
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toBe(`${file} exists already. Choose another name, or replace it with --force.\n`)
  expect(readFileSync(file, 'utf8')).toBe('mine\n')
  expect(await run(['kms', 'export-seed', file, '--force'], { KMS_DATA_DIR: dataDir })).toMatchObject({ code: 0 })
  expect(readFileSync(file, 'utf8')).toBe(shown.out)
})

test('an invalid seed ends the start with a short message and without a data folder', async () => {
  const dataDir = join(folder(), 'none')
  const seed = written('thalassa:\n  keys:\n    - { name: a, keyType: aes }\n')
  const refused = await run(['kms', '--port', '0', '--seed', seed], { KMS_DATA_DIR: dataDir })
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain(`${seed}:3:18 thalassa.keys[0].keyType must be one of aes256-gcm96, `)
  expect(existsSync(dataDir)).toBe(false)
})
