import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { render } from '../../testing/render.tsx'
import { linksIn } from '../paths.ts'
import { ed25519Key, macKey, opaqueKey, versionedKey } from '../shared/testing/provider-keys.ts'
import PlaygroundPage from './PlaygroundPage.tsx'

/** Opens the playground with a key, in a console without connections. */
function openWith(key: KmsKey) {
  queryClient.setQueryData(queries.session().queryKey, { version: '1.0.0', readOnly: false, clouds: [] })
  queryClient.setQueryData(queries.key(addressOf(key)).queryKey, key)
  render(<PlaygroundPage />, { path: linksIn().playground(addressOf(key)) })
}

test.each([
  [
    opaqueKey,
    ['Encrypt', 'Decrypt', 'Re-encrypt', 'Data key'],
    ['Encrypt', 'Decrypt', 'Re-encrypt', 'Generate data key'],
  ],
  [ed25519Key, ['Sign', 'Verify'], ['Sign', 'Verify']],
  [macKey('hmac'), ['HMAC', 'Verify HMAC'], ['Compute HMAC', 'Verify HMAC']],
])('a key has a form for each of its operations', async (key, tabs, buttons) => {
  openWith(key)
  await expect.element(page.getByRole('tab')).toHaveLength(tabs.length)
  for (const [index, name] of tabs.entries()) {
    await page.getByRole('tab', { name, exact: true }).click()
    const button = page.getByRole('button', { name: buttons[index] ?? '', exact: true })
    await expect.element(button).toHaveAttribute('aria-keyshortcuts', 'Control+Enter')
  }
})

test('errors stand at their fields once a request is tried, and input goes along to another operation', async () => {
  openWith(opaqueKey)
  await page.getByRole('tab', { name: 'Decrypt', exact: true }).click()
  const ciphertext = page.getByRole('textbox', { name: 'Ciphertext', exact: true })
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect.element(ciphertext).toHaveAccessibleDescription('There is nothing to decrypt yet. Paste a ciphertext.')

  await ciphertext.fill('AAEC')
  await page.getByRole('button', { name: 'Use in Re-encrypt' }).click()
  const source = page.getByRole('textbox', { name: 'Source ciphertext' })
  await expect.element(source).toHaveValue('AAEC')
  await expect.element(source).toHaveFocus()
})

test('code shows the draft, with empty input while it is not valid', async () => {
  openWith(versionedKey)
  await page.getByRole('tab', { name: 'Decrypt', exact: true }).click()
  await page.getByRole('button', { name: 'Show code' }).first().click()
  await expect.poll(() => document.body.textContent).toContain('The input is not valid yet')
  await page.getByRole('textbox', { name: 'Ciphertext', exact: true }).fill('thalassa:v7:AAEC')
  await expect.poll(() => document.body.textContent).toContain('"ciphertext": "thalassa:v7:AAEC"')
  expect(document.body.textContent).not.toContain('The input is not valid yet')
})
