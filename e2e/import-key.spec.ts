import { createDecipheriv, createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as withoutPage } from '@playwright/test'
import { algorithms } from '../src/clouds/algorithms.ts'
import { wrapCommands } from '../src/pages/create-key/wrap-commands.ts'
import { button, expectWrong, field, summary, thalassaNamed, toNext } from './create-key-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import {
  chooseFile,
  chooseHash,
  createImported,
  goToMaterial,
  material,
  newMaterial,
  opensslWraps,
  shell,
  storedIn,
  unwrap,
  wrapped,
  wrappingKeyOf,
} from './import-key-page.ts'

/** Runs a script beside `wrapping.pem` and the key as raw bytes and as PEM; returns the text of `import.b64`. */
async function runBeside(script: string, wrappingKey: string, key: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-wrap-'))
  await writeFile(join(folder, 'wrapping.pem'), wrappingKey)
  await writeFile(join(folder, 'key.bin'), key)
  const pem = `-----BEGIN PRIVATE KEY-----\n${key.toString('base64')}\n-----END PRIVATE KEY-----\n`
  await writeFile(join(folder, 'key.pem'), pem)
  await shell(script, folder)
  const text = await readFile(join(folder, 'import.b64'), 'utf8')
  await rm(folder, { recursive: true })
  return text
}

/** What the lines for curl send, beside `import.b64`: in place of curl, a function prints its last argument. */
async function bodyOf(lines: string, blob: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-curl-'))
  await writeFile(join(folder, 'import.b64'), blob)
  const { stdout } = await shell(`curl() { for last; do :; done; printf %s "$last"; }\n${lines}`, folder)
  await rm(folder, { recursive: true })
  return JSON.parse(stdout)
}

function decryptGcm(key: Uint8Array, ciphertext: string): string {
  const bytes = Buffer.from(ciphertext.split(':').at(-1) ?? '', 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
}

withoutPage('the commands wrap a key of every kind, with any hash', async () => {
  if (!(await opensslWraps())) return
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  // Longer RSA keys differ in their length alone, and take seconds to make.
  const importable = algorithms.filter(({ importable, bits }) => importable && bits <= 2048)
  await Promise.all(
    importable.map(async (algorithm, index) => {
      const hash = ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'][index % 5] ?? 'SHA256'
      const key = newMaterial(algorithm.name)
      const own = await runBeside(wrapCommands(algorithm, hash, 'own'), pem, key)
      expect(unwrap(privateKey, own, hash), algorithm.name).toEqual(key)
      const made = unwrap(privateKey, await runBeside(wrapCommands(algorithm, hash, 'new'), pem, key), hash)
      expect(Math.abs(made.length - key.length), algorithm.name).toBeLessThan(16)
    }),
  )
})

test('a key is wrapped with the downloaded wrapping key, imported from a file, and never rotates', async ({
  page,
  api,
}) => {
  const name = uniqueName('Brought')
  const key = newMaterial('aes256-gcm96')
  await goToMaterial(page)
  const downloading = page.waitForEvent('download')
  await button(page, 'Download wrapping.pem').click()
  const pem = await readFile(await (await downloading).path(), 'utf8')
  expect(pem).toBe(await wrappingKeyOf(api))
  const der = createPublicKey(pem).export({ format: 'der', type: 'spki' })
  await expect(page.getByText(createHash('sha256').update(der).digest('hex'))).toBeVisible()

  const shown = page.getByRole('region', { name: 'Wrap the key offline' }).getByRole('tabpanel').locator('pre > span')
  const script = (await shown.allTextContents()).join('\n')
  const blob = (await opensslWraps()) ? await runBeside(script, pem, key) : await wrapped(api, key)
  await chooseFile(page, 'import.b64', `${blob}\n`)
  const curl = summary(page).locator('pre > span')
  expect(await bodyOf((await curl.allTextContents()).join('\n'), blob)).toMatchObject({ importKeyMaterial: blob })
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  await createImported(page, name)
  expect(sent.filter((body) => body.includes(blob))).toHaveLength(1)

  const [made] = await thalassaNamed(api, name)
  expect(made).toMatchObject({ imported: true, keyType: 'aes256-gcm96', keyRotationEnabled: false })
  const ciphertext = await api.thalassa.encrypt({ identity: String(made?.identity) }, 'from outside')
  expect(decryptGcm(key, ciphertext)).toBe('from outside')
  await button(page, 'Rotate now').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Rotate now' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Rotation is not allowed for this imported key.')
})

test('a key in clear is kept nowhere, and refused material is corrected without new input', async ({ page, api }) => {
  page.on('dialog', (dialog) => void dialog.accept())
  const seen: string[] = []
  page.on('request', (request) => seen.push(`${request.url()} ${request.postData() ?? ''}`))
  const name = uniqueName('Refused')
  const key = newMaterial('aes256-gcm96')
  const blob = await wrapped(api, key, 'sha384')
  await goToMaterial(page)

  await test.step('a key in clear', async () => {
    await material(page).fill(key.toString('hex'))
    await expect(material(page)).toHaveValue('')
    await chooseFile(page, 'key.bin', key)
    await toNext(page)
    await expectWrong(page, 'Wrapped material', /^This looks like the key itself: wrap it first\. It was not kept\.$/)
    await expectAccessible(page)
    const kept = `${await storedIn(page)} ${await page.content()} ${seen.join(' ')}`
    for (const encoding of ['base64', 'base64url', 'hex'] as const) expect(kept).not.toContain(key.toString(encoding))
  })

  await test.step('a reload keeps the choices without the material', async () => {
    await field(page, 'Allow rotation').check()
    await material(page).fill(blob)
    await toNext(page)
    await field(page, 'Name').fill(name)
    await page.getByRole('switch', { name: 'Rotate automatically' }).check()
    expect(await storedIn(page)).not.toContain(blob.slice(0, 40))
    await page.reload()
    await expect(page).toHaveURL(/\?step=material$/)
    await expect(page.getByText('Enter the wrapped material again.')).toBeVisible()
    await expectAccessible(page)
    await expect(field(page, 'Allow rotation')).toBeChecked()
    await material(page).fill(blob)
  })

  await test.step('weak material, with the reason of the cloud', async () => {
    await material(page).fill(await wrapped(api, Buffer.alloc(32)))
    await toNext(page)
    await button(page, 'Create key').click()
    await expectWrong(page, 'Wrapped material', /must hold random bytes: these repeat fewer than 5 different ones\./)
    await material(page).fill(blob)
  })

  await test.step('the wrong hash, then a name that was taken meanwhile', async () => {
    await toNext(page)
    await button(page, 'Create key').click()
    await expectWrong(page, 'Wrapped material', /cannot be opened with this region's wrapping key and SHA256\./)
    await expect(material(page)).toHaveValue(blob)
    await chooseHash(page, 'SHA384')
    await expect(material(page)).not.toHaveAttribute('aria-invalid')
    await toNext(page)
    await api.thalassa.create({ name })
    await button(page, 'Create key').click()
    await expectWrong(page, 'Name', /is taken in nl-01 by .* Choose another name or open that key\./)
    await field(page, 'Name').fill(`${name} two`)
    await button(page, 'Create key').click()
    await expect(page.getByText(`Created ${name} two`)).toBeVisible()
    const [made] = await thalassaNamed(api, `${name} two`)
    expect(made).toMatchObject({ imported: true, keyRotationEnabled: true, rotationPeriodInDays: 90 })
    await api.thalassa.act({ identity: String(made?.identity) }, 'POST', '/rotate')
  })
})
