import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { asFile, encryptOnPage, filesUrl, keptResults, screen } from './files-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

/** An encrypted file of three chunks, and its key. */
async function encryptedFile(page: Page, api: GatewayClient) {
  const name = uniqueName('files')
  const key = await api.thalassa.create({ name })
  await page.goto(filesUrl(`thalassa/nl-01/${key.identity}`))
  const file = await encryptOnPage(page, 'x.bin', randomBytes(140_000))
  const start = file.indexOf('\n---')
  const header = file.indexOf('\n', start + 1) + 1
  await page.goto(filesUrl(undefined, 'decrypt'))
  return { key, name, file, header, payload: header + 16 }
}

const flipped = (file: Buffer, at: number) => {
  const copy = Buffer.from(file)
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}

/** The file with another base64 letter at an offset. */
const relettered = (file: Buffer, at: number) => {
  const copy = Buffer.from(file)
  copy.write(copy.toString('latin1', at, at + 1) === 'A' ? 'B' : 'A', at, 'latin1')
  return copy
}

test('an altered or truncated file is refused, and nothing is saved or kept', async ({ page, api }) => {
  const files = screen(page)
  const { file, header, payload } = await encryptedFile(page, api)
  // The encrypted file may still be being saved.
  const before = await keptResults(page)
  const second = payload + 65_552
  const downloads: string[] = []
  page.on('download', (download) => downloads.push(download.suggestedFilename()))
  const cases: [Buffer, string][] = [
    [flipped(file, second + 100), `The file was altered at or after byte ${second.toLocaleString('en-US')}.`],
    [flipped(file, header + 3), 'The file was altered at or after byte'],
    [relettered(file, header - 10), 'The key does not open this file: its header was altered.'],
    [
      file.subarray(0, second),
      `The file is cut short: it ends at byte ${second.toLocaleString('en-US')}, and was longer.`,
    ],
    [
      file.subarray(0, second + 1000),
      `The file is cut short at byte ${(second + 1000).toLocaleString('en-US')}, or was`,
    ],
    [file.subarray(0, header + 5), 'before its content begins.'],
    [Buffer.concat([file, randomBytes(70_000)]), 'The file was altered at or after byte'],
  ]
  for (const [bytes, words] of cases) {
    await files.toDecrypt.setInputFiles(asFile('x.bin.age', bytes))
    await expect(files.failure).toHaveCount(0)
    await files.decrypt.click()
    await expect(files.failure).toContainText(words)
    expect(before).toEqual(expect.arrayContaining(await keptResults(page)))
  }
  await expectAccessible(page)
  expect(downloads).toEqual([])
})

test('a foreign file is named before a request is sent', async ({ page }) => {
  const files = screen(page)
  await page.goto(filesUrl(undefined, 'decrypt'))
  const header = (stanza: string) => `age-encryption.org/v1\n-> ${stanza}\n\n--- ${'A'.repeat(43)}\n`
  const cases: [string, string][] = [
    ['hello', 'This is not an age file.'],
    ['', 'This is not an age file.'],
    ['age-encryption.org/v1\n-> X25519', 'The file is cut short: it ends at byte 31, before its content begins.'],
    ['-----BEGIN AGE ENCRYPTED FILE-----\n', 'This is an age file in its text form.'],
    [header('X25519 abc'), 'This file was encrypted for an age key (X25519).'],
    [header('kms-console/v2 key=1'), 'The header names a key in a form that this version doesn’t know.'],
  ]
  for (const [text, words] of cases) {
    await files.toDecrypt.setInputFiles(asFile('x.age', Buffer.from(text)))
    await expect(files.failure).toContainText(words)
    await expect(files.decrypt).toHaveAttribute('aria-disabled', 'true')
  }
  await expectAccessible(page)
  await files.toDecrypt.setInputFiles(
    asFile('x.age', Buffer.from(header('kms-console/v1 cloud=elsewhere location=l key=k'))),
  )
  await expect(page.getByText('“elsewhere”, a cloud that this console doesn’t know.')).toBeVisible()
  await files.toDecrypt.setInputFiles(
    asFile('x.age', Buffer.from(header('kms-console/v1 cloud=thalassa location=nl-01 key=kms-gone'))),
  )
  await expect(files.failure).toContainText('The file’s key is not here.')
})

test('a disabled key is reported before and during decryption', async ({ page, api }) => {
  const files = screen(page)
  const { key, name, file } = await encryptedFile(page, api)
  await files.toDecrypt.setInputFiles(asFile('x.bin.age', file))
  await expect(page.getByRole('link', { name })).toBeVisible()
  await api.thalassa.act(key, 'POST', '/disable')
  await files.decrypt.click()
  await expect(files.failure).toContainText('The file was not decrypted.')
  await expect(files.failure).toContainText(/disabled/i)
  await expect(page.getByText(`${name} can’t decrypt now.`)).toBeVisible()
  await expect(files.decrypt).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)
  await page.goto(filesUrl(`thalassa/nl-01/${key.identity}`))
  await expect(page.getByText(`${name} can’t encrypt now.`)).toBeVisible()
  await files.toEncrypt.setInputFiles(asFile('a', Buffer.from('a')))
  await expect(files.encrypt).toHaveAccessibleDescription('The key is disabled. Enable it first.')
})

test('a provider that is down is named, and the file stays selected', async ({ page, faulty }) => {
  const files = screen(page)
  const { identity } = await faulty.api.thalassa.create({ name: 'files' })
  await page.goto(faulty.url + filesUrl(`thalassa/nl-01/${identity}`))
  await files.toEncrypt.setInputFiles(asFile('a.txt', Buffer.from('a')))
  await expect(files.encrypt).not.toHaveAttribute('aria-disabled')
  await faulty.upstream.answerWith({
    method: 'POST',
    path: '**/encrypt',
    status: 502,
    body: '<html>bad gateway</html>',
  })
  await files.encrypt.click()
  await expect(files.failure).toContainText('The file was not encrypted.')
  await expect(files.failure).toContainText('/encrypt')
  await expect(page.getByText('a.txt', { exact: true })).toBeVisible()
  expect(await keptResults(page)).toEqual([])
  await faulty.upstream.heal()
  await files.encrypt.click()
  await expect(files.saveAgain).toBeVisible()
})
