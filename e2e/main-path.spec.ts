import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { cancelDeletion } from './key-page.ts'

/** The main tasks in order, from an empty console to a scheduled deletion, at each provider. */
const walks = [
  {
    cloud: 'Thalassa Cloud',
    location: 'nl-01',
    period: '90',
    ciphertext: /^thalassa:v1:/,
    afterCancelling: 'Active',
  },
  {
    cloud: 'Exoscale',
    location: 'de-fra-1',
    period: '180',
    ciphertext: /^[A-Za-z0-9+/]+=*$/,
    afterCancelling: 'Disabled',
  },
] as const

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name })
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

async function create(page: Page, name: string, cloud: string, location: string) {
  await page.getByRole('link', { name: 'Create key' }).first().click()
  await radio(page, cloud).check()
  await radio(page, location).check()
  await button(page, 'Continue').click()
  await field(page, 'Name').fill(name)
  await field(page, 'Description').fill('Made by a test of the main path')
  await button(page, 'Create key').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

async function decrypt(page: Page, ciphertext: string, expected: string) {
  await tab(page, 'Decrypt').click()
  await field(page, 'Ciphertext').fill(ciphertext)
  await button(page, 'Decrypt').click()
  await expect(field(page, 'Plaintext')).toHaveText(expected)
}

test.describe.configure({ mode: 'parallel' })

for (const { cloud, location, period, ciphertext: form, afterCancelling } of walks)
  test(`the main path at ${cloud}`, async ({ page, emptyServer }) => {
    test.setTimeout(120_000)
    const name = 'orders at rest'
    await page.goto(emptyServer.url)
    await expect(page.getByRole('heading', { level: 1, name: 'No keys yet' })).toBeVisible()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Keys', exact: true }).click()
    await expect(page).toHaveURL(/\/keys$/)
    await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible()

    await create(page, name, cloud, location)
    const keyUrl = page.url()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Keys/ }).click()
    await expect(page.getByRole('row', { name })).toContainText(location)
    await page.getByRole('link', { name }).click()
    await expect(page).toHaveURL(keyUrl)

    await page.getByRole('link', { name: 'Open in playground' }).click()
    await field(page, 'Plaintext').fill('the order of 22 November')
    await button(page, 'Encrypt').click()
    await expect(field(page, 'Ciphertext')).toHaveText(form)
    const ciphertext = await field(page, 'Ciphertext').innerText()
    await decrypt(page, ciphertext, 'the order of 22 November')

    await page.goto(`${keyUrl}?tab=rotation`)
    const automatic = page.getByRole('switch', { name: 'Rotate automatically' })
    await automatic.check()
    await radio(page, period).check()
    await button(page, 'Save rotation').click()
    await expect(button(page, 'Save rotation')).toHaveAccessibleDescription('Nothing changed yet.')
    await page.reload()
    await expect(automatic).toBeChecked()
    await expect(radio(page, period)).toBeChecked()

    await button(page, 'Rotate now').click()
    await dialog(page).getByRole('button', { name: 'Rotate now' }).click()
    await expect(page.getByText(`Rotated ${name}.`)).toBeVisible()
    await tab(page, /^Versions and rotation/).click()
    await expect(page.getByRole('row', { name: /^v2/ })).toBeVisible()

    await page.getByRole('link', { name: 'Open in playground' }).click()
    await decrypt(page, ciphertext, 'the order of 22 November')

    await page.goto(keyUrl)
    await page.getByRole('button', { name: /^(More )?[Aa]ctions/ }).click()
    await page.getByRole('menuitem', { name: 'Disable…' }).click()
    await dialog(page).getByRole('button', { name: 'Disable' }).click()
    await expect(page.getByText('This key is disabled.')).toBeVisible()
    await button(page, 'Enable').click()
    await expect(page.getByText('This key is disabled.')).toBeHidden()

    await page.getByRole('button', { name: /^(More )?[Aa]ctions/ }).click()
    await page.getByRole('menuitem', { name: 'Schedule deletion…' }).click()
    await dialog(page)
      .getByRole('textbox', { name: /to confirm/ })
      .fill(name)
    await dialog(page).getByRole('button', { name: 'Schedule deletion' }).click()
    await expect(cancelDeletion(page)).toBeVisible()
    await cancelDeletion(page).click()
    await expect(cancelDeletion(page)).toBeHidden()
    await page.reload()
    await expect(page.getByText(afterCancelling, { exact: true }).first()).toBeVisible()
  })
