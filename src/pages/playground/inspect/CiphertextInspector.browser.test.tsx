import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { opaqueKey, versionedKey } from '../../shared/testing/provider-keys.ts'
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

test('a ciphertext that names its version is described piece by piece', async () => {
  openPlayground(versionedKey, { op: 'decrypt' })
  await says(/Paste a ciphertext, or drop a file that holds one\./)
  const find = page.getByRole('button', { name: 'Find its key' })
  await expect.element(find).toHaveAccessibleDescription('Paste a ciphertext first.')
  await ciphertext.fill(`thalassa:v7:${body(40)}`)
  await says(/A ciphertext of Thalassa Cloud.*7, the latest of billing archive.*40 bytes.*Could open it/)
  await says(/Expected for aes256-gcm96\. Only prefix, version and length are certain\./)
  await expect
    .element(inspector.getByRole('img'))
    .toHaveAccessibleName('Pieces: thalassa, v7, nonce 12 bytes, ciphertext 12 bytes, tag 16 bytes')
  await expect
    .element(inspector.getByRole('status'))
    .toHaveTextContent('A ciphertext of Thalassa Cloud, version 7, 40 bytes. billing archive could open it.')
  await ciphertext.fill(`thalassa:v9:${body(40)}`)
  await says(/Can’t open it.*It names version 9, and billing archive has versions up to 7\./)
})

test('of an opaque ciphertext only the length is certain', async () => {
  openPlayground(opaqueKey, { op: 'decrypt' })
  await ciphertext.fill(body(40))
  await says(/Base64 without a version, as ciphertexts of Exoscale are/)
  await says(/opaque: they show only their length.*decrypting takes the same bytes/)
  await says(/Only decrypting tells whether this key made it\./)
})

test('a ciphertext just made says which key opens it', async () => {
  openPlayground(opaqueKey, { answers: { 'POST */encrypt': { body: { ciphertext: body(40) } } } })
  await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('opaque')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect.element(ciphertext).toHaveTextContent(body(40))
  const term = page.getByRole('term').filter({ hasText: 'Opens with' })
  await expect.element(term).toBeVisible()
  expect(term.element().nextElementSibling?.textContent).toMatch(/^app-config/)
})

test('other data is named, and a file that is dropped is read', async () => {
  openPlayground(versionedKey, { op: 'decrypt' })
  await ciphertext.fill('thalassa:v7:AAECAA-CAAEC')
  await says(/Character 19 is “-”, of the URL-safe alphabet\./)
  drop('secret.txt', `thalassa:v7:${body(40)}`)
  await expect.element(ciphertext).toHaveValue(`thalassa:v7:${body(40)}`)
  drop('report.age', 'age-encryption.org/v1\n-> X25519 abc\nYWJj\n--- bWFj\n\u0001\u0002')
  await says(/This is an encrypted file \(age\), not a ciphertext\./)
  await expect
    .element(inspector.getByRole('link', { name: 'Decrypt a file' }))
    .toHaveAttribute('href', expect.stringMatching(/^\/playground\/files\?.*kms-1.*tab=decrypt$/))
  drop('large.bin', 'A'.repeat(300_000))
  await expect.element(page.getByText(/This file is too large for a ciphertext\./)).toBeVisible()
  await ciphertext.fill('')
  await expect.element(page.getByText(/This file is too large for a ciphertext\./)).not.toBeInTheDocument()
})
