import { goToReview } from './create-key-page.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, menuItem, property, tab, thalassaPath } from './key-page.ts'
import { startOver } from './navigation.ts'
import { playground, thalassaUrl } from './playground-page.ts'

const listPath = '**/kms/nl-01/keys'

test('Thalassa answers: null list, empty bodies, disabled feature, unknown members', async ({ page, faulty }) => {
  await test.step('a list may be null', async () => {
    await faulty.upstream.answerWith({ method: 'GET', path: listPath, status: 200, body: 'null' })
    await page.goto(`${faulty.url}/keys`)
    await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible()
  })

  await test.step('deletion and cancellation without a body', async () => {
    await startOver(page, faulty.upstream)
    const name = uniqueName('bodiless')
    const key = await faulty.api.thalassa.create({ name })
    await page.goto(faulty.url + thalassaPath(key))
    const told = page.getByRole('region', { name: 'Notifications' })
    const silence = { method: 'DELETE', status: 204 }
    await menuItem(page, 'Schedule deletion…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(name)
    await faulty.api.thalassa.act(key, 'DELETE', '')
    await faulty.upstream.answerWith({ ...silence, path: '**' })
    await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
    await expect(told).toContainText(`Scheduled the deletion of ${name}.`)
    await expect(page.getByText(/^Destroyed in \d+ days/)).toBeVisible()

    await faulty.upstream.heal()
    await faulty.api.thalassa.act(key, 'DELETE', '/cancel-deletion')
    await faulty.upstream.answerWith({ ...silence, path: '**/cancel-deletion' })
    await button(page, 'Cancel deletion').click()
    await expect(told).toContainText(`Cancelled the deletion of ${name}.`)
    await expect(page.getByText(/^Destroyed in/)).toBeHidden()
  })

  await test.step('a disabled feature', async () => {
    await startOver(page, faulty.upstream)
    const summary = { method: 'GET', path: '**/v1/kms/summary' }
    const off = '{"message":"kms is not enabled for this organisation"}'
    const words = 'KMS is not enabled for this organisation. Ask Thalassa to enable KMS for the organisation.'
    for (const answer of [
      { status: 403, body: off },
      { status: 200, body: '{"featureEnabled":false}' },
    ]) {
      await faulty.upstream.answerWith({ ...summary, ...answer })
      await page.goto(`${faulty.url}/keys`)
      const banner = page.getByRole('status').filter({ hasText: 'missing from this list' })
      await expect(banner).toContainText('Thalassa Cloud is missing from this list.')
      await expect(banner).toContainText(words)
      await expect(banner).toContainText(`GET /v1/kms/summary · ${answer.status}`)
    }
  })

  await test.step('new and missing members', async () => {
    await startOver(page, faulty.upstream)
    const key = {
      identity: 'kms-new',
      name: 'from the future',
      slug: 'from-the-future',
      keyType: 'ml-dsa-65',
      status: 'suspended',
      exportAllowed: false,
      keyRotationEnabled: false,
      createdAt: '2026-05-30T09:00:00Z',
      updatedAt: '2026-05-30T09:00:00Z',
      quantumSafe: true,
      billing: { plan: 'early' },
    }
    await faulty.upstream.answerWith({ method: 'GET', path: listPath, status: 200, body: JSON.stringify([key]) })
    await faulty.upstream.answerWith({ method: 'GET', path: '**/keys/kms-new', status: 200, body: JSON.stringify(key) })
    await page.goto(`${faulty.url}/keys`)
    const row = page.getByRole('row', { name: key.name })
    await expect(row).toContainText(/ml-dsa-65.*suspended.*Manual.*v1/)
    await expect(row).not.toContainText('Disabled')

    await row.getByRole('link').click()
    await expect(page.getByText('The status of this key is “suspended”.')).toBeVisible()
    await expect(property(page, 'Type')).toContainText('ml-dsa-65')
    await expect(property(page, 'Status')).toContainText('suspended')
    for (const name of ['Versions', 'Rotation', 'Code'] as const) {
      await tab(page, name).click()
      await expect(page.getByRole('tabpanel', { name })).not.toBeEmpty()
    }
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  })
})

test('Thalassa errors: 400, 404, pages, empty bodies, 429, and the audit log', async ({ page, faulty }) => {
  await test.step('400 reads the key again', async () => {
    const b = playground(page)
    const key = await faulty.api.thalassa.create({ name: uniqueName('meanwhile') })
    await page.goto(faulty.url + thalassaUrl(key))
    await b.plaintext.fill('kept')
    await faulty.api.thalassa.act(key, 'POST', '/disable')
    await faulty.upstream.answerWith({ method: 'POST', path: '**/encrypt', status: 400, body: '{"message":"not now"}' })
    await b.encrypt.click()
    await expect(b.failure).toContainText('Not now.')
    await expect(b.encrypt).toHaveAccessibleDescription('The key is disabled. Enable it first.')
    await expect(b.plaintext).toHaveValue('kept')
  })

  await test.step('404 leaves the key in the list', async () => {
    await startOver(page, faulty.upstream)
    const name = uniqueName('masked')
    await faulty.api.thalassa.create({ name })
    await faulty.upstream.answerWith({
      method: 'POST',
      path: '**/disable',
      status: 404,
      body: '{"message":"not found"}',
    })
    await page.goto(`${faulty.url}/keys`)
    await button(page, `Actions for ${name}`).click()
    await page.getByRole('menuitem', { name: 'Disable…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await expect(dialog.getByRole('alert')).toContainText('most likely your role may not do this')
    await dialog.getByRole('button', { name: 'Keep it active' }).click()
    await expect(page.getByRole('row', { name })).toContainText('Active')
  })

  await test.step('an error as a page or without a body', async () => {
    await startOver(page, faulty.upstream)
    const b = playground(page)
    const key = await faulty.api.thalassa.create({ name: uniqueName('broken') })
    await page.goto(faulty.url + thalassaUrl(key))
    await b.plaintext.fill('kept')
    const broken = { method: 'POST', path: '**/encrypt', status: 500 }
    const html = { 'content-type': 'text/html' }
    await faulty.upstream.answerWith({ ...broken, headers: html, body: '<html><h1>Internal error</h1></html>' })
    await b.encrypt.click()
    await expect(b.failure).toContainText('Thalassa Cloud answered 500 with something that isn’t JSON.')
    await faulty.upstream.answerWith({ ...broken, body: '' })
    await b.encrypt.click()
    await expect(b.failure).toContainText('Thalassa Cloud answered 500. Try again.')
    await expect(b.failure).toContainText('/encrypt · 500')
    await expect(b.plaintext).toHaveValue('kept')
  })

  await test.step('429 with a wait', async () => {
    await startOver(page, faulty.upstream)
    const b = playground(page)
    const key = await faulty.api.thalassa.create({ name: uniqueName('busy') })
    const busy = { status: 429, headers: { 'retry-after': '30' }, body: '{"message":"too many requests"}' }
    await faulty.upstream.answerWith({ ...busy, method: 'POST', path: '**/encrypt' })
    await faulty.upstream.answerWith({ ...busy, method: 'GET', path: listPath })
    await page.goto(`${faulty.url}/keys`)
    const banner = page.getByRole('status').filter({ hasText: 'missing from this list' })
    await expect(banner).toContainText('Too many requests. Wait 30 seconds, then try again.')
    await page.goto(faulty.url + thalassaUrl(key))
    await b.plaintext.fill('kept')
    await b.encrypt.click()
    await expect(b.failure).toContainText('Too many requests. Wait 30 seconds, then try again.')
    await expect(b.plaintext).toHaveValue('kept')
  })

  await test.step('audit log', async () => {
    await startOver(page, faulty.upstream)
    const entry = {
      createdAt: '2026-05-30T09:00:00Z',
      eventID: 'event-1',
      organization: { identity: 'o-1', name: 'acme' },
      action: 'kms.attest',
      resourceType: 'kms_key',
      resourceIdentity: 'kms-elsewhere',
      context: { outcome: 'success', region: 'nl-01', quorum: 3 },
    }
    const fresh = { ...entry, eventID: 'event-2', action: 'kms.encrypt', createdAt: new Date().toISOString() }
    const body = JSON.stringify({ items: [fresh, entry], totalItems: 20, page: 1, totalPages: 10, cursor: null })
    await faulty.upstream.answerWith({ method: 'GET', path: '/v1/audit**', status: 200, body })
    await page.goto(`${faulty.url}/activity`)
    await expect(page.getByRole('row').filter({ hasText: 'kms.attest' })).toContainText(/nl-01.*OK.*Audit log/)
    await expect(button(page, 'Load more')).toBeVisible()

    // The log has no filter by time; its order tells that all following entries are older.
    await page.goto(`${faulty.url}/activity?time=hour`)
    await expect(page.getByText('Older events are outside the chosen time.')).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'kms.encrypt' })).toHaveCount(1)
    await expect(page.getByRole('row').filter({ hasText: 'kms.attest' })).toHaveCount(0)
    await expect(button(page, 'Load more')).toBeHidden()
  })
})

test('Thalassa keys: identity in links, type in requests, versions as text', async ({ page, api }) => {
  await test.step('identity and region', async () => {
    const name = uniqueName('Orders-KEY')
    const key = await api.thalassa.create({ name })
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    const link = page.getByRole('link', { name, exact: true })
    await expect(link).toHaveAttribute('href', `/keys/thalassa/nl-01/${key.identity}`)
    await link.click()
    await expect(property(page, 'Region')).toContainText('nl-01')
    await expect(property(page, 'Slug')).toContainText(name.toLowerCase().replace(' ', '-'))
  })

  await test.step('default type is sent', async () => {
    await goToReview(page, uniqueName('default'))
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/kms/nl-01/keys')),
      button(page, 'Create key').click(),
    ])
    expect(request.postDataJSON()).toMatchObject({ keyType: 'aes256-gcm96' })
    await expect(page).toHaveURL(/\/kms-[^/?]+$/)
  })

  await test.step('version as text', async () => {
    const b = playground(page)
    const key = await api.thalassa.create({ name: uniqueName('versions') })
    await api.thalassa.act(key, 'POST', '/rotate')
    await page.goto(thalassaUrl(key))
    await b.plaintext.fill('x')
    await page.getByRole('combobox', { name: 'Version', exact: true }).click()
    await page.getByRole('option', { name: /^1\b/ }).click()
    const [answer] = await Promise.all([page.waitForResponse(/\/encrypt$/), b.encrypt.click()])
    expect(answer.request().postDataJSON()).toMatchObject({ keyVersion: '1' })
    expect(await answer.json()).toMatchObject({ keyVersion: '1' })
    await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  })
})
