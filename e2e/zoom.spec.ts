/** 1280 px at 400 % are 320 by 256: one column, scrolled in one direction, with every control in reach. */
import type { Page } from '@playwright/test'
import { expectFits } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { exoscalePath, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'
import { exoscaleUrl, playground, thalassaUrl } from './playground-page.ts'

test.use({ viewport: { width: 320, height: 256 } })

/** Each control is there and can be scrolled into view with its whole width. */
async function expectReachable(page: Page, names: readonly (string | RegExp)[]) {
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
  await expectFits(page)
}

async function openTab(page: Page, name: Parameters<typeof tab>[1]) {
  await tab(page, name).click()
  await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
}

test('controls of the lists, overview and connections are in reach', async ({ page, api }) => {
  const name = uniqueName('zoomed with a name that is long enough to break')
  await api.thalassa.create({ name })
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('link', { name })).toBeVisible()
  await expectReachable(page, ['Create key', 'Filters', 'Menu', /^Search/, name, `Actions for ${name}`])
  await navigate(page, '/')
  await expect(page.getByRole('region', { name: 'Locations' })).toBeVisible()
  await expectReachable(page, ['Menu'])
  await navigate(page, '/activity')
  await expect(
    page
      .getByRole('main')
      .getByText(/Create key/)
      .first(),
  ).toBeVisible()
  await expectReachable(page, ['Menu', 'Refresh'])
  await navigate(page, '/api-keys')
  await expect(page.getByRole('button', { name: 'Delete local' })).toBeVisible()
  await expectReachable(page, ['Create API key', /^Roles/, 'Delete local'])
  await navigate(page, '/connections')
  await expect(page.getByRole('main').getByText('Thalassa Cloud').first()).toBeVisible()
  await expectReachable(page, ['Menu'])
})

test('controls of a key’s page are in reach, on every tab and in its dialogs', async ({ page, api }) => {
  const name = uniqueName('zoomed')
  const key = await api.thalassa.create({ name, keyType: 'rsa-2048', exportAllowed: true, labels: { env: 'prod' } })
  await page.goto(thalassaPath(key))
  for (const [name, controls] of [
    ['Overview', ['Use in playground', 'Rotate now', 'More actions', 'Copy id']],
    ['Versions', []],
    ['Rotation', ['Save rotation']],
    ['Public key', []],
    ['Export', [/^Export/]],
    ['Code', []],
    ['Activity', []],
  ] as const) {
    await openTab(page, name)
    await expectReachable(page, controls)
  }
  await openTab(page, 'Overview')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Schedule deletion…' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(name)
  await expectReachable(page, ['Keep the key', 'Schedule deletion'])
  await page.getByRole('button', { name: 'Schedule deletion' }).click()
  await expect(page.getByRole('button', { name: 'Cancel deletion' })).toBeVisible()
  await expectReachable(page, ['Cancel deletion'])
  const other = await api.exoscale.create({ name, 'multi-zone': true })
  await navigate(page, exoscalePath(other))
  for (const name of ['Replicas', 'Rotation'] as const) {
    await openTab(page, name)
    await expectReachable(page, [])
  }
})

test('controls of the wizard, playground and files are in reach', async ({ page, api }) => {
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
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  const key = await api.thalassa.create({ name: uniqueName('zoomed') })
  await navigate(page, thalassaUrl(key))
  await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('small')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Ciphertext', exact: true })).toHaveText(/^thalassa:v1:/)
  await expectReachable(page, [/^Key/, 'Encrypt', 'Use in Decrypt', 'Decrypt'])
  const other = await api.exoscale.create({ name: uniqueName('zoomed') })
  await navigate(page, exoscaleUrl(other))
  for (const name of ['Decrypt', 'Re-encrypt', 'Data key']) {
    await playground(page).tab(name).click()
    await playground(page).isOn(name)
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
    await expectReachable(page, [])
  }
  const signer = await api.thalassa.create({ name: uniqueName('zoomed'), keyType: 'ecdsa-p256' })
  await navigate(page, thalassaUrl(signer, 'sign'))
  for (const name of ['Sign', 'Verify']) {
    await playground(page).tab(name).click()
    await playground(page).isOn(name)
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty()
    await expectReachable(page, [])
  }
  await navigate(page, '/playground/files')
  await expect(page.getByLabel('File to encrypt')).toBeAttached()
  await expectReachable(page, [/^Key/])
})
