import type { Page } from '@playwright/test'
import { fillCreation, secretDialog, secretField, test as withAccess } from './api-keys-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import { thalassaPath } from './key-page.ts'
import { exoscaleUrl, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Requests' })
const rows = (page: Page) =>
  drawer(page).getByRole('list', { name: 'Requests, the newest first' }).getByRole('listitem')
const call = (page: Page, words: string | RegExp) => drawer(page).getByRole('button', { name: words })

async function open(page: Page) {
  await page.getByRole('button', { name: 'Requests' }).first().click()
  await expect(drawer(page)).toBeVisible()
}

/** Text of the inspector: each request with each tab. */
async function everything(page: Page): Promise<string> {
  const texts: string[] = []
  for (const row of await rows(page).all()) {
    await row.getByRole('button').first().click()
    for (const tab of await row.getByRole('tab').all()) {
      await tab.click()
      texts.push(await row.innerText())
    }
    await row.getByRole('button').first().click()
  }
  return texts.join('\n')
}

const disguises = (secret: string) => [secret, btoa(secret), encodeURIComponent(secret)]

test('every request is listed with time, method, path, status, duration and size', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const name = uniqueName('inspected')
  const key = await api.thalassa.create({ name, labels: { env: 'prod' } })
  await page.goto(thalassaPath(key))
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await open(page)
  const row = call(page, new RegExp(`GET /v1/kms/nl-01/keys/${key.identity} Thalassa`)).last()
  await expect(row).toHaveAccessibleName(/^\d\d:\d\d:\d\d GET \S+ Thalassa status 200 [\d,]+ ms [\d.]+ (B|kB)$/)
  await row.click()
  await expect(drawer(page).getByText('content-type: application/json').first()).toBeVisible()
  await expect(drawer(page).getByRole('tabpanel')).toContainText(`"name": "${name}"`)
  await expect(drawer(page).getByRole('tabpanel')).toContainText('"env": "prod"')
  await drawer(page).getByRole('button', { name: 'Copy as curl' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain(`/v1/kms/nl-01/keys/${key.identity}"`)
  expect(copied).toContain('$THALASSA_PERSONAL_ACCESS_TOKEN')
  await page.keyboard.press('Escape')
  await expect(drawer(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Requests' }).first()).toBeFocused()
})

test('requests of encryption hold no plaintext, ciphertext or context', async ({ page, api }) => {
  const b = playground(page)
  const [plaintext, secretContext] = ['inspector must not see this', 'nor this context']
  await page.goto(exoscaleUrl(await newExoscaleKey(api)))
  await b.plaintext.fill(plaintext)
  await b.context.fill(secretContext)
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  const ciphertext = (await b.ciphertext.textContent()) ?? ''
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText(plaintext)
  await open(page)
  await expect(call(page, /POST \/v2\/kms-key\/\S+\/decrypt/)).toBeVisible()
  const texts = await everything(page)
  expect(texts).toMatch(/<plaintext, \d+ characters, masked>/)
  expect(texts).toMatch(/<ciphertext, \d+ characters, masked>/)
  for (const secret of [plaintext, secretContext, ciphertext])
    for (const form of disguises(secret)) expect(texts).not.toContain(form)
})

test('requests hold no data key, message, signature or HMAC', async ({ page, api }) => {
  const b = playground(page)
  await page.goto(exoscaleUrl(await newExoscaleKey(api), 'dataKey'))
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/generate-data-key')),
    b.generate.click(),
  ])
  const made: { plaintext: string; ciphertext: string } = await answer.json()
  await open(page)
  await expect(call(page, /generate-data-key/)).toBeVisible()
  const first = await everything(page)
  expect(first).toContain('masked>')
  expect(first).not.toContain(made.plaintext)
  expect(first).not.toContain(made.ciphertext)

  const message = 'a message of the inspector'
  await page.goto(thalassaUrl(await newKey(api, 'ed25519'), 'sign'))
  await b.message.fill(message)
  await b.sign.click()
  await expect(b.signature).toHaveText(/^thalassa:v1:/)
  const signature = (await b.signature.textContent()) ?? ''
  await page.goto(thalassaUrl(await newKey(api, 'hmac-sha256'), 'hmac'))
  await b.message.fill(message)
  await b.computeHmac.click()
  await expect(b.hmac).toHaveText(/^thalassa:v1:/)
  const hmac = (await b.hmac.textContent()) ?? ''
  await open(page)
  await expect(call(page, /\/hmac/)).toBeVisible()
  const second = await everything(page)
  for (const secret of [message, signature, hmac])
    for (const form of disguises(secret)) expect(second).not.toContain(form)
})

test('requests hold no exported material', async ({ page, api }) => {
  const name = uniqueName('inspected export')
  const key = await api.thalassa.create({ name, exportAllowed: true })
  await page.goto(`${thalassaPath(key)}?tab=export`)
  await page.getByRole('button', { name: 'Export key material…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Export version/ })
  await dialog.getByRole('textbox').fill(name)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/export')),
    dialog.getByRole('button', { name: 'Export key material' }).click(),
  ])
  const { keyMaterial }: { keyMaterial: string } = await answer.json()
  await expect(dialog).toBeHidden()
  await open(page)
  await call(page, /\/export/).click()
  await expect(drawer(page).getByRole('tabpanel')).toContainText('<keyMaterial, 44 characters, masked>')
  await call(page, /\/export/).click()
  expect(await everything(page)).not.toContain(keyMaterial)
})

withAccess('requests hold no secret of a new API key', async ({ page, iam }) => {
  await page.goto(`${iam.url}/api-keys`)
  const dialog = await fillCreation(page, 'inspected', 'owner')
  await dialog.getByRole('button', { name: 'Create API key' }).click()
  await secretDialog(page).getByRole('button', { name: 'Show secret' }).click()
  const secret = await secretField(page).innerText()
  expect(secret.length).toBeGreaterThan(20)
  await secretDialog(page).getByRole('checkbox', { name: 'I have stored the secret' }).check()
  await secretDialog(page).getByRole('button', { name: 'Close' }).click()
  await expect(secretDialog(page)).toBeHidden()
  await open(page)
  const made = call(page, /POST \/v2\/api-key/)
  await made.click()
  await expect(drawer(page).getByRole('tabpanel')).toContainText(/<secret, \d+ characters, masked>/)
  await made.click()
  expect(await everything(page)).not.toContain(secret)
})

test('filters by result and destination, and Clear', async ({ page, faulty }) => {
  await faulty.upstream.answerWith({
    method: 'GET',
    path: '**/v1/kms/nl-01/keys',
    status: 403,
    headers: { 'x-request-id': 'refused-1' },
    body: '{"message":"the token may not do that"}',
  })
  await page.goto(`${faulty.url}/keys`)
  await expect(page.getByText('the token may not do that', { exact: false }).first()).toBeVisible()
  await open(page)
  const total = await rows(page).count()
  await drawer(page)
    .getByRole('radio', { name: /^Failed/ })
    .check()
  await expect(rows(page)).toHaveCount(1)
  await expect(
    drawer(page)
      .getByRole('status')
      .filter({ hasText: `1 of ${total} requests` }),
  ).toBeAttached()
  await call(page, /failed/).click()
  await expect(drawer(page).getByText('refused-1').first()).toBeVisible()
  await expect(drawer(page).getByRole('tabpanel')).toContainText('the token may not do that')
  await expectAccessible(page)
  await drawer(page).getByRole('radio', { name: 'All' }).check()
  await drawer(page).getByRole('button', { name: 'To', exact: true }).press('Enter')
  await page.getByRole('menuitemcheckbox', { name: /gateway/ }).press('Enter')
  await page.keyboard.press('Escape')
  await expect(rows(page)).toHaveCount(1)
  await expect(call(page, /GET \/api\/session Gateway/)).toBeVisible()
  await drawer(page).getByRole('button', { name: 'Clear' }).click()
  await expect(drawer(page).getByText('No requests yet')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible()
})

test('a failure links to its request', async ({ page, faulty }) => {
  const key = await faulty.api.thalassa.create({ name: 'unreadable' })
  await faulty.upstream.answerWith({
    method: 'GET',
    path: `**${key.identity}**`,
    status: 500,
    body: '{"message":"it broke"}',
  })
  await page.goto(`${faulty.url}/keys/thalassa/nl-01/${key.identity}`)
  await page.getByRole('button', { name: 'Show request' }).click()
  const row = call(page, /failed/).first()
  await expect(row).toBeFocused()
  await expect(row).toHaveAttribute('aria-expanded', 'true')
  await expect(drawer(page).getByRole('tabpanel')).toContainText('it broke')
})

test('the inspector fills the screen at 390 px', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/keys')
  await page.getByRole('button', { name: 'Menu' }).click()
  await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible()
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('button', { name: 'Requests' }).click()
  await expect(drawer(page)).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Menu' })).toBeHidden()
  await call(page, /\/v1\/kms\/summary/).click()
  await expect.poll(() => drawer(page).boundingBox()).toMatchObject({ x: 0, width: 390 })
})
