/** Files that are encrypted and decrypted; the screen's wording and layout are tested in `FilesSection.browser.test.tsx`. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asFile, encryptOnPage, filesUrl, keptResults, savedBytes, screen, sha256 } from './files-page.ts'
import { expectNoOverflow } from './fits.ts'
import { expect, expectAccessible, leavePage, test, uniqueName } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { start } from './server.ts'

const SIZE = 140_000
/** Bytes: more than one read and one write. */
const SIZE_OF_MANY_PARTS = 5_300_000

test('a large file is encrypted and decrypted by keyboard, and its header names the key', async ({ page, api }) => {
  const files = screen(page)
  const press = (key: string) => page.keyboard.press(key)
  const name = uniqueName('by hand')
  const { identity } = await api.thalassa.create({ name })
  const plain = randomBytes(SIZE_OF_MANY_PARTS)
  // Listening from the start: the browser must know before the key is pressed that a test chooses.
  let given = asFile('report.pdf', plain)
  page.on('filechooser', (chooser) => void chooser.setFiles(given))
  await page.goto(filesUrl())
  await expect(files.encrypt).toHaveAttribute('aria-disabled', 'true')
  await files.key.press('Enter')
  await page.keyboard.type(name)
  await expect(page.getByRole('option')).toHaveCount(1)
  await press('Enter')
  await expect(page.getByRole('combobox', { name: `Key: ${name}` })).toBeVisible()
  await expect(files.toEncrypt).toBeFocused()
  await press('Enter')
  await expect(page.getByText('report.pdf.age')).toBeVisible()
  await expect(page.getByText('about 5.3 MB')).toBeVisible()
  await press('Tab')
  await expect(files.encrypt).toBeFocused()
  const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')])
  const encrypted = await savedBytes(Promise.resolve(download))
  await expect(files.saveAgain).toBeFocused()
  await expect(files.announced('Encrypted and saved as report.pdf.age, 5.3 MB.')).toHaveCount(1)
  const [version, stanza] = encrypted.toString('latin1').split('\n')
  expect(version).toBe('age-encryption.org/v1')
  expect(stanza).toBe(`-> kms-console/v1 cloud=thalassa location=nl-01 key=${identity} version=1`)
  const again = page.waitForEvent('download')
  await press('Enter')
  expect(sha256(await savedBytes(again))).toBe(sha256(encrypted))

  await files.toEncryption.focus()
  await press('ArrowRight')
  await expect(page).toHaveURL(/tab=decrypt/)
  given = asFile('report.pdf.age', encrypted)
  await files.toDecrypt.press('Space')
  await expect(page.getByRole('link', { name })).toHaveAttribute('href', `/keys/thalassa/nl-01/${identity}`)
  await press('Tab')
  await expect(files.decrypt).toBeFocused()
  const [opened] = await Promise.all([page.waitForEvent('download'), press('Enter')])
  expect(opened.suggestedFilename()).toBe('report.pdf')
  expect(sha256(await savedBytes(Promise.resolve(opened)))).toBe(sha256(plain))
  await expect(files.saveAgain).toBeFocused()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoOverflow(page)
})

test('a context binds the file’s key at Exoscale, and the terminal decrypts the file', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'kms-e2e-'))
  const environment = { KMS_DATA_DIR: join(folder, 'data') }
  const server = await start('console', environment)
  const { exoscale } = gatewayClient(server.url)
  const { id } = await exoscale.create({ name: 'files' })
  const plain = randomBytes(SIZE)
  // The former address of the tab.
  await page.goto(`${server.url}/playground/files?key=exoscale/ch-gva-2/${id}`)
  await expect(page).toHaveURL(/\/playground\?key=.*&op=file$/)
  const encrypted = await encryptOnPage(page, 'x.bin', plain)
  const text = encrypted.toString('latin1')
  const context = /context=(kms-console\/v1\/\S+)$/m.exec(text)?.[1] ?? ''
  expect(text).toContain(`cloud=exoscale location=ch-gva-2 key=${id} context=${context}`)
  const wrapped = (/\n((?:[A-Za-z0-9+/]+\n)+)---/.exec(text)?.[1] ?? '').replaceAll('\n', '')
  const unwrap = (member: object) =>
    exoscale.act({ id }, 'decrypt', { ciphertext: Buffer.from(wrapped, 'base64').toString('latin1'), ...member })
  await expect(unwrap({})).rejects.toThrow()
  expect(await unwrap({ 'encryption-context': Buffer.from(context).toString('base64') })).toHaveProperty('plaintext')

  const files = screen(page)
  await files.toDecryption.click()
  await files.toDecrypt.setInputFiles(asFile('x.bin.age', encrypted))
  await expect(files.decrypt).toBeEnabled()
  const [opened] = await Promise.all([page.waitForEvent('download'), files.decrypt.click()])
  expect(sha256(await savedBytes(Promise.resolve(opened)))).toBe(sha256(plain))

  const file = join(folder, 'x.bin.age')
  await writeFile(file, encrypted)
  const tool = spawn(process.execPath, ['server/decrypt-file.ts', file], { env: environment, stdio: 'ignore' })
  expect(await once(tool, 'close')).toEqual([0, null])
  expect(sha256(await readFile(join(folder, 'x.bin')))).toBe(sha256(plain))
  expect((await readdir(folder)).sort()).toEqual(['data', 'x.bin', 'x.bin.age'])
  await leavePage(page)
  await server.stop()
  await rm(folder, { recursive: true })
})

test('in the demonstration the shown command decrypts the file, whose size is as forecast', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'kms-e2e-'))
  const server = await start('demo', {})
  const { thalassa, exoscale } = gatewayClient(server.url)
  const [{ identity }, { id }] = await Promise.all([
    thalassa.create({ name: 'report' }),
    exoscale.create({ name: 'report' }),
  ])
  for (const key of [`thalassa/nl-01/${identity}`, `exoscale/ch-gva-2/${id}`]) {
    const [name] = key.split('/')
    await page.goto(server.url + filesUrl(key))
    const plain = Buffer.from('quarterly figures\n')
    await screen(page).toEncrypt.setInputFiles(asFile(`${name}.txt`, plain))
    const forecast = await page.getByText(/^about \d+ bytes$/).innerText()
    const encrypted = await encryptOnPage(page, `${name}.txt`, plain)
    const difference = encrypted.length - Number.parseInt(forecast.slice('about '.length), 10)
    // The length of an opaque ciphertext is not published.
    expect(Math.abs(difference)).toBeLessThan(name === 'thalassa' ? 1 : 64)
    await writeFile(join(folder, `${name}.txt.age`), encrypted)
    const command = await page.getByText(/^npm run decrypt-file -- /).innerText()
    const [, ...args] = /^npm run decrypt-file -- (.*)$/.exec(command)?.[1]?.split(' ') ?? []
    expect(command).toContain(`--console ${server.url} `)
    const tool = spawn(process.execPath, ['server/decrypt-file.ts', '--console', ...args], {
      env: { INIT_CWD: folder, KMS_ENV_FILE: '' },
      stdio: 'ignore',
    })
    expect(await once(tool, 'close')).toEqual([0, null])
    expect(await readFile(join(folder, `${name}.txt`), 'utf8')).toBe(plain.toString())
  }
  await leavePage(page)
  await server.stop()
  await rm(folder, { recursive: true })
})

test('what fails or is cancelled keeps no result, and leaving asks for confirmation', async ({ page, faulty }) => {
  const { api, upstream, url } = faulty
  const files = screen(page)
  const name = uniqueName('files')
  const key = await api.thalassa.create({ name })
  await page.goto(url + filesUrl(`thalassa/nl-01/${key.identity}`))
  await files.toEncrypt.setInputFiles(asFile('x.bin', randomBytes(SIZE)))

  await test.step('a provider that is down', async () => {
    const body = '<html>bad gateway</html>'
    await upstream.answerWith({ method: 'POST', path: '**/encrypt', status: 502, body })
    await files.encrypt.click()
    await expect(files.failure).toContainText('The file was not encrypted.')
    await expect(files.failure).toContainText('/encrypt')
    expect(await keptResults(page)).toEqual([])
    await upstream.heal()
  })

  await test.step('leaving and cancelling', async () => {
    // The key gives no answer, so that the work is under way for as long as the test looks at it.
    await upstream.hang('**/encrypt')
    await files.encrypt.click()
    await expect(files.progress).toHaveAttribute('aria-valuetext', /^0 %, Asking/)
    await expect.poll(() => keptResults(page)).toHaveLength(1)
    await expectAccessible(page)
    const dialog = page.getByRole('dialog', { name: 'Leave and cancel?' })
    await page.getByRole('link', { name: 'Keys' }).first().click()
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
    await upstream.heal()
  })

  await test.step('an altered file, and a disabled key', async () => {
    await page.goto(url + filesUrl(`thalassa/nl-01/${key.identity}`))
    const file = await encryptOnPage(page, 'x.bin', randomBytes(SIZE))
    await page.goto(url + filesUrl(undefined, 'decrypt'))
    // The encrypted file may still be being saved.
    const before = await keptResults(page)
    const altered = Buffer.from(file)
    altered.writeUInt8(altered.readUInt8(file.length - 100) ^ 1, file.length - 100)
    await files.toDecrypt.setInputFiles(asFile('x.bin.age', altered))
    await files.decrypt.click()
    await expect(files.failure).toContainText('altered at or after byte')
    expect(before).toEqual(expect.arrayContaining(await keptResults(page)))
    await expectAccessible(page)
    await files.toDecrypt.setInputFiles(asFile('x.bin.age', file))
    await expect(files.decrypt).not.toHaveAttribute('aria-disabled')
    await api.thalassa.act(key, 'POST', '/disable')
    await files.decrypt.click()
    await expect(files.failure).toContainText(/The file was not decrypted\..*disabled/i)
    await expect(page.getByText(`${name} can’t decrypt.`)).toBeVisible()
    expect(before).toEqual(expect.arrayContaining(await keptResults(page)))
  })
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
