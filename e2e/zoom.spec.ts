/** 1280 px at 400 % are 320 by 256: one column, scrolled in one direction, and nothing that can't be reached. */
import type { Page } from '@playwright/test'
import { expectFits } from './fits.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import { exoscalePath, thalassaPath } from './key-page.ts'
import { exoscaleUrl, thalassaUrl } from './playground-page.ts'

test.use({ viewport: { width: 320, height: 256 } })

/** Each is there, and can be brought into view with its whole width. */
async function expectReachable(page: Page, names: readonly (string | RegExp)[]) {
  await expectFits(page)
  for (const name of names) {
    const control = page
      .getByRole('button', { name })
      .or(page.getByRole('link', { name }))
      .or(page.getByRole('textbox', { name }))
      .or(page.getByRole('searchbox', { name }))
      .or(page.getByRole('tab', { name }))
      .or(page.getByRole('radio', { name }))
      .or(page.getByRole('combobox', { name }))
      .first()
    await control.scrollIntoViewIfNeeded()
    await expect(control).toBeInViewport()
  }
}

test('lists: keys, overview, activity, API keys and connections', async ({ page, api }) => {
  test.slow()
  const name = uniqueName('zoomed with a name that is long enough to break')
  await api.thalassa.create({ name })
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('link', { name })).toBeVisible()
  await expectReachable(page, ['Create key', 'Filters', 'Menu', /^Search/, name, `Actions for ${name}`])
  await expectAccessible(page)
  await page.goto('/')
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
  await expectReachable(page, ['Menu'])
  await expectAccessible(page)
  await page.goto('/activity')
  await expect(
    page
      .getByRole('main')
      .getByText(/Create key/)
      .first(),
  ).toBeVisible()
  await expectReachable(page, ['Menu', 'Refresh'])
  await page.goto('/api-keys')
  await expect(page.getByRole('button', { name: 'Delete local' })).toBeVisible()
  await expectReachable(page, ['Create API key', /^Roles/, 'Delete local'])
  await page.goto('/connections')
  await expect(page.getByRole('main').getByText('Thalassa Cloud').first()).toBeVisible()
  await expectReachable(page, ['Menu'])
  await expectAccessible(page)
})

test('a key’s page on every tab, with its dialogs', async ({ page, api }) => {
  test.slow()
  const name = uniqueName('zoomed')
  const key = await api.thalassa.create({ name, keyType: 'rsa-2048', exportAllowed: true, labels: { env: 'prod' } })
  for (const [search, controls] of [
    ['', ['Use in playground', 'Rotate now', 'More actions', 'Copy id']],
    ['?tab=versions', []],
    ['?tab=rotation', ['Save rotation']],
    ['?tab=public-key', []],
    ['?tab=export', [/^Export/]],
    ['?tab=code', []],
    ['?tab=activity', []],
  ] as const) {
    await page.goto(thalassaPath(key) + search)
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
    await expectReachable(page, controls)
  }
  await page.goto(thalassaPath(key))
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Schedule deletion…' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(name)
  await expectReachable(page, ['Keep the key', 'Schedule deletion'])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Schedule deletion' }).click()
  await expect(page.getByRole('button', { name: 'Cancel deletion' })).toBeVisible()
  await expectReachable(page, ['Cancel deletion'])
  const other = await api.exoscale.create({ name, 'multi-zone': true })
  for (const search of ['?tab=replicas', '?tab=rotation']) {
    await page.goto(exoscalePath(other) + search)
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
    await expectReachable(page, [])
  }
})

test('the wizard, the playground and files', async ({ page, api }) => {
  test.slow()
  await page.goto('/keys/new')
  await page.getByRole('radio', { name: 'Thalassa Cloud' }).check()
  await page.getByRole('radio', { name: 'nl-01', exact: true }).check()
  const name = uniqueName('zoomed')
  for (const [next, controls] of [
    ['what for', ['Exoscale']],
    ['details', ['Back']],
    ['rotation', ['Name', 'Description', 'Add label', 'Back']],
    ['review', ['Back']],
  ] as const) {
    if (next === 'rotation') await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await expectReachable(page, [...controls, `Continue to ${next}`])
    await page.getByRole('button', { name: `Continue to ${next}` }).click()
  }
  await expect(page.getByRole('heading', { name: 'Is everything right?' })).toBeVisible()
  await expectReachable(page, ['Create key', 'Back'])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  const key = await api.thalassa.create({ name: uniqueName('zoomed') })
  await page.goto(thalassaUrl(key))
  await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('small')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Ciphertext', exact: true })).toHaveText(/^thalassa:v1:/)
  await expectReachable(page, [/^Key/, 'Encrypt', 'Use in Decrypt', 'Decrypt'])
  await expectAccessible(page)
  const other = await api.exoscale.create({ name: uniqueName('zoomed') })
  for (const op of ['decrypt', 'reEncrypt', 'dataKey'] as const) {
    await page.goto(exoscaleUrl(other, op))
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
    await expectReachable(page, [])
  }
  const signer = await api.thalassa.create({ name: uniqueName('zoomed'), keyType: 'ecdsa-p256' })
  for (const op of ['sign', 'verify'] as const) {
    await page.goto(thalassaUrl(signer, op))
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
    await expectReachable(page, [])
  }
  await page.goto('/playground/files')
  await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
  await expectReachable(page, [/^Key/])
})
