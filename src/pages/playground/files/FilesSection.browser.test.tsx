import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../../app/query-client.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../../clouds/testing/answers.ts'
import { fillCache } from '../../../testing/query-cache.ts'
import { render } from '../../../testing/render.tsx'
import { commandGroups } from '../../commands.ts'
import { linksIn } from '../../paths.ts'
import { opaqueKey, opaqueRsaKey, versionedKey } from '../../shared/testing/provider-keys.ts'
import PlaygroundPage from '../PlaygroundPage.tsx'

/** Opens the screen with a key, in a console whose lists hold the given keys of its location. */
function openWith(key: KmsKey, tab?: 'decrypt', listed: readonly KmsKey[] = []) {
  answerCalls({}, 'none')
  const { cloud, location } = key
  const clouds = listed.length > 0 ? [{ id: cloud, mode: 'live' as const, endpoint: 'https://kms.test' }] : []
  fillCache({ clouds, locations: [{ cloud, id: location, available: true }], keys: listed })
  queryClient.setQueryData(queries.key(addressOf(key)).queryKey, key)
  render(<PlaygroundPage />, { path: linksIn().files(addressOf(key), tab ? { tab } : {}) })
}

const give = (label: string, content: string, name = 'x.age') =>
  userEvent.upload(page.getByLabelText(label), new File([content], name))
const header = (stanza: string) => `age-encryption.org/v1\n-> ${stanza}\n\n--- ${'A'.repeat(43)}\n`
/** Runs a command of the palette. */
async function run(label: string) {
  const command = () => commandGroups().flatMap(({ commands }) => commands.filter((one) => one.label === label))[0]
  await expect.poll(command).toBeDefined()
  const act = command()?.run
  if (typeof act === 'function') act()
}
const button = (name: string) => page.getByRole('button', { name, exact: true })

test('a file that is not for a key of the console is named before a request is sent', async () => {
  openWith(versionedKey, 'decrypt')
  const cases = [
    ['hello', 'This is not an age file.'],
    ['', 'The file is empty.'],
    ['age-encryption.org/v1\r\n-> X25519', 'The line ends of this file were converted to CRLF'],
    ['\ufeffage-encryption.org/v1\n', 'This file was saved as text: a byte order mark is before its first line.'],
    ['age-encryption.org/v1\n-> X25519', 'The file is cut short: it ends at byte 31, before its content begins.'],
    ['-----BEGIN AGE ENCRYPTED FILE-----\n', 'This is an age file in its text form.'],
    [header('X25519 abc'), 'This file was encrypted for an age key (X25519).'],
    [header('kms-console/v2 key=1'), 'The header names a key in a form that this version doesn’t know.'],
    [header('kms-console/v1 cloud=elsewhere location=l key=k'), '“elsewhere”, a cloud that this console doesn’t know.'],
  ] as const
  for (const [content, words] of cases) {
    await give('File to decrypt', content)
    await expect.poll(() => document.body.textContent).toContain(words)
    await expect.element(button('Decrypt')).toHaveAttribute('aria-disabled', 'true')
  }
})

test('a key that can’t encrypt now has the reason', async () => {
  openWith({ ...versionedKey, status: 'disabled' })
  await give('File to encrypt', 'a')
  await expect.element(page.getByText('billing archive can’t encrypt files.')).toBeVisible()
  await expect.element(button('Encrypt')).toHaveAccessibleDescription('The key is disabled. Enable it first.')
})

test('a key without the context that binds a file’s key has the reason, on the page and in the picker', async () => {
  openWith(opaqueRsaKey, undefined, [opaqueKey, opaqueRsaKey])
  await give('File to encrypt', 'a')
  await expect.element(page.getByText('uploads can’t encrypt files.')).toBeVisible()
  const reason = /It takes no encryption context, which binds a file’s key to the file\. Choose a symmetric key\./
  await expect.element(button('Encrypt')).toHaveAccessibleDescription(reason)
  await page.getByRole('combobox', { name: 'Key: uploads' }).click()
  const option = page.getByRole('option').filter({ hasText: 'uploads' })
  await expect.element(option).toHaveAttribute('aria-disabled', 'true')
  await expect.element(option).toMatchTextContent(reason)
  await expect.element(page.getByText('1 of 2 keys can encrypt files')).toBeVisible()
})

test('a long name fits 390 px, with the code that wraps the file’s key', async () => {
  await page.viewport(390, 844)
  openWith(opaqueKey)
  await give('File to encrypt', 'a', `${'long-name-'.repeat(12)}.bin`)
  await expect.element(button('Encrypt')).not.toHaveAttribute('aria-disabled')
  await button('Show code').click()
  await expect.element(page.getByRole('tabpanel', { name: 'exo' })).toMatchTextContent(/\$FILE_KEY_BASE64/)
  await expect.element(page.getByText(/FILE_KEY_BASE64 is the 16-byte key of the file/)).toBeVisible()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth)
  await page.viewport(1280, 720)
})

test('a file for a key that is gone says so', async () => {
  openWith(versionedKey, 'decrypt')
  answerCalls({}, { status: 404, body: { message: 'kms key not found' } })
  const clouds = [{ id: 'thalassa', mode: 'embedded' as const }]
  queryClient.setQueryData(queries.session().queryKey, { version: '1.0.0', readOnly: false, clouds })
  await give('File to decrypt', header('kms-console/v1 cloud=thalassa location=nl-01 key=kms-gone'))
  await expect.element(page.getByRole('alert')).toMatchTextContent(/The file’s key was not found\./)
})

test('a failed or cancelled encryption keeps the file chosen, and encrypts it afterwards', async () => {
  const answers: Answers = { 'POST */encrypt': { status: 502 } }
  openWith(versionedKey)
  answerCalls(answers, 'none')
  await give('File to encrypt', 'content', 'a.txt')
  await button('Encrypt').click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/The file was not encrypted\..*\/encrypt/)
  await expect.element(page.getByText('a.txt', { exact: true })).toBeVisible()

  answers['POST */encrypt'] = 'none'
  await button('Encrypt').click()
  await expect.element(page.getByRole('progressbar')).toBeVisible()
  await run('Cancel')
  await expect.element(page.getByText('Cancelled. Nothing was kept.').first()).toBeVisible()

  answers['POST */encrypt'] = { body: { ciphertext: 'thalassa:v7:AAEC', keyVersion: '7' } }
  await button('Encrypt').click()
  await expect.element(button('Save again')).toBeVisible()
  const command = `npm run decrypt-file -- --console ${window.location.origin} a.txt.age`
  await expect.element(page.getByText(command, { exact: true })).toBeVisible()
})
