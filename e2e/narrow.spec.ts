/** Windows of every width: narrow ones show the same facts as wide ones, and nothing is cut off. */
import type { Locator, Page } from '@playwright/test'
import { activityPath, details, facts, rows } from './activity-page.ts'
import { chooseWhere } from './create-key-page.ts'
import { expectFits } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { exoscalePath, rotationHistory, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'

/** Visible, with no content cut off by an element that hides its overflow. */
async function expectWhole(part: Locator) {
  await expect(part).toBeVisible()
  const cut = await part.evaluate((element) => {
    const hides = (one: Element) => one.matches(':not(.sr-only)') && getComputedStyle(one).overflowX !== 'visible'
    return [element, ...element.querySelectorAll('*')]
      .filter((one) => hides(one) && one.scrollWidth > one.clientWidth + 1)
      .map(({ textContent }) => textContent)
  })
  expect(cut).toEqual([])
}

test('at 320 px algorithms, versions, locations and cards show what wide windows show', async ({ page, api }) => {
  await page.setViewportSize({ width: 320, height: 640 })

  await test.step('algorithms in the wizard', async () => {
    await page.goto('/keys/new')
    await chooseWhere(page, 'Thalassa Cloud', 'nl-01')
    const algorithms = page.getByRole('radiogroup', { name: 'Algorithm' })
    const row = (name: string) =>
      algorithms.locator('label').filter({ has: page.getByRole('radio', { name, exact: true }) })
    for (const name of ['aes256-gcm96', 'rsa-4096'])
      for (const head of ['Rotation', 'Import', 'Public key'])
        await expect(row(name).getByText(head, { exact: true })).toBeVisible()
    await expect(row('aes256-gcm96').getByText('Direct limit 65,535 B', { exact: true })).toBeVisible()
    await expect(row('rsa-4096').getByText('Direct limit 446 B', { exact: true })).toBeVisible()
    await expect(page.getByRole('radio', { name: 'rsa-4096', exact: true })).toHaveAccessibleDescription(
      /Direct limit: 446 B, Rotation: yes, Import: yes, Public key: yes/,
    )
    await expectWhole(algorithms)
    await expectFits(page)
  })

  await test.step('versions and rotation history', async () => {
    const key = await api.thalassa.create({
      name: uniqueName('aged'),
      keyRotationEnabled: true,
      rotationPeriodInDays: 90,
    })
    await api.thalassa.act(key, 'POST', '/rotate')
    await navigate(page, `${thalassaPath(key)}?tab=versions`)
    const date = String.raw`\d+ \w{3} \d{4}`
    const row = (version: string) => page.getByRole('row', { name: new RegExp(`^${version} `) })
    await expect(row('v1')).toContainText(new RegExp(`Decrypts${date}, .+ agoCreated, latest for .+`))
    await expect(row('v2')).toContainText(
      new RegExp(`Encrypts and decrypts${date}, .+ ago(Manual|Unknown how), latest for .+`),
    )
    await expect(row('v3')).toContainText(new RegExp(`Planned${date}, in \\d+ weeksAutomatic`))
    await expectWhole(page.getByRole('tabpanel', { name: /^Versions/ }))
    await expectFits(page)

    const other = await api.exoscale.create({ name: uniqueName('aged') })
    await api.exoscale.act(other, 'rotate')
    await navigate(page, `${exoscalePath(other)}?tab=rotation`)
    await expect(rotationHistory(page).getByRole('row', { name: /^v2/ })).toContainText(
      new RegExp(`${date}.+ agoManual`),
    )
    await expect(rotationHistory(page).getByRole('row', { name: /^v1/ })).toContainText(
      new RegExp(`${date}.+ agoCreated`),
    )
    await expectWhole(rotationHistory(page))
    await expectFits(page)
  })

  await test.step('locations', async () => {
    await page.goto('/')
    const locations = page.getByRole('region', { name: 'Locations' })
    const row = locations.getByRole('row', { name: 'ch-dk-2' })
    await expect(row.getByText('Zurich', { exact: true })).toBeVisible()
    await expect(row).toContainText(/Available\d+ keys?, [\d.,]+ m?s$/)
    await expect(page.getByText(/^Read \d\d:\d\d:\d\d UTC$/)).toBeVisible()
    await expectWhole(locations)
    await expectFits(page)
  })

  await test.step('cards of keys, and their order', async () => {
    const stem = uniqueName('card')
    const labels = { env: 'prod', team: 'data' }
    await api.thalassa.create({ name: `${stem} t`, keyType: 'chacha20-poly1305', labels })
    await api.exoscale.create({ name: `${stem} x`, 'multi-zone': true })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
    const card = (name: string) => page.getByRole('listitem').filter({ hasText: name })
    await expect(card(`${stem} t`)).toContainText(
      /Thalassa.*nl-01.*chacha20-poly1305.*Active.*Manual.*v1, created \d+ \w{3} \d{4}.*env=prod/,
    )
    await expect(card(`${stem} x`)).toContainText(
      /Exoscale.*ch-gva-2.*encrypt-decrypt.*Active.*365 d.*v1, created.*Multi-zone/,
    )
    await expect(page.getByRole('main').getByText(/^2 of \d+$/)).toBeVisible()
    for (const name of ['chacha20-poly1305', 'encrypt-decrypt'])
      await expectWhole(page.getByText(name, { exact: true }))
    await expectFits(page)

    await page.getByRole('button', { name: 'Filters', exact: true }).click()
    await page.getByRole('combobox', { name: 'Order' }).click()
    await page.getByRole('option', { name: 'Created, descending' }).click()
    await page.getByRole('button', { name: 'Show 2 keys' }).click()
    await expect(page).toHaveURL(/sort=-created/)
    await expect(page.getByRole('list', { name: 'Keys' }).getByRole('listitem').first()).toContainText(`${stem} x`)
  })
})

test('at 800 px what has no column of its own stands among the details of an event', async ({ page, api }) => {
  const key = await api.thalassa.create({ name: uniqueName('told') })
  await page.setViewportSize({ width: 800, height: 900 })
  await page.goto(activityPath(key))
  await details(rows(page, 'Create key').first()).click()
  for (const name of ['Location', 'Actor', 'Source']) await expect(facts(page, name)).toBeVisible()
  await expect(facts(page, 'Location')).toContainText('nl-01')
  await page.setViewportSize({ width: 1280, height: 900 })
  await expect(page.getByRole('columnheader', { name: 'Actor' })).toBeVisible()
  await expect(facts(page, 'Actor')).toHaveCount(0)
})

/** Path and title of each screen. */
const screens = [
  ['/', 'Overview'],
  ['/keys', 'Keys'],
  ['/playground', 'Playground'],
  ['/playground/files', 'Files'],
  ['/api-keys', 'API keys'],
  ['/activity', 'Activity'],
  ['/connections', 'Connections'],
  ['/keys/new', 'Create key'],
] as const

/** Each screen in turn, once its content is read, and a key on all tabs with wide tables. */
async function forEachScreen(page: Page, key: { identity: string }, check: () => Promise<void>) {
  const isRead = () => expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
  await page.goto('/api-keys')
  for (const [path, title] of screens) {
    await navigate(page, path)
    await expect(page).toHaveTitle(new RegExp(`^${title}`))
    await isRead()
    await check()
  }
  await navigate(page, thalassaPath(key))
  for (const name of ['Overview', 'Versions', 'Rotation', 'Code'] as const) {
    await tab(page, name).click()
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true')
    await isRead()
    await check()
  }
}

test('every screen fits windows of 800 px and 2560 px', async ({ page, api }) => {
  const key = await api.thalassa.create({ name: uniqueName('eight hundred'), labels: { env: 'prod' } })
  await forEachScreen(page, key, async () => {
    await page.setViewportSize({ width: 800, height: 900 })
    await expectFits(page)
    await page.setViewportSize({ width: 2560, height: 1300 })
    await expectFits(page)
  })
})

test('at 800 px the rail is icons with names and tooltips', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 900 })
  await page.goto('/keys')
  const rail = page.getByRole('complementary', { name: 'KMS Console' })
  for (const name of ['Overview', 'Keys', 'Playground', 'API keys', 'Activity', 'Connections'])
    await expect(rail.getByRole('link', { name, exact: true })).toBeVisible()
  for (const name of ['Requests', 'Help and shortcuts'])
    await expect(rail.getByRole('button', { name, exact: true })).toBeVisible()
  await expect(rail).toHaveCSS('width', '52px')
  await expect(rail.getByRole('link', { name: 'Keys', exact: true })).toHaveAttribute('aria-current', 'page')

  // A tooltip repeats the name that is there for assistive technology.
  const texts = (name: string) => page.getByText(name, { exact: true }).filter({ visible: true })
  await rail.getByRole('link', { name: 'Activity' }).focus()
  await page.keyboard.press('Tab')
  await expect(rail.getByRole('link', { name: 'Connections' })).toBeFocused()
  await expect(texts('Connections')).toHaveCount(2)
  await expect(texts('Connections').last()).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(texts('Connections')).toHaveCount(1)
  await rail.getByRole('button', { name: 'Requests' }).hover()
  await expect(texts('Requests')).toHaveCount(2)
  await expect(texts('Requests').last()).toBeInViewport()
})

test('at 2560 px columns and form keep together', async ({ page, api }) => {
  const name = uniqueName('ultrawide')
  await api.thalassa.create({ name, labels: { env: 'prod' } })
  await page.setViewportSize({ width: 2560, height: 1300 })
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  const column = (head: string) => page.getByRole('columnheader', { name: head, exact: true })
  await expect(column('Labels')).toBeVisible()
  await expect.poll(async () => (await column('Name').boundingBox())?.width).toBeLessThanOrEqual(480)
  await navigate(page, '/keys/new')
  const form = page.getByRole('radiogroup', { name: 'Cloud' })
  const summary = page.getByRole('complementary', { name: 'Summary and code' })
  await expect(summary).toBeVisible()
  const gap = async () => {
    const [left, right] = [await form.boundingBox(), await summary.boundingBox()]
    return left && right ? right.x - (left.x + left.width) : Number.NaN
  }
  await expect.poll(gap).toBeLessThanOrEqual(48)
})
