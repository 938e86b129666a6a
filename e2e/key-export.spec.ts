import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, menuItem, thalassaPath } from './key-page.ts'
import { hidePage } from './page-hide.ts'
import { keptByBrowser } from './playground-page.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: /^Export / })
const act = (page: Page) => dialog(page).getByRole('button', { name: 'Export key material' })
const material = (page: Page) => page.getByRole('textbox', { name: 'Key material' })

/** Opens the dialog, confirms with the name and returns the key material of the cloud's answer. */
async function exportIt(page: Page, name: string, version?: string): Promise<string> {
  await menuItem(page, 'Export key material…')
  if (version !== undefined) {
    await dialog(page).getByRole('combobox', { name: 'Version' }).click()
    await page.getByRole('option', { name: new RegExp(`^${version}`) }).press('Enter')
  }
  await dialog(page).getByRole('textbox').fill(name)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/export')),
    act(page).click(),
  ])
  await expect(dialog(page)).toBeHidden()
  const { keyMaterial }: { keyMaterial: string } = await answer.json()
  return keyMaterial
}

async function reveal(page: Page): Promise<string> {
  await button(page, 'Reveal').click()
  return material(page).innerText()
}

test('exported material is masked, copied, saved, gone with its dialog, and leaves no trace', async ({
  page,
  api,
  context,
  server,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const name = uniqueName('guarded')
  const key = await api.thalassa.create({ name, keyType: 'ecdsa-p256', exportAllowed: true })
  await api.thalassa.act(key, 'POST', '/rotate')
  await page.goto(thalassaPath(key))
  const secret = await exportIt(page, name, '1')
  await expect(page.getByRole('heading', { name: 'Key material of version 1' })).toBeVisible()
  await expect(material(page)).toHaveText(/^•+$/)
  expect(await page.content()).not.toContain(secret.split('\n')[1])
  expect(await reveal(page)).toBe(secret.trimEnd())
  await page.getByRole('button', { name: 'Copy key material' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()])
  expect(file.suggestedFilename()).toMatch(/^guarded-[a-z0-9]+-v1-private\.pem$/)
  expect(await readFile(await file.path(), 'utf8')).toBe(secret)

  const { keys } = await api.call<{ keys: Record<string, string> }>(
    'GET',
    `/api/thalassa/v1/kms/nl-01/keys/${key.identity}/public-key`,
  )
  const spki = (pem: Parameters<typeof createPublicKey>[0]) =>
    createPublicKey(pem).export({ format: 'der', type: 'spki' }).toString('hex')
  expect(spki(createPrivateKey(secret))).toBe(spki(keys['1'] ?? ''))

  const line = secret.split('\n')[1] ?? ''
  const disguises = [line, Buffer.from(line, 'base64').toString('hex'), encodeURIComponent(line)]
  const found = (text: string) => disguises.filter((form) => text.includes(form))
  expect(found(await keptByBrowser(page))).toEqual([])
  await button(page, 'Close').click()
  await expect(material(page)).toBeHidden()
  await expect(button(page, 'More actions')).toBeFocused()
  expect(found((await page.content()) + server.output())).toEqual([])
})

test('exported material is forgotten with its dialog, on another page, a reload, and after five minutes', async ({
  page,
  api,
}) => {
  await page.clock.install()
  const name = uniqueName('forgotten')
  const key = await api.thalassa.create({ name, exportAllowed: true })
  await page.goto(thalassaPath(key))
  await exportIt(page, name)
  await page.keyboard.press('Escape')
  await expect(material(page)).toBeHidden()

  await exportIt(page, name)
  const secret = await reveal(page)
  expect(await hidePage(page)).not.toContain(secret)

  await exportIt(page, name)
  await page.reload()
  await expect(button(page, 'More actions')).toBeVisible()
  await expect(material(page)).toBeHidden()

  await exportIt(page, name)
  await page.clock.fastForward('04:50')
  await expect(material(page)).toBeVisible()
  await page.clock.fastForward('00:15')
  await expect(material(page)).toBeHidden()
})

test('a refused export keeps its dialog with the reason', async ({ page, faulty }) => {
  const name = uniqueName('refused')
  const key = await faulty.api.thalassa.create({ name, exportAllowed: true })
  await faulty.upstream.answerWith({ method: 'POST', path: '**/export', status: 404, body: '{"message":"not found"}' })
  // A link to the former tab opens the dialog.
  await page.goto(`${faulty.url}${thalassaPath(key)}?tab=export`)
  await dialog(page).getByRole('textbox').fill(name)
  await act(page).click()
  await expect(dialog(page).getByRole('alert')).toContainText('your role probably does not allow this')
  await expect(dialog(page).getByRole('alert')).toContainText('/export · 404')
  await faulty.upstream.heal()
  await faulty.api.thalassa.act(key, 'POST', '/disable')
  await act(page).click()
  await expect(dialog(page).getByRole('alert')).toContainText('KMS key is disabled.')
  await expect(act(page)).toHaveAccessibleDescription('The key is disabled. Enable it first.')
  await expect(dialog(page).getByRole('textbox')).toHaveValue(name)
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(material(page)).toBeHidden()
})
