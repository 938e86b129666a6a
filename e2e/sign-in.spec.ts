import { rows } from './activity-page.ts'
import { expect, expectAccessible } from './fixtures.ts'
import { choose, signIn, test } from './sign-in-page.ts'

const KEYS = '/api/thalassa/v1/kms/nl-01/keys'

test('somebody signs in at the provider, comes back to the page that was wanted, and signs out', async ({
  page,
  team: { url },
}) => {
  await page.goto(`${url}/keys?q=db`)
  await expect(page.getByRole('heading', { name: 'Sign in to KMS Console' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await choose(page, 'ada')
  await expect(page).toHaveURL(`${url}/keys?q=db`)
  await page.getByRole('button', { name: 'Ada Lovelace' }).click()
  const dialog = page.getByRole('dialog', { name: 'Ada Lovelace' })
  await expect(dialog).toContainText('Admin all clouds (group kms-admins)')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: /Yes/ }).click()
  await expect(page).toHaveURL(`${url}/`)
  await expect(page.getByRole('heading', { name: 'Sign in to KMS Console' })).toBeVisible()
})

test('a session that ends while a form is filled: the form goes on after signing in again in a window', async ({
  page,
  context,
  team: { url },
}) => {
  await signIn(page, `${url}/keys/new`, 'linus')
  await page.getByRole('radio', { name: 'Thalassa Cloud' }).check()
  await page.getByRole('radio', { name: 'nl-01' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('kept through the sign-in')
  await context.clearCookies({ domain: '127.0.0.1' })
  await page.getByRole('button', { name: 'Create key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  const opened = context.waitForEvent('page')
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  const popup = await opened
  // The provider still knows the person: nothing is asked, and the window closes.
  if (!popup.isClosed()) await popup.waitForEvent('close')
  await expect(page.getByRole('heading', { level: 1, name: 'kept through the sign-in' })).toBeVisible()
})

test('what a role does not allow is disabled with the reason, and the gateway refuses it', async ({ page, team }) => {
  const { url } = team
  await signIn(page, `${url}/keys`, 'ada')
  const { identity } = await page.evaluate(async (path) => {
    const body = JSON.stringify({ name: 'only read', keyType: 'aes256-gcm96' })
    const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return (await answer.json()) as { identity: string }
  }, KEYS)
  await page.context().clearCookies()
  await signIn(page, `${url}/keys/thalassa/nl-01/${identity}`, 'rosa')
  const rotate = page.getByRole('button', { name: 'Rotate now' })
  await expect(rotate).toHaveAttribute('aria-disabled', 'true')
  await expect(rotate).toHaveAccessibleDescription('This needs the role operator. Groups with it: kms-admins, sre.')
  const status = await page.evaluate(
    async (path) => (await fetch(path, { method: 'POST' })).status,
    `${KEYS}/${identity}/rotate`,
  )
  expect(status).toBe(403)
})

test('activity has the people beside the clouds’ records, and what no cloud has; access, what their roles allow', async ({
  page,
  context,
  team: { url },
}) => {
  await signIn(page, `${url}/keys`, 'linus')
  const { identity } = await page.evaluate(async (path) => {
    const post = (to: string, body: object) =>
      fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const key = (await (await post(path, { name: 'of many', keyType: 'aes256-gcm96' })).json()) as { identity: string }
    await post(`${path}/${key.identity}/encrypt`, { plaintext: 'aGVsbG8=' })
    return key
  }, KEYS)
  await context.clearCookies()
  await signIn(page, `${url}/keys`, 'rosa')
  await page.evaluate((path) => fetch(path, { method: 'POST' }), `${KEYS}/${identity}/rotate`)

  await page.goto(`${url}/activity`)
  await expect(rows(page, 'of many').filter({ hasText: 'kms.encrypt' })).toContainText('Linus Pauling')
  await expect(rows(page, 'of many').filter({ hasText: 'Create key' })).toContainText('Linus Pauling')
  const refused = rows(page, 'of many').filter({ hasText: 'Refused' })
  await expect(refused).toContainText(/Rotate\s*Console/)
  await expect(refused).toContainText('Rosa Parks')
  await expect(rows(page, 'Sign in').filter({ hasText: 'Rosa Parks' })).not.toHaveCount(0)
  await expectAccessible(page)

  await page.goto(`${url}/keys/thalassa/nl-01/${identity}?tab=access`)
  const operator = page
    .getByRole('region', { name: 'In this console' })
    .getByRole('row')
    .filter({ hasText: 'Operator' })
  await expect(operator).toContainText('kms-admins, sre')
  await expect(operator).toContainText('No')
  const update = page
    .getByRole('table', { name: 'What each permission allows' })
    .getByRole('row')
    .filter({ hasText: 'update' })
  await expect(update).toContainText('Encrypt, Decrypt')
  await expectAccessible(page)
})

test('a deletion is asked for by one person and approved by another', async ({ page, browser, team: { url } }) => {
  await signIn(page, `${url}/keys`, 'linus')
  const { identity } = await page.evaluate(async (path) => {
    const body = JSON.stringify({ name: 'retired', keyType: 'aes256-gcm96' })
    const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return (await answer.json()) as { identity: string }
  }, KEYS)
  await page.goto(`${url}/keys/thalassa/nl-01/${identity}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Schedule deletion' }).click()
  const dialog = page.getByRole('dialog', { name: /Schedule deletion/ })
  await dialog.getByRole('textbox').fill('retired')
  await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('its service was switched off')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(dialog.getByText('You asked for the approval.')).toBeVisible()

  const other = await browser.newContext()
  const second = await other.newPage()
  await signIn(second, `${url}/approvals`, 'grace')
  const request = second.getByRole('listitem').filter({ hasText: 'Schedule deletion of retired' })
  await expect(request).toContainText('Linus Pauling: its service was switched off')
  await expectAccessible(second)
  await request.getByRole('button', { name: 'Approve' }).click()
  await second.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect(request).toContainText('Grace Hopper approved it, and it was carried out.')
  await other.close()

  await page.goto(`${url}/keys/thalassa/nl-01/${identity}`)
  await expect(page.getByText('Pending deletion').first()).toBeVisible()
})
