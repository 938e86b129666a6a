/** Links in notifications, also on another page. */
import type { Page } from '@playwright/test'
import { fillCreation, row, secretDialog, test as withAccess } from './api-keys-page.ts'
import { goToReview } from './create-key-page.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, choosePeriod, exoscalePath, tab, thalassaPath } from './key-page.ts'

const notifications = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const inRail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: new RegExp(`^${name}`) })

const SECONDS = 6000

/** Keeps notifications open, which close after six seconds: a slow machine may take longer to press their links. */
const keepToasts = (page: Page) =>
  page.addInitScript((gone) => {
    const start = window.setTimeout
    const setTimeout = (run: TimerHandler, after?: number, ...rest: unknown[]) =>
      after === gone ? 0 : start(run, after, ...rest)
    Object.assign(window, { setTimeout })
  }, SECONDS)

test('notifications link to keys on other pages', async ({ page, api }) => {
  await test.step('created, rotated and set', async () => {
    const name = uniqueName('Told of')
    await keepToasts(page)
    await goToReview(page, name)
    await button(page, 'Create key').click()
    await expect(notifications(page)).toContainText(`Created ${name}`)
    await inRail(page, 'Connections').click()
    await expect(page).toHaveURL(/\/connections$/)
    await notifications(page).getByRole('link', { name: 'Open the key' }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

    const other = uniqueName('rotated')
    const key = await api.thalassa.create({ name: other })
    await page.goto(`/keys?q=${encodeURIComponent(other)}`)
    await button(page, `Actions for ${other}`).click()
    await page.getByRole('menuitem', { name: 'Rotate now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
    await expect(notifications(page)).toContainText(`Rotated ${other}.`)
    await notifications(page).getByRole('link', { name: 'View key' }).click()
    await expect(page).toHaveURL(new RegExp(`${thalassaPath(key)}$`))

    await page.goto(`${thalassaPath(key)}?tab=rotation`)
    await page.getByRole('switch', { name: 'Rotate automatically' }).check()
    await choosePeriod(page, '180')
    await button(page, 'Save rotation').click()
    await expect(notifications(page)).toContainText('It rotates every 180 days.')
    await inRail(page, 'Activity').click()
    await expect(page).toHaveURL(/\/activity$/)
    await notifications(page).getByRole('link', { name: 'View key' }).click()
    await expect(page).toHaveURL(new RegExp(`${thalassaPath(key)}\\?tab=rotation$`))
  })

  await test.step('replicated', async () => {
    await keepToasts(page)
    const key = await api.exoscale.create({ name: uniqueName('wide'), 'multi-zone': true })
    await page.goto(`${exoscalePath(key)}?tab=replicas`)
    await button(page, 'Replicate to…').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Zone' }).click()
    await page.getByRole('option', { name: 'de-fra-1' }).press('Enter')
    await dialog.getByRole('button', { name: 'Replicate to de-fra-1' }).click()
    await expect(notifications(page)).toContainText('Registered de-fra-1')
    await inRail(page, 'Keys').click()
    await expect(page).toHaveURL(/\/keys$/)
    await notifications(page).getByRole('link', { name: 'View key' }).click()
    await expect(tab(page, 'Replicas')).toHaveAttribute('aria-selected', 'true')
  })
})

withAccess('a notification links to a new API key', async ({ page, iam }) => {
  await keepToasts(page)
  await iam.access.createKey('another', await iam.access.role('kms-crypto'))
  await page.goto(`${iam.url}/api-keys`)
  const dialog = await fillCreation(page, 'ci deploys', 'kms-crypto')
  await dialog.getByRole('button', { name: 'Create API key' }).click()
  await secretDialog(page).getByRole('checkbox').check()
  await secretDialog(page).getByRole('button', { name: 'Close' }).click()
  await expect(notifications(page)).toContainText('Created ci deploys.')
  await inRail(page, 'Overview').click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await notifications(page).getByRole('link', { name: 'View API key' }).click()
  await expect(row(page, 'ci deploys')).toBeVisible()
  await expect(row(page, 'another')).toHaveCount(0)
})
