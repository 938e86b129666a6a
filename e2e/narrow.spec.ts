/** Windows of every width: nothing is cut off, controls stay in reach, and narrow ones show the same facts as wide ones. */
import type { Locator, Page } from '@playwright/test'
import { activityPath, details, facts, rows } from './activity-page.ts'
import { expectFits } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { exoscalePath, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'
import { exoscaleUrl, thalassaUrl } from './playground-page.ts'

/** 1280 px at 400 % are 320 by 256: one column, scrolled in one direction. */
const windows = [
  { width: 320, height: 256 },
  { width: 800, height: 900 },
  { width: 2560, height: 1300 },
]

async function expectFitsEverywhere(page: Page) {
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
  for (const size of windows) {
    await page.setViewportSize(size)
    await expectFits(page)
    // Wider lines would lead too far from a name to its last column.
    expect((await page.getByRole('main').boundingBox())?.width).toBeLessThanOrEqual(1600)
  }
}

/** Each control can be scrolled into a window of 320 by 256 px. */
async function expectReachable(page: Page, names: readonly (string | RegExp)[]) {
  await page.setViewportSize({ width: 320, height: 256 })
  for (const name of names) {
    const control = page
      .getByRole('button', { name })
      .or(page.getByRole('link', { name }))
      .or(page.getByRole('textbox', { name }))
      .first()
    await control.scrollIntoViewIfNeeded()
    await expect(control).toBeInViewport()
  }
}

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

test('every screen fits windows of 320, 800 and 2560 px', async ({ page, api }) => {
  const name = uniqueName('a name that is long enough to break')
  const [key, other, signer] = await Promise.all([
    api.thalassa.create({ name, exportAllowed: true, labels: { env: 'prod', team: 'data' } }),
    api.exoscale.create({ name, 'multi-zone': true }),
    api.thalassa.create({ name: uniqueName('signer'), keyType: 'ecdsa-p256' }),
  ])
  await api.thalassa.act(key, 'POST', '/rotate')
  await page.goto('/api-keys')
  await expect(page.getByRole('button', { name: /^About local/ })).toBeVisible()
  await expectFitsEverywhere(page)
  await expectReachable(page, ['Create API key', 'About local, the API key of this console'])

  for (const [path, title, controls] of [
    ['/', 'Overview', ['Menu']],
    [`/keys?q=${encodeURIComponent(name)}`, 'Keys', ['Create key', `Actions for ${name}`]],
    ['/keys/new', 'Create key', ['Continue']],
    ['/activity', 'Activity', ['Refresh']],
    ['/connections', 'Connections', ['Menu']],
    ['/playground?op=file', 'Files', []],
    [thalassaUrl(key), 'Playground', ['Encrypt']],
    [exoscaleUrl(other, 'dataKey'), 'Playground', ['Generate data key']],
    [thalassaUrl(signer, 'verify'), 'Playground', ['Verify']],
  ] as const) {
    await navigate(page, path)
    await expect(page).toHaveTitle(new RegExp(`^${title}`))
    await expectFitsEverywhere(page)
    await expectReachable(page, controls)
  }

  await navigate(page, thalassaPath(key))
  for (const part of ['Overview', 'Versions and rotation', 'Code', 'Activity'] as const) {
    await tab(page, part).click()
    await expect(tab(page, part)).toHaveAttribute('aria-selected', 'true')
    await expectFitsEverywhere(page)
  }
  await navigate(page, `${exoscalePath(other)}?tab=replicas`)
  await expectFitsEverywhere(page)
  await page.setViewportSize({ width: 320, height: 256 })
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Schedule deletion…' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectReachable(page, ['Keep the key', 'Schedule deletion'])
  await expectFits(page)
})

test('narrow windows show what wide ones show, and wide ones keep columns and form together', async ({ page, api }) => {
  const stem = uniqueName('card')
  const [aged] = await Promise.all([
    api.thalassa.create({
      name: `${stem} t`,
      keyType: 'chacha20-poly1305',
      keyRotationEnabled: true,
      rotationPeriodInDays: 90,
      labels: { env: 'prod', team: 'data' },
    }),
    api.exoscale.create({ name: `${stem} x`, 'multi-zone': true }),
  ])

  await test.step('cards of keys and their order', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
    const card = (name: string) => page.getByRole('listitem').filter({ hasText: name })
    await expect(card(`${stem} t`)).toContainText(
      /Thalassa.*nl-01.*chacha20-poly1305.*Active.*v1, created \d+ \w{3} \d{4}.*env=prod/,
    )
    await expect(card(`${stem} x`)).toContainText(/Exoscale.*ch-gva-2.*AES_256.*Active.*365 d.*v1, created.*Multi-zone/)
    for (const type of ['chacha20-poly1305', 'AES_256']) await expectWhole(page.getByText(type, { exact: true }))
  })

  await test.step('versions', async () => {
    await navigate(page, `${thalassaPath(aged)}?tab=versions`)
    const row = (version: string) => page.getByRole('row', { name: new RegExp(`^${version} `) })
    await expect(row('v1')).toContainText(/Encrypts and decrypts\d+ \w{3} \d{4}/)
    await expectWhole(page.getByRole('table', { name: 'Versions of this key, the latest first' }))
  })

  await test.step('algorithms', async () => {
    await navigate(page, '/keys/new')
    await page.getByRole('radio', { name: 'Thalassa Cloud' }).check()
    const algorithms = page.getByRole('radiogroup', { name: 'Algorithm' })
    const rsa = algorithms.locator('label').filter({ has: page.getByRole('radio', { name: 'rsa-4096', exact: true }) })
    for (const fact of ['Max. input 446 B', 'Public key'])
      await expect(rsa.getByText(fact, { exact: true })).toBeVisible()
    await expectWhole(algorithms)
  })

  await test.step('columns and form at 2560 px', async () => {
    await page.setViewportSize({ width: 2560, height: 1300 })
    const form = page.getByRole('radiogroup', { name: 'Algorithm' })
    const gap = async () => {
      const summary = await page.getByRole('complementary', { name: 'Summary and code' }).boundingBox()
      const left = await form.boundingBox()
      return left && summary ? summary.x - (left.x + left.width) : Number.NaN
    }
    await expect.poll(gap).toBeLessThanOrEqual(48)
    await navigate(page, `/keys?q=${encodeURIComponent(stem)}`)
    const column = (head: string) => page.getByRole('columnheader', { name: head, exact: true })
    await expect(column('Labels')).toBeVisible()
    await expect.poll(async () => (await column('Name').boundingBox())?.width).toBeLessThanOrEqual(480)
  })

  await test.step('details of an event, and the rail, at 800 px', async () => {
    await page.setViewportSize({ width: 800, height: 900 })
    await navigate(page, activityPath(aged))
    // A pointer that came to rest on the rail would open a tooltip over the rows.
    await page.mouse.move(400, 10)
    await details(rows(page, 'Create key').first()).click()
    await expect(facts(page, 'Location')).toContainText('nl-01')
    const rail = page.getByRole('complementary', { name: 'KMS Console' })
    await expect(rail).toHaveCSS('width', '52px')
    // A tooltip repeats the name that is there for assistive technology.
    const texts = page.getByText('Connections', { exact: true }).filter({ visible: true })
    await rail.getByRole('link', { name: 'Activity' }).focus()
    await page.keyboard.press('Tab')
    await expect(rail.getByRole('link', { name: 'Connections' })).toBeFocused()
    await expect(texts).toHaveCount(2)
    await expect(texts.last()).toBeInViewport()
    await page.setViewportSize({ width: 1280, height: 900 })
    await expect(page.getByRole('columnheader', { name: 'Actor' })).toBeVisible()
    await expect(facts(page, 'Actor')).toHaveCount(0)
  })
})
