import { createDialog, deleteDialog, fillCreation, row, secretDialog, test } from './api-keys-page.ts'
import { expect, expectAccessible } from './fixtures.ts'

const list = { method: 'GET', path: '**/api-key' }

test('a list of API keys that fails shows the reason beside the former list, and recovers', async ({ page, iam }) => {
  const failed = page.getByRole('main').getByRole('alert')
  const outdated = page.getByRole('status').filter({ hasText: 'The API keys of Exoscale could not be read.' })
  await iam.upstream.goDown(['**/api-key', '**/iam-role'])
  await page.goto(`${iam.url}/api-keys`)
  await expect(failed).toContainText('The API keys could not be read')
  await expect(failed).toContainText(/Exoscale can’t be reached/)
  await iam.upstream.heal()
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect(row(page, 'local')).toBeVisible()

  for (const [answer, words] of [
    [{ status: 401, body: '{"message":"invalid signature"}' }, 'Invalid signature. Check, in this order: the clock'],
    [{ status: 429, headers: { 'retry-after': '40' }, body: '{"message":"slow down"}' }, 'Wait 40 seconds'],
    [{ status: 503, body: '{"message":"maintenance"}' }, 'Maintenance. Try again later.'],
    [{ status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>500</h1>' }, 'something that isn’t JSON'],
    [{ status: 200, body: '{"api-keys":"none"}' }, 'api-keys is missing or of another type'],
  ] as const) {
    await iam.upstream.answerWith({ ...list, ...answer })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(outdated).toContainText(words)
    await expect(outdated).toContainText('GET /v2/api-key')
    await expect(row(page, 'local')).toBeVisible()
    await iam.upstream.heal()
    await outdated.getByRole('button', { name: 'Retry' }).click()
    await expect(outdated).toHaveCount(0)
  }
})

test('failed creation and deletion of an API key keep the dialogs’ input and report what is certain', async ({
  page,
  iam,
}) => {
  await iam.access.createKey('stays', await iam.access.role('kms-crypto'))
  await page.goto(`${iam.url}/api-keys`)
  const dialog = await fillCreation(page, 'wanted', 'kms-crypto')
  const act = dialog.getByRole('button', { name: 'Create API key' })
  const note = dialog.getByRole('alert')
  for (const [answer, words] of [
    [{ status: 401, body: '{"message":"invalid signature"}' }, 'Invalid signature.'],
    [{ status: 409, body: '{"message":"try again"}' }, 'Try again.'],
    [{ status: 503, body: '{"message":"maintenance"}' }, 'Maintenance.'],
  ] as const) {
    await iam.upstream.answerWith({ ...answer, method: 'POST', path: '**/api-key' })
    await act.click()
    await expect(note).toContainText(words)
    await expect(note).toContainText(`POST /v2/api-key · ${answer.status}`)
    await expect(note).toContainText('No API key was created.')
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('wanted')
  }
  await iam.upstream.heal()
  await iam.upstream.cutAnswer('POST', '**/api-key')
  await act.click()
  await expect(note).toContainText('It is unknown whether wanted was created.')
  await expect(note.getByRole('listitem')).toHaveCount(1)
  await expect(secretDialog(page)).toBeHidden()
  await iam.upstream.heal()
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await expect(createDialog(page)).toHaveCount(0)

  await page.getByRole('button', { name: 'Delete stays' }).click()
  const deletion = deleteDialog(page, 'stays')
  await deletion.getByRole('textbox').fill('stays')
  await iam.upstream.goDown('**/api-key/EXO**')
  await deletion.getByRole('button', { name: 'Delete API key' }).click()
  await expect(deletion.getByRole('alert')).toContainText('The API key may still exist.')
  await expect(deletion.getByRole('alert')).toContainText('Exoscale can’t be reached')
  await expect(deletion.getByRole('textbox')).toHaveValue('stays')
  await expectAccessible(page)
  await iam.upstream.heal()
  await deletion.getByRole('button', { name: 'Delete API key' }).click()
  await expect(page.getByText('Deleted stays.')).toBeVisible()
  await expect(row(page, 'stays')).toHaveCount(0)
})
