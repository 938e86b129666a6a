import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const chip = (page: Page) => page.getByRole('list', { name: 'Connections' }).getByRole('button', { name: /^Thalassa/ })
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

async function chooseScope(page: Page, name: string) {
  await chip(page).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

test('a project is chosen in the top bar, and its keys are its own', async ({ page, api }) => {
  const name = uniqueName('scoped')
  await api.thalassa.create({ name })
  await page.goto('/keys')
  await expect(rowOf(page, name)).toBeVisible()

  await chooseScope(page, 'Project Payments')
  await expect(page).toHaveURL(/\/keys\?project=payments$/)
  await expect(chip(page)).toContainText('payments')
  await expect(rowOf(page, name)).toBeHidden()
  await expectAccessible(page)

  // The same name once more: slugs are unique within a project only.
  await page.getByRole('link', { name: 'Create key' }).first().click()
  await expect(page).toHaveURL(/\/keys\/new\?project=payments$/)
  await page.getByRole('radio', { name: 'Thalassa Cloud' }).check()
  await button(page, 'Continue to what for').click()
  await button(page, 'Continue to details').click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await button(page, 'Continue to rotation').click()
  await button(page, 'Continue to review').click()
  await expect(page).toHaveURL(/project=payments/)
  await button(page, 'Create key').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page).toHaveURL(/\/keys\/thalassa\/nl-01\/kms-[^?]+\?project=payments$/)
  await expect(page.getByText('payments', { exact: true }).first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await page.getByRole('link', { name: 'Use in playground' }).click()
  await expect(page).toHaveURL(/project=payments/)
  await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('of the project')
  await button(page, 'Encrypt').click()
  await expect(page.getByRole('textbox', { name: 'Ciphertext', exact: true })).toHaveText(/^thalassa:v1:/)

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Keys', exact: true }).click()
  await expect(page).toHaveURL(/\/keys\?project=payments$/)
  await page.getByRole('link', { name, exact: true }).click()
  await button(page, 'Rotate now').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  await expect(page.getByRole('tab', { name: /^Versions/ })).toContainText('2')
})

test('a key of a cloud without projects keeps the page’s own', async ({ page, api }) => {
  const name = uniqueName('carried')
  await api.exoscale.create({ name })
  await page.goto('/keys?project=payments')
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page).toHaveURL(/\/keys\/exoscale\/ch-gva-2\/[^?]+\?project=payments$/)
  await page.getByRole('link', { name: 'Use in playground' }).click()
  await expect(page).toHaveURL(/\/playground\?.*project=payments/)
  await page.goBack()
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' }).click()
  await expect(page).toHaveURL(/\/keys\?project=payments$/)
})

test('a key of a project is not found from outside, and the page says why that may be', async ({
  page,
  api,
  baseURL,
}) => {
  const name = uniqueName('hidden')
  const response = await fetch(`${baseURL}/api/thalassa/v1/kms/nl-01/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-project-identity': 'platform' },
    body: JSON.stringify({ name, keyType: 'aes256-gcm96' }),
  })
  const { identity }: { identity: string } = await response.json()
  await page.goto(`/keys/thalassa/nl-01/${identity}`)
  await expect(page.getByRole('heading', { name: 'This key was not found' })).toBeVisible()
  await expect(page.getByText(/belong to another project/)).toBeVisible()
  await page.goto(`/keys/thalassa/nl-01/${identity}?project=platform`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  expect(await api.call('GET', '/api/session')).toMatchObject({ readOnly: false })
})
