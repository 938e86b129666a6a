import type { Page } from '@playwright/test'
import { expectNoOverflow } from './fits.ts'
import { expect, test } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { startOver } from './navigation.ts'

const panel = (page: Page, name: string) => page.getByRole('region', { name })
const waitingItem = (page: Page, name: string) =>
  panel(page, 'Waiting for you').getByRole('listitem').filter({ hasText: name })
const place = (page: Page, name: string) => panel(page, 'Locations').getByRole('row', { name })
const figure = (page: Page, label: string) =>
  panel(page, 'Posture')
    .getByRole('link')
    .filter({ hasText: new RegExp(`${label}$`) })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })

/** Status of the list: number of keys shown, of all. */
const listed = (page: Page, total: number, shown: number) =>
  page.getByRole('status').filter({ hasText: new RegExp(`^${shown} of ${total} keys$`) })

const rotation = (periodInDays: number) => ({ keyRotationEnabled: true, rotationPeriodInDays: periodInDays })

test('figures, pending deletions and the coming year', async ({ page, faulty }) => {
  await test.step('every figure links to the keys that it counts', async () => {
    const { url, api } = faulty
    await api.thalassa.create({ name: 'card-vault', ...rotation(20) })
    await api.thalassa.create({ name: 'order-events', ...rotation(90), exportAllowed: true })
    await api.thalassa.create({ name: 'sandbox' })
    const off = await api.thalassa.create({ name: 'search-index' })
    await api.thalassa.act(off, 'POST', '/disable')
    const old = await api.thalassa.create({ name: 'ledger-2023' })
    await api.thalassa.act(old, 'DELETE', '')
    await api.exoscale.create({ name: 'data-lake' }, 'ch-dk-2')

    await page.goto(url)
    await expect(page).toHaveTitle('Overview · KMS Console')
    await expect(page).toHaveURL(`${url}/`)
    await expect(heading(page)).toHaveText('1 key needs a decision')
    await expect(page.getByText('6 keys, all 9 locations answered', { exact: true })).toBeVisible()
    await expect(
      page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }),
    ).toHaveAttribute('aria-current', 'page')

    const expected = {
      Active: 4,
      Disabled: 1,
      'Pending deletion': 1,
      Automatic: 3,
      'Due in 30 days': 1,
      Overdue: 0,
      'Never rotated': 6,
      Exportable: 1,
      Imported: 0,
    }
    for (const [label, value] of Object.entries(expected)) {
      await expect(figure(page, label)).toHaveText(`${value}${label}`)
      await figure(page, label).click()
      await expect(page).toHaveURL(/\/keys\?(status|rotation|material)=\w+$/)
      await expect(listed(page, 6, value)).toBeAttached()
      await page.goBack()
    }
    await expect(place(page, 'ch-dk-2')).toContainText(/Zurich.*1 key.*Available.*\d ms/)
    await expect(place(page, 'nl-02')).toContainText('No KMS here')
    await place(page, 'ch-dk-2').getByRole('link', { name: '1 key' }).click()
    await expect(page).toHaveURL(/\/keys\?cloud=exoscale&location=ch-dk-2$/)
    await expect(page.getByRole('row', { name: 'data-lake' })).toBeVisible()
  })

  await test.step('a pending deletion is cancelled', async () => {
    await startOver(page, faulty.upstream)
    const { url, api } = faulty
    const soon = await api.exoscale.create({ name: 'old-gateway' })
    await api.exoscale.act(soon, 'schedule-deletion', { 'delay-days': 7 })
    const later = await api.thalassa.create({ name: 'ledger-2023' })
    await api.thalassa.act(later, 'DELETE', '')
    await page.goto(url)
    await expect(heading(page)).toHaveText('2 keys need a decision')
    const items = panel(page, 'Waiting for you').getByRole('listitem')
    await expect(items).toContainText([
      /old-gateway is destroyed in [67] days/,
      /ledger-2023 is destroyed in (29|30) days/,
    ])
    await expect(waitingItem(page, 'old-gateway')).toContainText(
      'with its only version. It decrypts nothing until then.',
    )
    await expect(panel(page, 'Next twelve months')).toContainText('0 rotations, 2 deletions')
    await expect(
      page
        .getByRole('list', { name: 'Deletions' })
        .getByRole('link', { name: /^old-gateway is destroyed on \d+ \w+$/ }),
    ).toBeVisible()

    await page.getByRole('button', { name: 'Cancel deletion of old-gateway' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Cancelled the deletion of old-gateway.')).toBeVisible()
    await expect(heading(page)).toHaveText('1 key needs a decision')
    await expect(waitingItem(page, 'old-gateway')).toHaveCount(0)
    await page.keyboard.press('Tab')
    await expect(waitingItem(page, 'ledger-2023').getByRole('link')).toBeFocused()

    await page.getByRole('button', { name: 'Cancel deletion of ledger-2023' }).click()
    await expect(heading(page)).toHaveText('Nothing needs you')
    await expect(panel(page, 'Waiting for you')).toContainText('No deletion is pending')
  })

  await test.step('many pending deletions are shown step by step', async () => {
    await startOver(page, faulty.upstream)
    const { url, api } = faulty
    for (let place = 1; place <= 7; place += 1) {
      const key = await api.thalassa.create({ name: `old ${place}` })
      await api.thalassa.act(key, 'DELETE', '')
    }
    await page.goto(url)
    const items = panel(page, 'Waiting for you').getByRole('listitem')
    await expect(items).toHaveCount(5)
    await page.getByRole('button', { name: 'Show 2 more keys' }).click()
    await expect(items).toHaveCount(7)
    await expect(page.getByRole('list', { name: 'Deletions' }).getByRole('link')).toHaveAccessibleName(
      /^7 keys are destroyed on/,
    )
    await expect(panel(page, 'Next twelve months').getByRole('link', { name: 'and 4 more' })).toBeVisible()
  })

  await test.step('weeks of the coming year by arrow keys', async () => {
    await startOver(page, faulty.upstream)
    const { url, api } = faulty
    await api.thalassa.create({ name: 'card-vault', ...rotation(100) })
    await api.thalassa.create({ name: 'jwt-sessions', ...rotation(300) })
    await page.goto(url)
    await expect(panel(page, 'Next twelve months')).toContainText('4 rotations, 0 deletions')
    const weeks = page.getByRole('list', { name: /^Rotations per week, from/ }).getByRole('button')
    await expect(weeks).toHaveCount(3)
    await weeks.first().focus()
    await page.keyboard.press('ArrowRight')
    await expect(weeks.nth(1)).toBeFocused()
    await page.keyboard.press('End')
    await expect(weeks.last()).toBeFocused()
    await expect(weeks.last()).toHaveAccessibleName(
      /^Week of \d+ \w+ \d{4}: 2 rotations, of (card-vault and jwt-sessions|jwt-sessions and card-vault)$/,
    )
    await expect(page.getByText(/^Week of .* of (card-vault|jwt-sessions) and/)).toBeVisible()
    await page.keyboard.press('Home')
    await expect(weeks.first()).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await expect(weeks.first()).toBeFocused()
  })

  await test.step('a narrow screen', async () => {
    await startOver(page, faulty.upstream)
    await page.setViewportSize({ width: 390, height: 844 })

    const { url, api } = faulty
    await api.thalassa.create({ name: 'card-vault', ...rotation(30) })
    const old = await api.thalassa.create({ name: 'ledger-2023' })
    await api.thalassa.act(old, 'DELETE', '')
    await page.goto(url)
    await expect(heading(page)).toHaveText('1 key needs a decision')
    await expectNoOverflow(page)
    const weeks = page.getByRole('list', { name: /^Rotations per week, from/ }).getByRole('button')
    await weeks.first().focus()
    await page.keyboard.press('End')
    await expect(weeks.last()).toBeInViewport()
    await expectNoOverflow(page)
  })
})

test('an empty console, and Refresh after a key was created elsewhere', async ({ page, emptyServer: { url } }) => {
  await page.goto(url)
  await expect(heading(page)).toHaveText('No keys yet')
  await expect(page.getByRole('heading', { name: 'Begin with a key' })).toBeVisible()
  await expect(place(page, 'nl-01')).toContainText(/0 keys.*Available/)
  await gatewayClient(url).thalassa.create({ name: 'made elsewhere' })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(heading(page)).toHaveText('Nothing needs you')
  await page.getByRole('link', { name: 'Create key' }).click()
  await expect(page).toHaveURL(/\/keys\/new$/)
})

test('a new console introduces itself and offers a first key and the demo', async ({ page, newServer: { url } }) => {
  await page.goto(url)
  // Exoscale creates a default key by itself.
  await expect(heading(page)).toHaveText('No keys of your own yet')
  await expect(page.getByText('1 key, all 9 locations answered', { exact: true })).toBeVisible()
  await expect(
    page.getByText(/^KMS Console manages the keys of Thalassa Cloud and Exoscale; the local KMS/),
  ).toBeVisible()
  await expect(page.getByText('npm run demo', { exact: true })).toBeVisible()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy command' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('npm run demo')
  await page.getByRole('link', { name: 'Create your first key' }).click()
  await expect(page).toHaveURL(/\/keys\/new$/)

  await gatewayClient(url).exoscale.create({ name: 'made elsewhere' })
  await page.goto(url)
  await expect(heading(page)).toHaveText('Nothing needs you')
  await expect(page.getByText('npm run demo')).toHaveCount(0)
})

test('live connections without keys offer a first key and no demo', async ({ page, faulty }) => {
  await page.goto(faulty.url)
  await expect(page.getByRole('link', { name: 'Create your first key' })).toBeVisible()
  await expect(page.getByText('KMS Console manages the keys of Thalassa Cloud and Exoscale.')).toBeVisible()
  await expect(page.getByText('npm run demo')).toHaveCount(0)
  await page.goto(`${faulty.url}/keys`)
  await expect(page.getByRole('link', { name: 'Create your first key' })).toBeVisible()
  await expect(page.getByText('npm run demo')).toHaveCount(0)
})

test('locations that fail, a provider that fails, and locations that hang', async ({ page, faulty }) => {
  await test.step('a location fails', async () => {
    await faulty.api.thalassa.create({ name: 'still here' })
    await faulty.api.exoscale.create({ name: 'away' }, 'bg-sof-1')
    await faulty.upstream.answerWith({
      method: 'GET',
      path: '/zone/bg-sof-1/**',
      status: 403,
      body: '{"message":"Role may not list keys"}',
    })
    await page.goto(faulty.url)
    await expect(heading(page)).toHaveText('Nothing needs you in the locations that answered')
    await expect(page.getByText('1 key, 8 of 9 locations answered', { exact: true })).toBeVisible()
    const banner = page.getByRole('status').filter({ hasText: 'missing from these figures' })
    await expect(banner).toContainText('bg-sof-1 is missing from these figures.')
    await expect(banner).toContainText('GET /v2/kms-key · 403')
    await expect(place(page, 'bg-sof-1')).toContainText(/Refused.*Role may not list keys/)

    await faulty.upstream.heal()
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(banner).toHaveCount(0)
    await expect(page.getByText('2 keys, all 9 locations answered', { exact: true })).toBeVisible()
  })

  await test.step('figures that could not be read again', async () => {
    await startOver(page, faulty.upstream)
    await faulty.api.exoscale.create({ name: 'still counted' }, 'bg-sof-1')
    await page.goto(faulty.url)
    await expect(heading(page)).toHaveText('Nothing needs you')
    await faulty.upstream.answerWith({
      method: 'GET',
      path: '/zone/bg-sof-1/**',
      status: 403,
      body: '{"message":"Role may not list keys"}',
    })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByText('bg-sof-1 could not be read again.')).toBeVisible()
    await expect(place(page, 'bg-sof-1')).toContainText(/1 key.*Refused.*Role may not list keys/)
    await expect(page.getByText('1 key, all 9 locations answered', { exact: true })).toBeVisible()
  })

  await test.step('a provider fails, then all', async () => {
    await startOver(page, faulty.upstream)
    await faulty.api.exoscale.create({ name: 'still here' })
    await faulty.upstream.answerWith({
      method: 'GET',
      path: '**/v1/**',
      status: 401,
      body: '{"message":"unauthorized"}',
    })
    await page.goto(faulty.url)
    await expect(page.getByText('1 key, 8 of 8 locations answered', { exact: true })).toBeVisible()
    await expect(place(page, 'All regions of Thalassa Cloud')).toContainText('Refused')
    await expect(page.getByRole('status').filter({ hasText: 'Thalassa Cloud is missing' })).toBeVisible()

    await faulty.upstream.answerWith({ method: 'GET', path: '**', status: 401, body: '{"message":"unauthorized"}' })
    await page.reload()
    await expect(heading(page)).toHaveText('Nothing is known now')
    await faulty.upstream.heal()
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(heading(page)).toHaveText('Nothing needs you')
  })

  await test.step('a location hangs', async () => {
    await startOver(page, faulty.upstream)
    await faulty.api.thalassa.create({ name: 'quick' })
    await faulty.upstream.hang('/zone/hr-zag-1/**')
    await page.goto(faulty.url)
    await expect(heading(page)).toHaveText('Nothing needs you so far')
    await expect(page.getByText('1 key, 8 of 9 locations answered', { exact: true })).toBeVisible()
    await expect(place(page, 'hr-zag-1')).toContainText('Asking')
    // Ends the request that hangs.
    await page.goto('about:blank')
  })
})
