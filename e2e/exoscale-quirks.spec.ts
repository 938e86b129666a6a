import type { Page } from '@playwright/test'
import { exoscaleNamed, field, goToReview } from './create-key-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import { type GatewayClient, gatewayClient } from './gateway-client.ts'
import { button, choosePeriod, exoscalePath, menuItem, period, property, rotationHistory, tab } from './key-page.ts'
import { exoscaleUrl, playground } from './playground-page.ts'
import { pathIn, replicateButton } from './replicas-page.ts'
import { startFresh } from './server.ts'

const read = (api: GatewayClient, { id }: { id: string }) =>
  api.call<Record<string, unknown>>('GET', `/api/exoscale/ch-gva-2/kms-key/${id}`)
const row = (page: Page, name: string) => page.getByRole('row', { name })

for (const revision of ['reference', '2026-07'])
  test(`revision ${revision}: creation, a taken name and a missing key`, async ({ page }) => {
    const server = await startFresh('console', { KMS_EXOSCALE_API: revision })
    await gatewayClient(server.url).exoscale.create({ name: 'taken' })
    await goToReview(page, 'made', 'Exoscale', 'ch-gva-2', server.url)
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/kms-key')) asked.push(`${request.method()} ${new URL(request.url()).pathname}`)
    })
    await button(page, 'Create key').click()
    await expect(page.getByRole('heading', { level: 1, name: 'made' })).toBeVisible()
    const [made] = await exoscaleNamed(gatewayClient(server.url), 'made', 'ch-gva-2')
    // The answer holds neither material nor rotation: the key is read again.
    expect(asked.slice(0, 2)).toEqual([
      'POST /api/exoscale/ch-gva-2/kms-key',
      `GET /api/exoscale/ch-gva-2/kms-key/${made?.id}`,
    ])
    await expect(property(page, 'Rotation')).toContainText('365 d')

    await goToReview(page, 'soon taken', 'Exoscale', 'ch-gva-2', server.url)
    await gatewayClient(server.url).exoscale.create({ name: 'soon taken' })
    await button(page, 'Create key').click()
    await expect(field(page, 'Name')).toHaveAccessibleDescription(/The name “soon taken” is taken in ch-gva-2/)

    await page.goto(`${server.url}/keys/exoscale/ch-gva-2/019ef461-c0ae-7c9c-94bd-081e70fe2b08`)
    await expect(page.getByRole('alert')).toContainText('This key was not found')
    await page.goto('about:blank')
    await server.stop()
  })

test('a key’s id is unknown in another zone', async ({ page, api }) => {
  const name = uniqueName('at home')
  const key = await api.exoscale.create({ name }, 'at-vie-1')
  await page.goto(pathIn('ch-gva-2', key))
  await expect(page.getByRole('alert')).toContainText('It may have been destroyed, or live in another zone.')
  const [call] = await Promise.all([
    page.waitForRequest((request) => /\/api\/.*\/kms-key\/[^/]+$/.test(request.url())),
    page.goto(pathIn('at-vie-1', key)),
  ])
  expect(new URL(call.url()).pathname).toBe(`/api/exoscale/at-vie-1/kms-key/${key.id}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a 403 shows Exoscale’s message, and names clock, API key and role to check', async ({ page, faulty }) => {
  const body = '{"message":"Invalid request signature"}'
  await faulty.upstream.answerWith({ method: 'GET', path: '/zone/bg-sof-1/**', status: 403, body })
  await page.goto(`${faulty.url}/keys`)
  await expect(page.getByText('bg-sof-1 is missing from this list.').locator('..')).toContainText(
    /Invalid request signature\. Check, in this order: the clock.*API key.*role/,
  )
})

test.describe('rotation', () => {
  const path = '**/enable-key-rotation'
  const broken = { method: 'POST', path, status: 500, body: '{"message":"no"}' }

  test('a refused period restores the former one and reports it', async ({ page, faulty }) => {
    const key = await faulty.api.exoscale.create({ name: 'restored' })
    await page.goto(`${faulty.url}${exoscalePath(key)}?tab=rotation`)
    await faulty.upstream.answerWith({ ...broken, times: 1 })
    await choosePeriod(page, '90')
    await button(page, 'Save rotation').click()
    const alert = page.getByRole('form').getByRole('alert')
    await expect(alert).toContainText('The former period of 365 days was put back.')
    expect(await read(faulty.api, key)).toMatchObject({ rotation: { automatic: true, 'rotation-period': 365 } })
    await expect(period(page, '90')).toBeChecked()
    await button(page, 'Save rotation').click()
    await expect(page.getByText('It rotates every 90 days.')).toBeVisible()
  })

  test('a former period that can’t be restored is reported as rotation off', async ({ page, faulty }) => {
    const key = await faulty.api.exoscale.create({ name: 'lost' })
    await page.goto(`${faulty.url}${exoscalePath(key)}?tab=rotation`)
    await faulty.upstream.answerWith(broken)
    await choosePeriod(page, '90')
    await button(page, 'Save rotation').click()
    await expect(page.getByRole('form').getByRole('alert')).toContainText('Automatic rotation is off now')
    expect(await read(faulty.api, key)).toMatchObject({ rotation: { automatic: false } })
    await faulty.upstream.heal()
    await button(page, 'Save rotation').click()
    await expect(page.getByText('It rotates every 90 days.')).toBeVisible()
  })

  test('manual rotation keeps the next automatic date', async ({ page, api }) => {
    const key = await api.exoscale.create({ name: uniqueName('by hand') })
    const before = await read(api, key)
    await page.goto(`${exoscalePath(key)}?tab=rotation`)
    await button(page, 'Rotate now').click()
    const dialog = page.getByRole('dialog', { name: /^Rotate/ })
    await expect(dialog).toContainText('The next automatic date stays as it is.')
    await dialog.getByRole('button', { name: 'Rotate now' }).click()
    await expect(page.getByText('1 of 10 used')).toBeVisible()
    const { rotation } = await read(api, key)
    expect(rotation).toEqual({ ...(before.rotation as object), 'manual-count': 1 })
    await expect(page.getByText(/^Version 3 replaces version 2 in 36\d days/)).toBeVisible()
  })

  test('rotation that is off has no next date, though the answer has one', async ({ page, api }) => {
    const name = uniqueName('off')
    const key = await api.exoscale.create({ name })
    await api.exoscale.act(key, 'disable-key-rotation')
    expect(await read(api, key)).toHaveProperty('rotation.next-at')
    await page.goto(exoscalePath(key))
    await expect(property(page, 'Rotation')).toHaveText(/Manual$/)
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    await expect(row(page, name)).toContainText('Manual')
  })
})

test('the first version is shown, though the list of rotations omits it', async ({ page, api }) => {
  const key = await api.exoscale.create({ name: uniqueName('first') })
  const listed = () => api.call('GET', `/api/exoscale/ch-gva-2/kms-key/${key.id}/list-key-rotations`)
  expect(await listed()).toEqual({ rotations: [] })
  await page.goto(`${exoscalePath(key)}?tab=versions`)
  await expect(row(page, 'v1 Encrypts and decrypts')).toContainText('Created')
  await api.exoscale.act(key, 'rotate')
  expect(await listed()).toMatchObject({ rotations: [{ version: 2, automatic: false }] })
  await page.goto(`${exoscalePath(key)}?tab=rotation`)
  await expect(rotationHistory(page).getByRole('row', { name: /^v2/ })).toContainText('Manual')
  await expect(rotationHistory(page).getByRole('row', { name: /^v1/ })).toContainText('Created')
})

test('missing members, nanoseconds and a creation date in the future are accepted', async ({ page, faulty }) => {
  const made = await faulty.api.exoscale.create({ name: 'odd' })
  await faulty.api.exoscale.act(made, 'rotate')
  const { description: _, ...key } = await read(faulty.api, made)
  const jumped = '2031-05-06T07:08:09.123456789Z'
  const odd = {
    ...key,
    'created-at': jumped,
    material: { version: 2, 'created-at': jumped },
    revision: { seq: 3, at: '2026-06-23T12:08:28.48Z' },
  }
  const rotations = [{ version: 2, 'rotated-at': '2026-06-23T12:08:28.480279759Z' }]
  const answer = { method: 'GET', status: 200 }
  await faulty.upstream.answerWith({ ...answer, path: `**/kms-key/${made.id}`, body: JSON.stringify(odd) })
  await faulty.upstream.answerWith({ ...answer, path: '**/list-key-rotations', body: JSON.stringify({ rotations }) })
  await page.goto(faulty.url + exoscalePath(made))
  await expect(property(page, 'Created')).not.toContainText('2031')
  await expect(property(page, 'Description')).toContainText('None')
  await expect(property(page, 'Replicas')).toContainText('None')
  await expect(property(page, 'Updated')).toContainText('23 Jun 2026 at 12:08 UTC')
  await tab(page, 'Versions').click()
  await expect(row(page, 'v2 Encrypts and decrypts')).toContainText('Unknown')
})

test('an encryption context is sent as base64 in every input encoding', async ({ page, api }) => {
  const b = playground(page)
  const key = await api.exoscale.create({ name: uniqueName('context') })
  await page.goto(exoscaleUrl(key))
  await b.plaintext.fill('x')
  await b.contextEncoding('Hex').check({ force: true })
  await b.context.fill('00ff')
  const [request] = await Promise.all([page.waitForRequest(/\/encrypt$/), b.encrypt.click()])
  expect(request.postDataJSON()).toMatchObject({ 'encryption-context': 'AP8=' })
})

test('eight zones of a thousand keys are one virtual list', async ({ page, faulty }) => {
  const made = await faulty.api.exoscale.create({ name: 'pattern' })
  const pattern = await read(faulty.api, made)
  const keys = Array.from({ length: 1000 }, (_, index) => ({
    ...pattern,
    name: `key ${index}`,
    id: `019ef461-c0ae-7c9c-94bd-${String(index).padStart(12, '0')}`,
  }))
  for (const [place, zone] of [
    'ch-dk-2',
    'at-vie-1',
    'de-fra-1',
    'bg-sof-1',
    'de-muc-1',
    'at-vie-2',
    'hr-zag-1',
  ].entries()) {
    const own = keys.map((key) => ({ ...key, id: key.id.replace('94bd', `94b${place}`), 'origin-zone': zone }))
    const body = JSON.stringify({ 'kms-keys': own })
    await faulty.upstream.answerWith({ method: 'GET', path: `/zone/${zone}/v2/kms-key`, status: 200, body })
  }
  await page.goto(`${faulty.url}/keys?cloud=exoscale`)
  await expect(page.getByText('7,001').first()).toBeVisible()
  const table = page.getByRole('table', { name: 'Keys' })
  await expect(table).toHaveAttribute('aria-rowcount', '7002')
  await expect.poll(() => table.getByRole('row').count()).toBeLessThan(100)
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('key 999')
  await expect(table).toHaveAttribute('aria-rowcount', '8')
})

test('the default key is recognised by its first refusal, which disables what Exoscale manages', async ({ page }) => {
  const server = await startFresh('console', { KMS_EXOSCALE_SWITCHES: 'default-key=listed' })
  const name = 'exoscale-default'
  const why = 'This is the organisation’s default key, managed by Exoscale.'
  await page.goto(`${server.url}/keys`)
  await expect(row(page, name)).toHaveCount(1)
  await expect(row(page, name)).toContainText(/ch-gva-2\+7/)
  await row(page, name).getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByText('Default key', { exact: true })).toBeHidden()

  await menuItem(page, 'Disable…')
  const dialog = page.getByRole('dialog', { name: /^Disable/ })
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Not disabled.')
  await expect(dialog.getByRole('alert')).toContainText('This is the organisation’s default key, managed by Exoscale.')
  await expect(dialog.getByRole('alert')).toContainText('/disable · 400')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Keep it active' }).click()

  const expectOff = async () => {
    await expect(page.getByText('Default key', { exact: true })).toBeVisible()
    await button(page, 'More actions').click()
    for (const item of ['Disable…', 'Schedule deletion…'])
      await expect(page.getByRole('menuitem', { name: item })).toContainText(why)
    await page.keyboard.press('Escape')
    await tab(page, 'Rotation').click()
    await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toHaveAccessibleDescription(
      new RegExp(why),
    )
    await tab(page, 'Replicas').click()
    await expect(replicateButton(page)).toHaveAccessibleDescription(why)
    await expect(page.getByRole('row').filter({ hasText: /zone|Current/ })).not.toHaveCount(0)
    await expect(button(page, 'Rotate now')).not.toHaveAttribute('aria-disabled')
  }
  await expectOff()
  await page.reload()
  await expectOff()
  expect(await page.evaluate(() => Object.values({ ...sessionStorage }))).toEqual([
    page.url().match(/[0-9a-f-]{36}/)?.[0],
  ])

  await button(page, 'Rotate now').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  await expect(page.getByText(`Rotated ${name}.`)).toBeVisible()
  await page.goto('about:blank')
  await server.stop()
})

test('a refused change of rotation marks the default key and keeps the input', async ({ page }) => {
  const server = await startFresh('console', { KMS_EXOSCALE_SWITCHES: 'default-key=listed' })
  const [key] = await exoscaleNamed(gatewayClient(server.url), 'exoscale-default', 'ch-gva-2')
  await page.goto(`${server.url}${exoscalePath({ id: key?.id ?? '' })}?tab=rotation`)
  await choosePeriod(page, '90')
  await button(page, 'Save rotation').click()
  await expect(page.getByRole('form').getByRole('alert')).toContainText('The rotation was not saved.')
  await expect(page.getByRole('form').getByRole('alert')).toContainText('managed by Exoscale')
  await expect(page.getByText('Default key', { exact: true })).toBeVisible()
  await page.goto('about:blank')
  await server.stop()
})
