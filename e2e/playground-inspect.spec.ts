import type { Page } from '@playwright/test'
import { expectNoOverflow } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { exoscaleUrl, keptByBrowser, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

const inspector = (page: Page) => page.getByRole('region', { name: 'Ciphertext inspector' })

/** Value of a property in the inspector. */
const fact = (page: Page, name: string) =>
  inspector(page)
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd')

/** URLs of the decrypt requests that the page sends from now on. */
function decryptions(page: Page): string[] {
  const urls: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/decrypt')) urls.push(request.url())
  })
  return urls
}

const dropped = (page: Page, label: string, name: string, content: string) =>
  page.getByRole('textbox', { name: label, exact: true }).evaluate(
    (field, file) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([file.content], file.name))
      field.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
    },
    { name, content },
  )

test('the inspector describes ciphertexts, other data and dropped files', async ({ page, api }) => {
  await test.step('a Thalassa ciphertext', async () => {
    const b = playground(page)
    const sent = decryptions(page)
    const name = uniqueName('inspected')
    const key = await api.thalassa.create({ name })
    await page.goto(thalassaUrl(key, 'decrypt'))
    await expect(inspector(page)).toContainText('Paste a ciphertext, or drop a file that holds one.')
    await expect(page.getByRole('button', { name: 'Find its key' })).toHaveAccessibleDescription(
      'Paste a ciphertext first.',
    )
    await b.ciphertext.fill(await api.thalassa.encrypt(key, 'twelve bytes'))
    await expect(fact(page, 'Looks like')).toHaveText('A ciphertext of Thalassa Cloud')
    await expect(fact(page, 'Key version')).toHaveText(`1, the latest of ${name}`)
    await expect(fact(page, 'Length')).toHaveText('40 bytes')
    await expect(fact(page, 'Chosen key')).toContainText('Could open it')
    await expect(fact(page, 'Layout')).toContainText(
      'Expected for aes256-gcm96. Only prefix, version and length are certain.',
    )
    await expect(inspector(page).getByRole('img')).toHaveAccessibleName(
      'Pieces: thalassa, v1, nonce 12 bytes, ciphertext 12 bytes, tag 16 bytes',
    )
    await expect(inspector(page).getByRole('status')).toHaveText(
      `A ciphertext of Thalassa Cloud, version 1, 40 bytes. ${name} could open it.`,
    )
    await b.ciphertext.fill((await b.ciphertext.inputValue()).replace(':v1:', ':v9:'))
    await expect(fact(page, 'Chosen key')).toContainText(`Can’t open it`)
    await expect(fact(page, 'Chosen key')).toContainText(`It names version 9, and ${name} has versions up to 1.`)
    expect(sent).toEqual([])
  })

  await test.step('an opaque ciphertext', async () => {
    const b = playground(page)
    const key = await newExoscaleKey(api)
    await page.goto(exoscaleUrl(key))
    await expect(inspector(page)).toHaveCount(0)
    await b.plaintext.fill('opaque')
    await b.encrypt.click()
    await expect(fact(page, 'Opens with')).toHaveText(/^play /)
    await b.toDecrypt.click()
    await expect(fact(page, 'Looks like')).toHaveText('Base64 without a version, as ciphertexts of Exoscale are')
    await expect(fact(page, 'Key version')).toHaveCount(0)
    await expect(fact(page, 'Layout')).toContainText('opaque: only the length is certain')
    await expect(fact(page, 'Context')).toContainText('decrypting takes the same bytes')
    await b.toReEncrypt.click()
    await b.isOn('Re-encrypt')
    await expect(fact(page, 'Chosen key')).toContainText('Only decrypting tells whether this key made it.')
  })

  await test.step('data that is no ciphertext', async () => {
    const b = playground(page)
    const key = await newKey(api)
    await page.goto(thalassaUrl(key, 'decrypt'))
    const says = (text: string) => expect(inspector(page).getByRole('paragraph').first()).toContainText(text)
    await b.ciphertext.fill('thalassa:v1:AAECAA-CAAEC')
    await says('Character 19 is “-”, of the URL-safe alphabet.')
    await expect(inspector(page).getByText('-', { exact: true })).toBeVisible()
    await b.ciphertext.fill('thalassa:v1:AAECA')
    await says('It is cut short: after character 17')
    await b.ciphertext.fill('-----BEGIN PUBLIC KEY-----\nMCow')
    await says('This is a PEM block (PUBLIC KEY), not a ciphertext.')

    const signer = await newKey(api, 'ecdsa-p256')
    const { signature } = await api.call<{ signature: string }>(
      'POST',
      `/api/thalassa/v1/kms/nl-01/keys/${signer.identity}/sign`,
      { input: 'aGVsbG8=' },
    )
    await b.ciphertext.fill(signature)
    await says('This is an ECDSA signature, not a ciphertext.')

    await dropped(
      page,
      'Ciphertext',
      'report.age',
      'age-encryption.org/v1\n-> X25519 abc\nYWJj\n--- bWFj\n\u0001\u0002',
    )
    await says('This is an encrypted file (age), not a ciphertext.')
    await inspector(page).getByRole('link', { name: 'Decrypt a file' }).click()
    await expect(page).toHaveURL(
      new RegExp(`/playground/files\\?key=thalassa/nl-01/${key.identity}&tab=decrypt$`.replaceAll('/', '(/|%2F)')),
    )
  })

  await test.step('dropped files', async () => {
    const b = playground(page)
    const key = await newKey(api)
    await page.goto(thalassaUrl(key, 'decrypt'))
    await dropped(page, 'Ciphertext', 'secret.txt', await api.thalassa.encrypt(key, 'from a file'))
    await expect(b.ciphertext).toHaveValue(/^thalassa:v1:/)
    await dropped(page, 'Ciphertext', 'large.bin', 'A'.repeat(300_000))
    await expect(page.getByText('This file is too large for a ciphertext.')).toBeVisible()
    await b.ciphertext.fill('')
    await expect(page.getByText('This file is too large for a ciphertext.')).toHaveCount(0)
  })
})

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Find the key of this ciphertext' })

test('the key of a ciphertext is found: by keyboard, with a context, and on a narrow screen', async ({ page, api }) => {
  await test.step('keyboard', async () => {
    const b = playground(page)
    const sent = decryptions(page)
    const stem = uniqueName('seek')
    for (const letter of ['a', 'b', 'c']) await api.thalassa.create({ name: `${stem} ${letter}` })
    const off = await api.thalassa.create({ name: `${stem} off` })
    await api.thalassa.act(off, 'POST', '/disable')
    const wanted = await api.thalassa.create({ name: `${stem} wanted` })
    await page.goto('/playground?op=decrypt')
    await b.isOn('Decrypt')
    await b.ciphertext.focus()
    await page.keyboard.insertText(await api.thalassa.encrypt(wanted, 'who opens me'))
    const find = page.getByRole('button', { name: 'Find its key' })
    await find.focus()
    await page.keyboard.press('Enter')
    await expect(dialog(page)).toContainText('one entry in the cloud’s audit log')
    await expect(
      dialog(page)
        .getByText(/ can be tried\.$/)
        .first(),
    ).toBeVisible()
    expect(sent).toEqual([])
    const go = dialog(page).getByRole('button', { name: /^Try \d+ keys$/ })
    await go.focus()
    await page.keyboard.press('Enter')
    await expect(
      dialog(page)
        .getByRole('status')
        .filter({ hasText: `${stem} wanted opens it.` }),
    ).not.toHaveCount(0)
    await expect(dialog(page).getByRole('row', { name: new RegExp(`${stem} wanted`) })).toContainText('Opens it')
    await expect(dialog(page).getByRole('link', { name: 'Open key' })).toHaveAttribute(
      'href',
      new RegExp(wanted.identity),
    )
    await expect(dialog(page)).not.toContainText('who opens me')
    expect(sent.length).toBeGreaterThan(0)
    expect(sent.join()).not.toContain(off.identity)
    const use = dialog(page).getByRole('button', { name: 'Decrypt with it' })
    await use.focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(wanted.identity))
    await expect(b.key).toHaveAccessibleName(`Key: ${stem} wanted`)
    await expect(b.requests.nth(1)).toContainText(`${stem} wanted, of `)
    await expect(b.plaintext).toHaveText('The plaintext appears here.')
    await page.keyboard.press('Control+Enter')
    await expect(b.plaintext).toHaveText('who opens me')
  })

  await test.step('encryption context', async () => {
    const b = playground(page)
    const name = uniqueName('bound')
    const key = await api.exoscale.create({ name })
    const ciphertext = await api.exoscale.encrypt(key, 'bound', 'tenant=42')
    await page.goto(exoscaleUrl(key, 'decrypt'))
    await b.ciphertext.fill(ciphertext)
    await page.getByRole('button', { name: 'Find its key' }).click()
    await dialog(page)
      .getByRole('button', { name: /^Try \d+ keys?$/ })
      .click()
    await expect(
      dialog(page).getByText('It was altered, made with another context, or by a key that is not here.'),
    ).toBeVisible()
    await expect(dialog(page).getByRole('button', { name: /^Try / })).toHaveAccessibleDescription(
      'All of them were tried.',
    )
    await dialog(page).getByRole('textbox', { name: 'Encryption context' }).fill('tenant=42')
    await dialog(page)
      .getByRole('button', { name: /^Try \d+ keys?$/ })
      .click()
    await expect(dialog(page).getByText(`${name} opens it.`).first()).toBeVisible()
    await dialog(page).getByRole('button', { name: 'Decrypt with it' }).click()
    await expect(b.context).toHaveValue('tenant=42')
    await b.decrypt.click()
    await expect(b.plaintext).toHaveText('bound')
    expect(await keptByBrowser(page)).not.toContain(ciphertext)
  })

  await test.step('a narrow screen', async () => {
    const b = playground(page)
    await page.setViewportSize({ width: 390, height: 844 })
    const key = await newKey(api)
    await page.goto(thalassaUrl(key, 'decrypt'))
    await b.ciphertext.fill(await api.thalassa.encrypt(key, 'small'))
    await expect(fact(page, 'Length')).toHaveText('33 bytes')
    await expectNoOverflow(page)
    await page.getByRole('button', { name: 'Find its key' }).click()
    await expect(dialog(page)).toBeVisible()
    await expectNoOverflow(page)
  })
})

test('a 429 stops the search, which goes on where it stopped', async ({ page, faulty }) => {
  const b = playground(page)
  const stem = uniqueName('slow')
  const other = await faulty.api.thalassa.create({ name: `${stem} a` })
  const wanted = await faulty.api.thalassa.create({ name: `${stem} b` })
  const ciphertext = await faulty.api.thalassa.encrypt(wanted, 'in time')
  await page.goto(`${faulty.url}/playground?op=decrypt`)
  await b.ciphertext.fill(ciphertext)
  await page.getByRole('button', { name: 'Find its key' }).click()
  await expect(dialog(page).getByRole('row', { name: new RegExp(stem) })).toHaveCount(2)
  await faulty.upstream.answerWith({
    method: 'POST',
    path: '**/decrypt',
    status: 429,
    headers: { 'retry-after': '30' },
    body: '{"message":"slow down"}',
  })
  await dialog(page).getByRole('button', { name: 'Try 2 keys' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('The search was stopped.')
  await expect(dialog(page).getByRole('alert')).toContainText('429')
  await faulty.upstream.heal()
  await dialog(page).getByRole('button', { name: 'Try 2 keys' }).click()
  await expect(dialog(page).getByText(`${stem} b opens it.`).first()).toBeVisible()
  expect(other.identity).not.toBe(wanted.identity)
})
