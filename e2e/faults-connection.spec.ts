import { dialog, forgiveNetwork, missing, row, walkThrough } from './faults-journey.ts'
import { expect, expectAccessible, leavePage, test } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { button, cancelDeletion, menuItem, thalassaPath } from './key-page.ts'
import { playground, thalassaUrl } from './playground-page.ts'
import { startFresh } from './server.ts'

const outdated = /could not be read again\./

test('a provider that is down leaves the other one, and each screen shows the reason', async ({ page, faulty }) => {
  await walkThrough(page, faulty, {
    fail: () => faulty.upstream.goDown('/v1/kms/nl-01/**'),
    words: /Thalassa Cloud can’t be reached \(\w+\)\./,
    status: 502,
    uncertain: true,
  })
  await faulty.upstream.goDown('/v1/**')
  await page.goto(`${faulty.url}/keys`)
  await expect(missing(page)).toContainText('Thalassa Cloud is missing from this list.')
  await expect(missing(page)).toContainText('GET /v1/kms/summary · 502')
  await expect(page.getByRole('row', { name: /ch-gva-2/ })).toBeVisible()
})

test('an incomplete answer is a failure', async ({ page, faulty }) => {
  await walkThrough(page, faulty, {
    fail: (method, path) =>
      method === 'DELETE' ? faulty.upstream.goDown(path) : faulty.upstream.cutAnswer(method, path),
    words: /Thalassa Cloud can’t be reached/,
    status: 502,
    uncertain: true,
  })
})

test('a slow provider: loaded parts work, pending ones are marked and complete', async ({ page, faulty }) => {
  const b = playground(page)
  const key = await faulty.api.thalassa.create({ name: 'slow one' })
  await faulty.api.exoscale.create({ name: 'quick one' })
  await faulty.upstream.hang('**/kms/nl-01/**')
  await page.goto(`${faulty.url}/keys`)
  await expect(row(page, 'quick one')).toBeVisible()
  await expect(button(page, 'Refresh')).toHaveAttribute('aria-busy', 'true')
  await faulty.upstream.heal()
  await expect(row(page, 'slow one')).toBeVisible()

  await faulty.upstream.hang('**/kms/nl-01/**')
  await page.goto(faulty.url + thalassaPath(key))
  await expect(page.getByRole('main').locator('[aria-busy="true"]').first()).toBeVisible()
  await expectAccessible(page)
  await faulty.upstream.heal()
  await expect(page.getByRole('heading', { level: 1, name: 'slow one' })).toBeVisible()

  await button(page, 'Rotate now').click()
  await faulty.upstream.hang('**/rotate')
  await dialog(page).getByRole('button', { name: 'Rotate now' }).click()
  await expect(dialog(page).getByRole('button', { name: 'Rotating' })).toHaveAttribute('aria-busy', 'true')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeVisible()
  await faulty.upstream.heal()
  await expect(page.getByText('Rotated slow one.')).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)

  await page.goto(faulty.url + thalassaUrl(key))
  await b.plaintext.fill('patient')
  await faulty.upstream.hang('**/encrypt')
  await b.encrypt.click()
  await expect(page.getByRole('button', { name: /^Encrypting/ })).toHaveAttribute('aria-busy', 'true')
  await faulty.upstream.heal()
  await expect(b.ciphertext).toHaveText(/^thalassa:v2:/)
})

test('data that can’t be read again stays with the reason', async ({ page, faulty }) => {
  const key = await faulty.api.thalassa.create({ name: 'still shown' })
  const closed = { status: 503, body: '{"message":"kms is not available in this region"}' }
  await page.goto(`${faulty.url}/keys`)
  await expect(row(page, 'still shown')).toBeVisible()
  await faulty.upstream.answerWith({ ...closed, method: 'GET', path: '**/kms/nl-01/**' })
  await button(page, 'Refresh').click()
  const banner = page.getByRole('status').filter({ hasText: outdated })
  await expect(banner).toContainText('nl-01 could not be read again. KMS is not available in this region.')
  await expect(banner).toContainText('GET /v1/kms/nl-01/keys · 503')
  await expect(row(page, 'still shown')).toBeVisible()
  await expectAccessible(page)

  await row(page, 'still shown').getByRole('link').click()
  const stale = page.getByRole('status').filter({ hasText: outdated })
  await expect(stale).toContainText('This key could not be read again. KMS is not available in this region.')
  await expect(page.getByRole('heading', { level: 1, name: 'still shown' })).toBeVisible()
  await faulty.upstream.heal()
  await stale.getByRole('button', { name: 'Retry' }).click()
  await expect(stale).toHaveCount(0)
  await faulty.upstream.answerWith({ ...closed, method: 'GET', path: '**/kms/nl-01/**' })
  await faulty.upstream.answerWith({ ...closed, method: 'POST', path: '**/rotate' })
  await button(page, 'Rotate now').click()
  await dialog(page).getByRole('button', { name: 'Rotate now' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('Not rotated. KMS is not available in this region.')
  await dialog(page).getByRole('button', { name: 'Not now' }).click()
  await expect(stale).toContainText('This key could not be read again. KMS is not available in this region.')
  await expect(stale).toContainText(`GET /v1/kms/nl-01/keys/${key.identity} · 503`)
  await faulty.upstream.heal()
  await stale.getByRole('button', { name: 'Retry' }).click()
  await expect(stale).toHaveCount(0)
})

test('a lost network is reported at once, and the page recovers by itself', async ({ page, faulty, complaints }) => {
  const b = playground(page)
  const name = 'over there'
  const key = await faulty.api.thalassa.create({ name })
  const gone = 'The console’s gateway did not answer.'
  await page.goto(`${faulty.url}/keys`)
  await expect(row(page, name)).toBeVisible()
  await page.waitForLoadState('networkidle')
  await page.context().setOffline(true)
  await button(page, 'Refresh').click()
  const banner = page.getByRole('status').filter({ hasText: outdated })
  await expect(banner).toContainText(gone)
  await expect(banner).toContainText('this computer is online')
  await expect(banner).toContainText('GET /v1/kms/nl-01/keys · no answer')
  await expect(row(page, name)).toBeVisible()
  await page.context().setOffline(false)
  await expect(banner).toHaveCount(0)

  await page.goto(faulty.url + thalassaPath(key))
  await menuItem(page, 'Schedule deletion…')
  await dialog(page).getByRole('textbox').fill(name)
  await page.context().setOffline(true)
  await button(page, 'Schedule deletion').click()
  await expect(dialog(page).getByRole('alert')).toContainText(`The result is unknown. ${gone}`)
  await expect(dialog(page).getByRole('textbox')).toHaveValue(name)
  await page.context().setOffline(false)
  await button(page, 'Schedule deletion').click()
  await expect(cancelDeletion(page)).toBeVisible()
  await cancelDeletion(page).click()
  await expect(cancelDeletion(page)).toHaveCount(0)

  await page.goto(faulty.url + thalassaUrl(key))
  await b.plaintext.fill('typed offline')
  // The key is read.
  await expect(b.encrypt).toBeEnabled()
  await page.context().setOffline(true)
  await b.encrypt.click()
  await expect(b.failure).toContainText(gone)
  await expect(b.failure).toContainText('/encrypt · no answer')
  await expect(b.plaintext).toHaveValue('typed offline')
  await page.context().setOffline(false)
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  forgiveNetwork(complaints)
})

test('a restarted gateway keeps the page’s state', async ({ page, complaints }) => {
  const first = await startFresh('console')
  const key = await gatewayClient(first.url).thalassa.create({ name: 'before' })
  const b = playground(page)
  await page.goto(first.url + thalassaUrl(key))
  await b.plaintext.fill('outlives the gateway')
  await first.stop()
  await b.encrypt.click()
  await expect(b.failure).toContainText('The console’s gateway did not answer. Check that it is running')
  const second = await startFresh('console', {}, Number(new URL(first.url).port))
  // Another gateway, and keys of its own: this one is gone, and that is said of it.
  await b.encrypt.click()
  await expect(b.failure).toContainText('KMS key not found.')
  await expect(b.plaintext).toHaveValue('outlives the gateway')
  await gatewayClient(second.url).thalassa.create({ name: 'afterwards' })
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Keys/ }).click()
  await button(page, 'Refresh').click()
  await expect(row(page, 'afterwards')).toBeVisible()
  await leavePage(page)
  await second.stop()
  forgiveNetwork(complaints)
})
