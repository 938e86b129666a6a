import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  createDialog,
  deleteDialog,
  fillCreation,
  kept,
  row,
  secretDialog,
  secretField,
  test,
} from './api-keys-page.ts'
import { expect, expectAccessible } from './fixtures.ts'

const run = promisify(execFile)

test('an API key created by keyboard works in a shell until it is deleted', async ({ page, iam, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const answers: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.request().method() === 'GET') answers.push(response.text().catch(() => ''))
  })
  await page.goto(`${iam.url}/keys`)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API keys' }).press('Enter')
  await expect(row(page, 'local')).toContainText(/EXO[0-9a-f]{24}.*Owner.*Everything/)

  await page.getByRole('button', { name: 'Create API key' }).press('Enter')
  await expect(createDialog(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('reporting batch')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.type('owner')
  await page.keyboard.press('Enter')
  await expect(createDialog(page).getByRole('region', { name: 'Policy of Owner' })).toContainText('Everything')
  await createDialog(page).getByRole('textbox', { name: 'Name' }).press('Enter')

  const dialog = secretDialog(page)
  await expect(dialog).toContainText('Exoscale shows it once.')
  await expect(secretField(page)).toHaveText(/^•+$/)
  await dialog.getByRole('button', { name: 'Copy secret' }).press('Enter')
  await expect(dialog.getByText('Copied').first()).toBeVisible()
  const secret = await page.evaluate(() => navigator.clipboard.readText())
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(await kept(page)).not.toContain(secret)
  await dialog.getByRole('button', { name: 'Show secret' }).press('Enter')
  await expect(secretField(page)).toHaveText(secret)

  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download .env' }).press('Enter')
  const file = await downloading
  expect(file.suggestedFilename()).toBe('reporting-batch.env')
  const folder = await mkdtemp(join(tmpdir(), 'kms-e2e-'))
  await file.saveAs(join(folder, file.suggestedFilename()))
  const text = await readFile(join(folder, file.suggestedFilename()), 'utf8')
  expect(text).toMatch(/^EXOSCALE_API_KEY=EXO[0-9a-f]{24}\n/)
  expect(text).toContain(`\nEXOSCALE_API_SECRET=${secret}\n`)
  expect((await stat(join(folder, file.suggestedFilename()))).size).toBeLessThan(300)

  await dialog.getByRole('button', { name: 'Show how to try it' }).press('Enter')
  await dialog.getByRole('tab', { name: 'curl' }).click()
  const command = await dialog.getByRole('tabpanel', { name: 'curl' }).innerText()
  expect(command).not.toContain(secret)
  const tryIt = async () =>
    (await run('bash', ['-c', command], { cwd: folder, env: { PATH: process.env.PATH ?? '' } })).stdout
  expect(JSON.parse(await tryIt())).toHaveProperty('kms-keys')

  await dialog.getByRole('checkbox', { name: 'I have stored the secret' }).press('Space')
  await dialog.getByRole('button', { name: 'Close' }).press('Enter')
  await expect(page.getByText('Created reporting batch.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(row(page, 'reporting batch')).toContainText('Owner')
  expect(await kept(page)).not.toContain(secret)
  expect((await Promise.all(answers)).join('\n')).not.toContain(secret)

  await page.getByRole('button', { name: 'Delete reporting batch' }).press('Enter')
  const deletion = deleteDialog(page, 'reporting batch')
  await expect(deletion).toContainText('at once and in every zone')
  await expect(deletion).toContainText('Its role is Owner')
  await expect(deletion.getByRole('button', { name: 'Delete API key' })).toHaveAttribute('aria-disabled', 'true')
  await expect(deletion.getByRole('textbox')).toBeFocused()
  await page.keyboard.type('reporting batch')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Deleted reporting batch.')).toBeVisible()
  await expect(row(page, 'reporting batch')).toHaveCount(0)
  await expect(page.locator('body')).not.toBeFocused()
  expect(JSON.parse(await tryIt())).toEqual({ message: 'Invalid API key' })
  await rm(folder, { recursive: true })
})

test('the secret’s dialog stays open until the secret is confirmed as stored, and a notification links to the key', async ({
  page,
  iam,
}) => {
  await page.goto(`${iam.url}/keys`)
  // A link that is clicked before the console runs loads its page anew, and Back would leave this one.
  await expect(page.getByRole('table', { name: 'Keys' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API keys' }).click()
  const form = await fillCreation(page, 'kept', 'kms-crypto')
  await form.getByRole('button', { name: 'Create API key' }).click()
  const dialog = secretDialog(page)
  await expect(dialog).toBeVisible()
  await page.mouse.move(0, 0)

  await page.keyboard.press('Escape')
  await expect(dialog).toContainText('The secret is not stored.')
  await page.mouse.click(4, 4)
  await dialog.getByRole('button', { name: 'Close' }).click({ force: true })
  await expect(dialog).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/api-keys$/)
  await expect(dialog).toBeVisible()
  const asked = page.waitForEvent('dialog')
  await page.evaluate(() => void setTimeout(() => location.reload()))
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Show secret' }).click()
  await expect(secretField(page)).toHaveText(/^[\w-]{43}$/)
  await page.mouse.move(0, 0)
  await expectAccessible(page)

  await dialog.getByRole('checkbox').check()
  await expect(dialog.getByText('The secret is not stored.')).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  const told = page.getByRole('region', { name: 'Notifications' })
  await told.getByRole('link', { name: 'View API key' }).click()
  await expect(row(page, 'kept')).toBeVisible()
  await expect(row(page, 'local')).toHaveCount(0)
})
