import { allowing, createDialog, deleteDialog, denying, row, table, test } from './api-keys-page.ts'
import { expect, expectAccessible } from './fixtures.ts'

test.describe('with asynchronous operations', () => {
  test.use({ switches: 'operations=pending' })

  test('a pending deletion is marked until it ends', async ({ page, iam }) => {
    const { key } = await iam.access.createKey('slow', await iam.access.role('kms-crypto'))
    await page.goto(`${iam.url}/api-keys`)
    await page.getByRole('button', { name: 'Delete slow' }).click()
    const dialog = deleteDialog(page, 'slow')
    await expectAccessible(page)
    await dialog.getByRole('textbox').fill('slow')
    const asked = page.waitForRequest(/\/operation\/[0-9a-f-]+$/)
    await dialog.getByRole('button', { name: 'Delete API key' }).click()
    await expect(dialog.getByRole('status')).toContainText(/Exoscale is working on it, \d+ s…/)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
    await asked
    await expect(page.getByText('Deleted slow.')).toBeVisible()
    await expect(dialog).toBeHidden()
    await expect(row(page, key)).toHaveCount(0)
  })

  test('a pending deletion that fails shows the reason, and continues without the page', async ({ page, iam }) => {
    await iam.access.createKey('stuck', await iam.access.role('kms-crypto'))
    const state = (body: Record<string, string>) =>
      iam.upstream.answerWith({ method: 'GET', path: '**/operation/**', status: 200, body: JSON.stringify(body) })
    await state({ state: 'failure', reason: 'conflict', message: 'the key is being changed' })
    await page.goto(`${iam.url}/api-keys`)
    await page.getByRole('button', { name: 'Delete stuck' }).click()
    const dialog = deleteDialog(page, 'stuck')
    await dialog.getByRole('textbox').fill('stuck')
    await dialog.getByRole('button', { name: 'Delete API key' }).click()
    await expect(dialog.getByRole('alert')).toContainText(
      'Exoscale began and failed: conflict: the key is being changed.',
    )
    await expect(dialog.getByRole('alert')).toContainText('DELETE /v2/api-key/EXO')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Keep the key' }).click()

    await iam.access.createKey('endless', await iam.access.role('kms-crypto'))
    await state({ id: '0198', state: 'pending' })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByRole('button', { name: 'Delete endless' }).click()
    const endless = deleteDialog(page, 'endless')
    await endless.getByRole('textbox').fill('endless')
    await endless.getByRole('button', { name: 'Delete API key' }).click()
    await endless.getByRole('button', { name: 'Stop waiting' }).click()
    await expect(page.getByText('Exoscale is still deleting endless.')).toBeVisible()
    await expect(endless).toBeHidden()
  })
})

test('deleting the console’s own key is warned of, and a deleted key is reported as gone', async ({ page, iam }) => {
  const made = await iam.access.createKey('gone', await iam.access.role('kms-crypto'))
  await page.goto(`${iam.url}/api-keys`)
  await expect(row(page, 'local')).toContainText('This console')
  await page.getByRole('button', { name: 'Delete local' }).click()
  await expect(deleteDialog(page, 'local')).toContainText('This is the key that this console itself signs with.')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Delete local' })).toBeFocused()

  await iam.access.call('DELETE', `/api-key/${made.key}`)
  await page.getByRole('button', { name: 'Delete gone' }).click()
  const dialog = deleteDialog(page, 'gone')
  await dialog.getByRole('textbox').fill('gone')
  await dialog.getByRole('button', { name: 'Delete API key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Somebody may have deleted it meanwhile.')
  await expect(row(page, 'gone')).toHaveCount(0)
})

test('without permission for IAM the page names the role that is needed', async ({ page, iam }) => {
  const made = await iam.access.createKey('narrow', await iam.access.role('kms-crypto'))
  const url = await iam.open({}, made)
  await page.goto(`${url}/api-keys`)
  const failure = page.getByRole('alert')
  await expect(failure).toContainText('The API keys could not be read')
  await expect(failure).toContainText('Forbidden by role policy for iam.')
  await expect(failure).toContainText('must allow the operation list-api-keys of the service iam')
  await expect(failure).toContainText('GET /v2/api-key')
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Roles' }).click()
  await expect(failure).toContainText('must allow the operation list-iam-roles of the service iam')
})

test('with read permission for IAM changes are refused with the reason', async ({ page, iam }) => {
  const reads = await iam.access.createRole(
    'iam-reader',
    denying({ iam: allowing("operation in ['list-api-keys', 'list-iam-roles']") }),
  )
  const url = await iam.open({}, await iam.access.createKey('reader', reads))
  await page.goto(`${url}/api-keys`)
  await expect(row(page, 'reader')).toContainText('IAM list API keys, list roles')
  await page.getByRole('button', { name: 'Delete local' }).click()
  const dialog = deleteDialog(page, 'local')
  await dialog.getByRole('textbox').fill('local')
  await dialog.getByRole('button', { name: 'Delete API key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('must allow the operation delete-api-key of the service iam')
  await expect(dialog.getByRole('textbox')).toHaveValue('local')
})

test('roles that can’t be read are shown by id', async ({ page, iam }) => {
  const { id } = await iam.access.role('Owner')
  await iam.upstream.answerWith({ method: 'GET', path: '**/iam-role', status: 403, body: '{"message":"not today"}' })
  await page.goto(`${iam.url}/api-keys`)
  const banner = page.getByRole('status').filter({ hasText: 'The roles of Exoscale could not be read.' })
  await expect(banner).toContainText('Their ids stand in place of their names')
  await expect(banner).toContainText('GET /v2/iam-role · 403')
  await expect(row(page, 'local')).toContainText(new RegExp(`${id}.*Unknown`))
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create API key' }).click()
  await createDialog(page).getByRole('combobox', { name: 'Role' }).click()
  await expect(page.getByText('No role matches.')).toBeVisible()
  await expect(page.getByRole('dialog').getByText('The roles of Exoscale could not be read.')).toBeVisible()
  await page.keyboard.press('Escape')
  await createDialog(page).getByRole('button', { name: 'Not now' }).click()
  await iam.upstream.heal()
  await banner.getByRole('button', { name: 'Retry' }).click()
  await expect(row(page, 'local')).toContainText('Owner')
  await expect(banner).toBeHidden()
})

test('roles are listed while API keys can’t be read', async ({ page, iam }) => {
  await iam.upstream.answerWith({ method: 'GET', path: '**/api-key', status: 400, body: '{"message":"not now"}' })
  await page.goto(`${iam.url}/api-keys`)
  await expect(page.getByRole('alert')).toContainText('Not now.')
  await page.getByRole('tab', { name: 'Roles' }).click()
  await expect(row(page, 'Owner', 'Roles')).toContainText('Unknown')
  // Going back reads them again.
  const again = page.waitForResponse(/\/api-key$/)
  await page.getByRole('tab', { name: 'API keys' }).click()
  await again
  await iam.upstream.heal()
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(row(page, 'local')).toContainText('Owner')
})

test('a skeleton stands for the first list, an empty state for no API keys', async ({ page, iam }) => {
  await iam.upstream.hang('**/api-key')
  await page.goto(`${iam.url}/api-keys`)
  await expect(table(page)).toHaveAttribute('aria-busy', 'true')
  await expectAccessible(page)
  await iam.upstream.heal()
  await iam.upstream.answerWith({ method: 'GET', path: '**/api-key', status: 200, body: '{"api-keys":[]}' })
  await page.reload()
  await expect(page.getByRole('heading', { name: 'No API keys yet' })).toBeVisible()
  await expectAccessible(page)
  await iam.upstream.answerWith({ method: 'GET', path: '**/iam-role', status: 200, body: '{}' })
  await page.goto(`${iam.url}/api-keys?tab=roles`)
  await expect(page.getByRole('heading', { name: 'No roles yet' })).toBeVisible()
})

test('a read-only console disables changes with the reason', async ({ page, iam }) => {
  const url = await iam.open({ READ_ONLY: '1' })
  await page.goto(`${url}/api-keys`)
  const create = page.getByRole('button', { name: 'Create API key' })
  await expect(create).toHaveAccessibleDescription('This console only reads: it was started with READ_ONLY.')
  await expectAccessible(page)
  await create.click({ force: true })
  await page.getByRole('button', { name: 'Delete local' }).click({ force: true })
  await expect(page.getByRole('dialog', { name: /API key/ })).toHaveCount(0)
})
