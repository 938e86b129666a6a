import type { Page } from '@playwright/test'
import { fillCreation, secretDialog, secretField, test } from './api-keys-page.ts'
import { expect, uniqueName } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'
import { exoscaleUrl, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Requests' })

/** Text of the requests that write or use a key, with each of their tabs. */
async function everything(page: Page): Promise<string> {
  const texts: string[] = []
  for (const row of await drawer(page).getByRole('listitem').filter({ hasText: 'POST' }).all()) {
    await row.getByRole('button').first().click()
    for (const tab of await row.getByRole('tab').all()) {
      await tab.click()
      texts.push(await row.innerText())
    }
    await row.getByRole('button').first().click()
  }
  return texts.join('\n')
}

/** Result of a request that a click sends. */
async function answerOf<Answer>(page: Page, path: string, click: () => Promise<void>): Promise<Answer> {
  const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith(path)), click()])
  return answer.json()
}

test('the list of requests holds nothing secret of encryption, signing, export and new API keys', async ({
  page,
  iam,
}) => {
  const b = playground(page)
  const api = gatewayClient(iam.url)
  const name = uniqueName('inspected')
  const [plaintext, context, message] = ['inspector must not see this', 'nor this context', 'nor this message']
  const [encrypting, approving, signing, hashing, exported] = await Promise.all([
    newExoscaleKey(api),
    api.exoscale.create({ name: uniqueName('play'), usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' }),
    newKey(api, 'ed25519'),
    newKey(api, 'hmac-sha256'),
    api.thalassa.create({ name, exportAllowed: true }),
  ])

  await page.goto(iam.url + exoscaleUrl(encrypting))
  await b.plaintext.fill(plaintext)
  await b.context.fill(context)
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  const ciphertext = await b.ciphertext.innerText()
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText(plaintext)
  await b.tab('Data key').click()
  const dataKey = await answerOf<{ plaintext: string; ciphertext: string }>(page, '/generate-data-key', () =>
    b.generate.click(),
  )

  await navigate(page, exoscaleUrl(approving, 'sign'))
  await b.message.fill(message)
  await b.sign.click()
  await expect(b.signature).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  const approval = await b.signature.innerText()
  await b.toVerify.click()
  await b.isOn('Verify')
  await b.message.fill(`${message}!`)
  await b.verify.click()
  await expect(page.getByRole('region', { name: 'Verified by Exoscale' })).toContainText('Does not match')

  await navigate(page, thalassaUrl(signing, 'sign'))
  await b.message.fill(message)
  await b.sign.click()
  await expect(b.signature).toHaveText(/^thalassa:v1:/)
  const signature = await b.signature.innerText()
  await navigate(page, thalassaUrl(hashing, 'hmac'))
  await b.message.fill(message)
  await b.computeHmac.click()
  await expect(b.hmac).toHaveText(/^thalassa:v1:/)
  const hmac = await b.hmac.innerText()

  await navigate(page, `${thalassaPath(exported)}?tab=export`)
  const dialog = page.getByRole('dialog', { name: /^Export / })
  await dialog.getByRole('textbox').fill(name)
  const { keyMaterial } = await answerOf<{ keyMaterial: string }>(page, '/export', () =>
    dialog.getByRole('button', { name: 'Export key material' }).click(),
  )
  await expect(dialog).toBeHidden()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

  await navigate(page, '/api-keys')
  const form = await fillCreation(page, 'inspected', 'owner')
  await form.getByRole('button', { name: 'Create API key' }).click()
  await secretDialog(page).getByRole('button', { name: 'Show secret' }).click()
  const secret = await secretField(page).innerText()
  expect(secret.length).toBeGreaterThan(20)
  await secretDialog(page).getByRole('checkbox', { name: 'I have stored the secret' }).check()
  await secretDialog(page).getByRole('button', { name: 'Close' }).click()
  await expect(secretDialog(page)).toBeHidden()

  await page.getByRole('button', { name: 'Requests' }).first().click()
  await expect(drawer(page).getByRole('button', { name: /POST \/v2\/api-key/ })).toBeVisible()
  const texts = await everything(page)
  for (const call of ['encrypt', 'decrypt', 'generate-data-key', 'sign', 'hmac', 'export', 'api-key'])
    expect(texts).toMatch(new RegExp(`POST \\S+/${call}\\b`))
  for (const member of ['plaintext', 'ciphertext', 'message', 'signature', 'hmac', 'keyMaterial', 'secret'])
    expect(texts).toMatch(new RegExp(`<${member}, \\d+ characters, masked>`))
  const secrets = [
    plaintext,
    context,
    ciphertext,
    dataKey.plaintext,
    dataKey.ciphertext,
    message,
    approval,
    signature,
    hmac,
  ]
  for (const text of [...secrets, keyMaterial, secret])
    for (const form of [text, btoa(text), encodeURIComponent(text)]) expect(texts).not.toContain(form)
})
