import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asFile, encryptOnPage, filesUrl, keptResults, savedBytes, screen, sha256 } from './files-page.ts'
import { expectNoOverflow, expectTouchTarget } from './fits.ts'
import { expect, expectAccessible, leavePage, test, uniqueName } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { start } from './server.ts'

const SIZE = 300_000
/** Bytes: more than one read and one write. */
const SIZE_OF_MANY_PARTS = 5_300_000

test('Thalassa: a file decrypts to its content, and its header names the key', async ({ page, api }) => {
  const files = screen(page)
  const name = uniqueName('files')
  const { identity } = await api.thalassa.create({ name })
  const plain = randomBytes(SIZE_OF_MANY_PARTS)
  await page.goto(filesUrl(`thalassa/nl-01/${identity}`))
  await expect(page.getByRole('heading', { name: 'Files' })).toHaveCount(1)
  await expect(page.getByText(`Thalassa Cloud, region nl-01, key ${identity}`)).toBeVisible()
  const encrypted = await encryptOnPage(page, 'report.pdf', plain)
  await expect(files.announced('Encrypted and saved as report.pdf.age, 5.3 MB.')).toHaveCount(1)
  await expect(page.getByText('npm run decrypt-file -- report.pdf.age')).toBeVisible()
  const [version, stanza] = encrypted.toString('latin1').split('\n')
  expect(version).toBe('age-encryption.org/v1')
  expect(stanza).toBe(`-> kms-console/v1 cloud=thalassa location=nl-01 key=${identity} version=1`)

  const again = page.waitForEvent('download')
  await files.saveAgain.click()
  expect(sha256(await savedBytes(again))).toBe(sha256(encrypted))

  await files.decryptTab.click()
  await expect(page).toHaveURL(/tab=decrypt/)
  await files.toDecrypt.setInputFiles(asFile('report.pdf.age', encrypted))
  await expect(page.getByRole('link', { name })).toHaveAttribute('href', `/keys/thalassa/nl-01/${identity}`)
  const download = page.waitForEvent('download')
  await files.decrypt.click()
  expect(sha256(await savedBytes(download))).toBe(sha256(plain))
  expect((await download).suggestedFilename()).toBe('report.pdf')
  await expect(page.getByText('Every byte is what was encrypted')).toBeVisible()
  await expect(files.announced('Decrypted and saved as report.pdf, 5.3 MB.')).toHaveCount(1)
})

test('Exoscale: a context in the header binds the wrapped key to the file', async ({ page, api }) => {
  const files = screen(page)
  const { id } = await api.exoscale.create({ name: uniqueName('files') })
  await page.goto(filesUrl(`exoscale/ch-gva-2/${id}`))
  const encrypted = await encryptOnPage(page, 'empty', Buffer.alloc(0))
  const text = encrypted.toString('latin1')
  const context = /context=(kms-console\/v1\/\S+)$/m.exec(text)?.[1] ?? ''
  expect(text).toContain(`cloud=exoscale location=ch-gva-2 key=${id} context=${context}`)
  const wrapped = (/\n((?:[A-Za-z0-9+/]+\n)+)---/.exec(text)?.[1] ?? '').replaceAll('\n', '')
  const decrypt = (member: object) =>
    api.exoscale.act({ id }, 'decrypt', { ciphertext: Buffer.from(wrapped, 'base64').toString('latin1'), ...member })
  await expect(decrypt({})).rejects.toThrow()
  const { plaintext } = (await decrypt({ 'encryption-context': Buffer.from(context).toString('base64') })) as {
    plaintext: string
  }
  expect(Buffer.from(plaintext, 'base64')).toHaveLength(16)

  await files.decryptTab.click()
  await files.toDecrypt.setInputFiles(asFile('empty.age', encrypted))
  const download = page.waitForEvent('download')
  await files.decrypt.click()
  expect(await savedBytes(download)).toHaveLength(0)
})

test('the terminal decrypts a file of the browser with the console’s local KMS', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'kms-e2e-'))
  const environment = { KMS_DATA_DIR: join(folder, 'data') }
  const server = await start('console', environment)
  const { thalassa, exoscale } = gatewayClient(server.url)
  const keys = [
    `thalassa/nl-01/${(await thalassa.create({ name: 'files' })).identity}`,
    `exoscale/ch-gva-2/${(await exoscale.create({ name: 'files' })).id}`,
  ]
  for (const [index, key] of keys.entries()) {
    const plain = randomBytes(SIZE)
    await page.goto(server.url + filesUrl(key))
    const file = join(folder, `${index}.bin.age`)
    await writeFile(file, await encryptOnPage(page, `${index}.bin`, plain))
    const tool = spawn(process.execPath, ['server/decrypt-file.ts', file], { env: environment, stdio: 'ignore' })
    expect(await once(tool, 'close')).toEqual([0, null])
    expect(sha256(await readFile(join(folder, `${index}.bin`)))).toBe(sha256(plain))
  }
  expect((await readdir(folder)).sort()).toEqual(['0.bin', '0.bin.age', '1.bin', '1.bin.age', 'data'])
  await leavePage(page)
  await server.stop()
  await rm(folder, { recursive: true })
})

test('a cancelled file leaves nothing, and leaving the page asks for confirmation', async ({ page, faulty }) => {
  const files = screen(page)
  const { identity } = await faulty.api.thalassa.create({ name: uniqueName('files') })
  // The key gives no answer, so that the work is under way for as long as the test looks at it.
  await faulty.upstream.hang('**/encrypt')
  await page.goto(faulty.url + filesUrl(`thalassa/nl-01/${identity}`))
  await files.toEncrypt.setInputFiles(asFile('big.bin', randomBytes(SIZE)))
  await files.encrypt.click()
  await expect(files.progress).toHaveAttribute('aria-valuetext', /^0 %, Asking/)
  await expect.poll(() => keptResults(page)).toHaveLength(1)
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Keys' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Leave and cancel?' })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await expect(dialog).toBeHidden()

  await files.cancel.press('Enter')
  await expect(page.getByRole('main').getByText('Cancelled. Nothing was kept.').first()).toBeVisible()
  await expect(files.encrypt).toBeFocused()
  expect(await keptResults(page)).toEqual([])

  await files.encrypt.click()
  await expect(files.progress).toBeVisible()
  await page.getByRole('link', { name: 'Keys' }).first().click()
  await dialog.getByRole('button', { name: 'Cancel the file and leave' }).click()
  await expect(page).toHaveURL(/\/keys$/)
  await expect.poll(() => keptResults(page)).toEqual([])
})

test('progress shows percentage, speed and time left, and cancelling leaves nothing', async ({ page, api }) => {
  const files = screen(page)
  const { identity } = await api.thalassa.create({ name: uniqueName('files') })
  const path = test.info().outputPath('large.bin')
  await writeFile(path, '')
  await truncate(path, 1_000_000_000)
  await page.goto(filesUrl(`thalassa/nl-01/${identity}`))
  await files.toEncrypt.setInputFiles(path)
  await expect(files.encrypt).not.toHaveAttribute('aria-disabled')
  // The work waits for nobody: the page itself reads what it says, as soon as it tells a speed, and cancels it.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const bar = document.querySelector('[role="progressbar"]')
      const words = bar?.nextElementSibling?.textContent ?? ''
      if (!words.includes('/s')) return
      observer.disconnect()
      document.documentElement.dataset.seen = `${bar?.getAttribute('aria-valuetext')}; ${words}`
      for (const button of document.querySelectorAll('button')) if (button.textContent === 'Cancel') button.click()
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await files.encrypt.click()
  await expect(page.getByRole('main').getByText('Cancelled. Nothing was kept.').first()).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute(
    'data-seen',
    /^\d+ %, [\d.]+ [kM]B of 1 GB; [\d.]+ [kM]B of 1 GB[\d.]+ [kMG]B\/s(less than a second|\d+ (s|min( \d+ s)?)) left$/,
  )
  expect(await keptResults(page)).toEqual([])
  await expect(files.encrypt).toBeFocused()
})

test('results of a closed page are removed on the next page, those of an open page stay', async ({
  page,
  context,
  api,
}) => {
  const { identity } = await api.thalassa.create({ name: uniqueName('files') })
  await page.goto(filesUrl(`thalassa/nl-01/${identity}`))
  await encryptOnPage(page, 'a', randomBytes(10))
  const [mine] = await keptResults(page)
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('file-results')
    await folder.getFileHandle('left-behind', { create: true })
  })
  const other = await context.newPage()
  await other.goto('/connections')
  await expect.poll(() => keptResults(other)).toEqual([mine])
  await page.close()
  // By then the browser must have saved what it was told to.
  await other.clock.setFixedTime(Date.now() + 60_000)
  await other.goto('/keys')
  await expect.poll(() => keptResults(other)).toEqual([])
})

test('encryption and decryption with the keyboard alone', async ({ page, api }) => {
  const files = screen(page)
  const name = uniqueName('by hand')
  await api.thalassa.create({ name })
  // Listening from the start: the browser must know before the key is pressed that a test chooses.
  let given = asFile('hand.txt', Buffer.from('by hand'))
  page.on('filechooser', (chooser) => void chooser.setFiles(given))
  await page.goto(filesUrl())
  await expect(files.encrypt).toHaveAttribute('aria-disabled', 'true')
  await files.encryptTab.focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(files.key).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type(name)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: `Key: ${name}` })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(files.toEncrypt).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('hand.txt.age')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(files.encrypt).toBeFocused()
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const encrypted = await savedBytes(download)
  await expect(files.saveAgain).toBeFocused()
  await files.encryptTab.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(files.toDecrypt).toBeAttached()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(files.toDecrypt).toBeFocused()
  given = asFile('hand.txt.age', encrypted)
  await page.keyboard.press('Space')
  await expect(page.getByRole('link', { name })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(files.decrypt).toBeFocused()
  const opened = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await savedBytes(opened)).toString()).toBe('by hand')
  await expect(files.saveAgain).toBeFocused()
})

test('every state fits 390 px, and the playground’s link selects its key', async ({ page, api }) => {
  const files = screen(page)
  await page.setViewportSize({ width: 390, height: 844 })
  const { identity } = await api.thalassa.create({ name: uniqueName('files') })
  await page.goto(`/playground?key=thalassa/nl-01/${identity}`)
  await page.getByRole('link', { name: 'Encrypt a file' }).click()
  await expect(page).toHaveURL(new RegExp(`/playground/files\\?key=thalassa%2Fnl-01%2F${identity}`))
  const encrypted = await encryptOnPage(page, `${'long-name-'.repeat(12)}.bin`, randomBytes(10))
  await expect(files.saveAgain).toBeVisible()
  await expectNoOverflow(page)
  await files.decryptTab.click()
  await files.toDecrypt.setInputFiles(asFile('x.age', encrypted))
  await expect(files.decrypt).not.toHaveAttribute('aria-disabled')
  await expectNoOverflow(page)
  await expectTouchTarget(files.decrypt)
})
