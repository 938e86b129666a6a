import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { field, goToDetails, thalassaNamed, toNext } from './create-key-page.ts'
import { expectNoOverflow } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'
import { hidePage } from './page-hide.ts'

const exportPath = (key: { identity: string }) => `${thalassaPath(key)}?tab=export`
const opener = (page: Page) => button(page, 'Export key material…')
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Export version/ })
const act = (page: Page) => dialog(page).getByRole('button', { name: 'Export key material' })
const material = (page: Page) => page.getByRole('textbox', { name: 'Key material' })

/** Confirms with the name and returns the key material of the cloud's answer. */
async function exportIt(page: Page, name: string): Promise<string> {
  await opener(page).click()
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

test('an export is confirmed with the name, masked, revealed, copied, saved and cleared, and works by keyboard', async ({
  page,
  api,
  context,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await test.step('confirmation, masking, copy and download', async () => {
    const name = uniqueName('guarded')
    const key = await api.thalassa.create({ name, exportAllowed: true })
    await page.goto(thalassaPath(key))
    await tab(page, 'Export').click()
    await expect(page.getByRole('tabpanel')).toContainText('written to the audit log as kms.export')
    await expect(page.getByRole('tabpanel')).toContainText('the copy does not know the new version')

    await opener(page).click()
    await expect(dialog(page)).toContainText('leaves the KMS in clear')
    await expect(act(page)).toHaveAccessibleDescription('Type the name of the key first.')
    await dialog(page).getByRole('textbox').fill(name.toUpperCase())
    await expect(act(page)).toHaveAttribute('aria-disabled', 'true')
    await dialog(page).getByRole('button', { name: 'Keep it inside' }).click()
    await expect(dialog(page)).toBeHidden()
    await expect(material(page)).toBeHidden()

    const secret = await exportIt(page, name)
    expect(Buffer.from(secret, 'base64')).toHaveLength(32)
    await expect(page.getByText('Base64 of 32 bytes')).toBeVisible()
    await expect(material(page)).toHaveText(/^•+$/)
    expect(await page.content()).not.toContain(secret)

    expect(await reveal(page)).toBe(secret)
    await page.getByRole('button', { name: 'Copy key material' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()])
    expect(file.suggestedFilename()).toMatch(/^guarded-[a-z0-9]+-v1-material\.b64$/)
    expect(await readFile(await file.path(), 'utf8')).toBe(secret)
    await button(page, 'Mask').click()
    await expect(material(page)).toHaveText(/^•+$/)

    await button(page, 'Clear').click()
    await expect(material(page)).toBeHidden()
    await expect(opener(page)).toBeFocused()
    expect(await page.content()).not.toContain(secret)
  })

  await test.step('keyboard and a narrow screen', async () => {
    const name = uniqueName('keyboard')
    const key = await api.thalassa.create({ name, keyType: 'rsa-2048', exportAllowed: true })
    await navigate(page, exportPath(key))
    await opener(page).focus()
    await page.keyboard.press('Enter')
    await expect(dialog(page).getByRole('textbox')).toBeFocused()
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect(dialog(page)).toBeHidden()
    await expect(opener(page)).toBeFocused()
    await button(page, 'Reveal').focus()
    await page.keyboard.press('Enter')
    await expect(material(page)).toContainText('BEGIN RSA PRIVATE KEY')
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoOverflow(page)
  })
})

test('a key created with export allowed is exported, and rotating it warns about exported copies', async ({
  page,
  api,
}) => {
  const name = uniqueName('let out')
  await goToDetails(page)
  await field(page, 'Name').fill(name)
  await page.getByRole('checkbox', { name: 'Allow export' }).check()
  await expect(page.getByRole('complementary', { name: 'Summary and code' })).toContainText('"exportAllowed": true')
  await toNext(page, 'rotation')
  await toNext(page, 'review')
  await button(page, 'Create key').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  expect(await thalassaNamed(api, name)).toMatchObject([{ exportAllowed: true }])

  await tab(page, 'Export').click()
  expect(Buffer.from(await exportIt(page, name), 'base64')).toHaveLength(32)
  await button(page, 'Rotate now').click()
  const asked = page.getByRole('dialog', { name: /^Rotate .+ now$/ })
  await expect(asked).toContainText('An exported copy of this key will not know the new version.')
  await asked.getByRole('button', { name: 'Rotate now' }).click()
  await expect(tab(page, 'Versions')).toContainText('2')

  const kept = await api.thalassa.create({ name: uniqueName('kept in') })
  await page.goto(thalassaPath(kept))
  await button(page, 'Rotate now').click()
  await expect(asked).toContainText('Version 2 becomes the one that encrypts.')
  await expect(asked).not.toContainText('exported')
})

test('exported material is forgotten on leaving, reload and after five minutes, and leaves no trace', async ({
  page,
  api,
  server,
}) => {
  await test.step('leaving, reload and five minutes', async () => {
    await page.clock.install()
    const name = uniqueName('forgotten')
    const key = await api.thalassa.create({ name, exportAllowed: true })
    await page.goto(exportPath(key))
    await exportIt(page, name)
    await tab(page, 'Overview').click()
    await tab(page, 'Export').click()
    await expect(opener(page)).toBeVisible()
    await expect(material(page)).toBeHidden()

    await exportIt(page, name)
    await page.getByRole('link', { name: 'Keys', exact: true }).first().click()
    await expect(page).toHaveURL(/\/keys$/)
    await page.goBack()
    await expect(opener(page)).toBeVisible()
    await expect(material(page)).toBeHidden()

    await exportIt(page, name)
    const secret = await reveal(page)
    expect(await hidePage(page)).not.toContain(secret)
    await expect(opener(page)).toBeVisible()

    await exportIt(page, name)
    await page.reload()
    await expect(opener(page)).toBeVisible()
    await expect(material(page)).toBeHidden()

    await exportIt(page, name)
    await page.clock.fastForward('04:50')
    await expect(material(page)).toBeVisible()
    await page.clock.fastForward('00:15')
    await expect(material(page)).toBeHidden()
  })

  await test.step('storage, URL, history, page and server log', async () => {
    const name = uniqueName('traceless')
    const key = await api.thalassa.create({ name, exportAllowed: true })
    await navigate(page, exportPath(key))
    const secret = await exportIt(page, name)
    expect(await reveal(page)).toBe(secret)
    const traces = () =>
      page.evaluate(async () => {
        const databases = await indexedDB.databases()
        const kept = [{ ...localStorage }, { ...sessionStorage }, location.href, history.state, document.cookie]
        return JSON.stringify([...kept, databases, await caches.keys()])
      })
    const disguises = [secret, Buffer.from(secret, 'base64').toString('hex'), encodeURIComponent(secret)]
    const found = (text: string) => disguises.filter((form) => text.includes(form))
    expect(found(await traces())).toEqual([])
    await tab(page, 'Overview').click()
    await expect(tab(page, 'Overview')).toHaveAttribute('aria-selected', 'true')
    expect(found(await traces())).toEqual([])
    expect(found(await page.content())).toEqual([])
    expect(found(server.output())).toEqual([])
  })
})

test('the chosen version is exported, and a refusal says why export is not possible', async ({ page, api }) => {
  await test.step('version and matching private key', async () => {
    const name = uniqueName('versions')
    const key = await api.thalassa.create({ name, keyType: 'ecdsa-p256', exportAllowed: true })
    await api.thalassa.act(key, 'POST', '/rotate')
    await page.goto(exportPath(key))
    await page.getByRole('combobox', { name: 'Version' }).click()
    await page.getByRole('option', { name: /^1/ }).press('Enter')
    const secret = await exportIt(page, name)
    await expect(page.getByRole('heading', { name: 'Key material of version 1' })).toBeVisible()
    await expect(page.getByText('PEM, EC private key')).toBeVisible()
    const spki = (pem: string) => createPublicKey(pem).export({ format: 'der', type: 'spki' }).toString('hex')
    const { keys } = await api.call<{ keys: Record<string, string> }>(
      'GET',
      `/api/thalassa/v1/kms/nl-01/keys/${key.identity}/public-key`,
    )
    const publicHalf = createPublicKey(createPrivateKey(secret)).export({ format: 'der', type: 'spki' }).toString('hex')
    expect(publicHalf).toBe(spki(keys['1'] ?? ''))
    expect(publicHalf).not.toBe(spki(keys['2'] ?? ''))

    await page.getByRole('combobox', { name: 'Version' }).click()
    await page.getByRole('option', { name: /^2/ }).press('Enter')
    await expect(material(page)).toBeHidden()
  })

  await test.step('keys that can’t be exported', async () => {
    const never = await api.thalassa.create({ name: uniqueName('never') })
    await navigate(page, exportPath(never))
    await expect(page.getByRole('heading', { name: 'This key can never be exported' })).toBeVisible()
    await expect(page.getByRole('tabpanel')).toContainText(
      'Export was not allowed when the key was made, and can’t be allowed later.',
    )
    await expect(opener(page)).toBeHidden()

    const off = await api.thalassa.create({ name: uniqueName('off'), exportAllowed: true })
    await api.thalassa.act(off, 'POST', '/disable')
    await navigate(page, exportPath(off))
    await expect(opener(page)).toHaveAccessibleDescription('The key is disabled. Enable it first.')
    await api.thalassa.act(off, 'DELETE', '')
    await page.reload()
    await expect(opener(page)).toHaveAccessibleDescription('Its deletion is scheduled. Cancel the deletion first.')
  })
})

test('a refused export keeps its dialog with the reason', async ({ page, faulty }) => {
  const name = uniqueName('refused')
  const key = await faulty.api.thalassa.create({ name, exportAllowed: true })
  await faulty.upstream.answerWith({ method: 'POST', path: '**/export', status: 404, body: '{"message":"not found"}' })
  await page.goto(faulty.url + exportPath(key))
  await opener(page).click()
  await dialog(page).getByRole('textbox').fill(name)
  await act(page).click()
  await expect(dialog(page).getByRole('alert')).toContainText('most likely your role may not do this')
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
