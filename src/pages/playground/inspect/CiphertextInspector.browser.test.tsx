import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { opaqueKey, opaqueRsaKey, versionedKey } from '../../shared/testing/provider-keys.ts'
import { openPlayground } from '../testing/open-playground.tsx'

const inspector = page.getByRole('region', { name: 'Ciphertext inspector' })
const ciphertext = page.getByRole('textbox', { name: 'Ciphertext', exact: true })
const says = (words: RegExp) => expect.element(inspector).toMatchTextContent(words)

function drop(name: string, content: string) {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([content], name))
  ciphertext.element().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
}

const body = (bytes: number) => new Uint8Array(bytes).fill(7).toBase64()

const notice = (role: 'status' | 'alert', words: RegExp) =>
  page.getByRole('main').getByRole(role).filter({ hasText: words })

test('a sure reason for a refusal stands above the button before anything is sent, with the search beside it', async () => {
  await page.viewport(1440, 900)
  openPlayground(versionedKey, { op: 'decrypt' })
  const find = page.getByRole('button', { name: 'Find its key' })
  await expect.element(find).toHaveAccessibleDescription('Paste a ciphertext first.')
  for (const [text, reason] of [
    [`thalassa:v9:${body(40)}`, /This ciphertext names version 9\. billing archive has versions up to 7\./],
    [body(40), /This is no ciphertext of Thalassa Cloud\./],
    ['thalassa:v7:AAECA', /It is incomplete/],
    ['thalassa:v7:AAECAA-CAAEC', /Character 19 is “-”, of the URL-safe alphabet\./],
    [`thalassa:v7:${body(20)}`, /The length does not fit billing archive/],
  ] as const) {
    await ciphertext.fill(text)
    await expect.element(notice('status', reason)).toBeVisible()
    const [above, button] = [notice('status', reason), page.getByRole('button', { name: 'Decrypt', exact: true })]
    const gap = button.element().getBoundingClientRect().top - above.element().getBoundingClientRect().bottom
    expect(gap).toBeGreaterThanOrEqual(0)
    expect(gap).toBeLessThan(40)
  }
  await ciphertext.fill(`thalassa:v9:${body(40)}`)
  await expect.element(find).not.toHaveAttribute('aria-disabled', 'true')
  expect(find.element().getBoundingClientRect().bottom).toBeLessThan(900)
  await ciphertext.fill(`thalassa:v7:${body(40)}`)
  await expect.element(page.getByRole('main').getByText(/This ciphertext names/)).not.toBeInTheDocument()
  await page.viewport(1280, 720)
})

test('a refusal that names no reason is told with the causes and the request, and the sure reason stays', async () => {
  const answers = { 'POST */decrypt': { status: 400, body: { message: 'decryption failed' } } }
  openPlayground(versionedKey, { op: 'decrypt', answers })
  const decrypt = page.getByRole('button', { name: 'Decrypt', exact: true })
  await ciphertext.fill(`thalassa:v7:${body(40)}`)
  await decrypt.click()
  await expect
    .element(
      notice('alert', /^billing archive could not decrypt this: wrong key or changed ciphertext\. Decryption failed\./),
    )
    .toMatchTextContent(/POST \/v1\/kms\/nl-01\/keys\/kms-1\/decrypt · 400/)
  await ciphertext.fill(`thalassa:v9:${body(40)}`)
  await decrypt.click()
  await expect.element(notice('alert', /^This ciphertext names version 9\./)).toBeVisible()
})

test('a ciphertext that names its version is shown piece by piece', async () => {
  openPlayground(versionedKey, { op: 'decrypt' })
  await expect.element(inspector).not.toBeInTheDocument()
  await ciphertext.fill(`thalassa:v7:${body(40)}`)
  await says(/Ciphertext of Thalassa Cloud\. Key version 7, the latest version of billing archive\./)
  await says(/Only prefix, version and length are certain\./)
  await expect
    .element(inspector.getByRole('img'))
    .toHaveAccessibleName('Pieces: thalassa, v7, nonce 12 bytes, ciphertext 12 bytes, tag 16 bytes')
})

test('an opaque ciphertext has one line', async () => {
  openPlayground(opaqueKey, { op: 'decrypt' })
  await ciphertext.fill(body(40))
  await says(/inspector.*Base64 without a version, as ciphertexts of Exoscale are: 40 bytes\.$/)
  expect(inspector.element().querySelectorAll('p, dt').length).toBe(1)
})

test('an RSA block is named where the selected key makes such', async () => {
  openPlayground(opaqueRsaKey, { op: 'decrypt' })
  await ciphertext.fill(body(384))
  await says(/as ciphertexts of Exoscale are: 384 bytes, one RSA block\.$/)
  await ciphertext.fill(body(40))
  await expect.element(notice('status', /a key of type RSA_3072 makes 384 bytes, not 40\./)).toBeVisible()
})

test('other data is named, and a file that is dropped is read', async () => {
  openPlayground(versionedKey, { op: 'decrypt' })
  await expect.element(ciphertext).toBeVisible()
  drop('secret.txt', `thalassa:v7:${body(40)}`)
  await expect.element(ciphertext).toHaveValue(`thalassa:v7:${body(40)}`)
  drop('report.age', 'age-encryption.org/v1\n-> X25519 abc\nYWJj\n--- bWFj\n\u0001\u0002')
  await expect.element(notice('status', /This is an encrypted file \(age\), not a ciphertext\./)).toBeVisible()
  await expect
    .element(page.getByRole('link', { name: 'Decrypt a file' }))
    .toHaveAttribute('href', expect.stringMatching(/^\/playground\?.*kms-1&op=file&tab=decrypt$/))
  drop('large.bin', 'A'.repeat(300_000))
  await expect.element(page.getByText(/This file is too large for a ciphertext\./)).toBeVisible()
  await ciphertext.fill('')
  await expect.element(page.getByText(/This file is too large for a ciphertext\./)).not.toBeInTheDocument()
})
