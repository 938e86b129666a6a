import type { Page } from '@playwright/test'
import { expectNoOverflow } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { startOver } from './navigation.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Keys' })
const row = (page: Page, name: string) => table(page).getByRole('row', { name })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search keys' })
const status = (page: Page, words: RegExp) => page.getByRole('status').filter({ hasText: words })

const filter = (page: Page, name: string) => page.getByRole('group', { name: 'Filters' }).getByRole('button', { name })

/** Names of the keys in the order of the rows. */
const shownNames = (page: Page) => table(page).getByRole('row').getByRole('link').allTextContents()

async function act(page: Page, name: string, item: string) {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('the list shows keys of both providers; search, filters and order stand in the URL', async ({ page, api }) => {
  await test.step('rows and links', async () => {
    const stem = uniqueName('listed')
    await api.thalassa.create({ name: `${stem} one`, labels: { env: 'prod', team: 'data' } })
    await api.exoscale.create({ name: `${stem} two` }, 'de-fra-1')
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)

    await expect(page).toHaveTitle('Keys · KMS Console')
    await expect(row(page, `${stem} one`)).toContainText(/Thalassa.*nl-01.*aes256-gcm96.*Active.*Manual.*v1/)
    await expect(row(page, `${stem} one`)).toContainText(stem.replace(' ', '-'))
    await expect(row(page, `${stem} two`)).toContainText(/Exoscale.*de-fra-1.*encrypt-decrypt.*Active.*365 d.*v1/)

    await page.getByRole('link', { name: `${stem} two` }).click()
    await expect(page).toHaveURL(/\/keys\/exoscale\/de-fra-1\/[0-9a-f-]{36}$/)
    await page.goBack()
    await expect(search(page)).toHaveValue(stem)
    await expect(row(page, `${stem} one`)).toBeVisible()
  })

  await test.step('search, filters and order', async () => {
    const stem = uniqueName('found')
    await api.thalassa.create({ name: `${stem} 10`, description: 'Invoices of old', labels: { env: stem.slice(6) } })
    await api.thalassa.create({ name: `${stem} 9`, keyType: 'ed25519' })
    await api.exoscale.create({ name: `${stem} 11` })
    const names = { nine: `${stem} 9`, ten: `${stem} 10`, eleven: `${stem} 11` }
    await page.goto('/keys')
    await expect(row(page, names.ten)).toBeVisible()

    await page.keyboard.press('/')
    await expect(search(page)).toBeFocused()
    await page.keyboard.type(`${stem} `, { delay: 5 })
    await expect(search(page)).toBeFocused()
    await expect(search(page)).toHaveValue(`${stem} `)
    await expect(page).toHaveURL(new RegExp(`\\?q=${stem.replace(' ', '\\+')}\\+$`))
    await expect.poll(() => shownNames(page)).toEqual([names.nine, names.ten, names.eleven])
    await expect(status(page, /^3 of \d+ keys$/)).toBeAttached()

    await filter(page, 'Cloud').click()
    await page.getByRole('menuitemcheckbox', { name: 'Thalassa' }).click()
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/&cloud=thalassa$/)
    await expect.poll(() => shownNames(page)).toEqual([names.nine, names.ten])

    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await expect(page).toHaveURL(/&sort=-name$/)
    await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
    await expect.poll(() => shownNames(page)).toEqual([names.ten, names.nine])

    await page.reload()
    await expect(search(page)).toHaveValue(`${stem} `)
    await expect.poll(() => shownNames(page)).toEqual([names.ten, names.nine])

    await page.goBack()
    await expect.poll(() => shownNames(page)).toEqual([names.nine, names.ten])
    await page.goBack()
    await expect.poll(() => shownNames(page)).toEqual([names.nine, names.ten, names.eleven])
    await expect(search(page)).toHaveValue(`${stem} `)

    await search(page).fill('invoices of old')
    await expect.poll(() => shownNames(page)).toEqual([names.ten])
    await search(page).fill(`env=${stem.slice(6)}`)
    await expect.poll(() => shownNames(page)).toEqual([names.ten])
  })

  await test.step('no match', async () => {
    await api.thalassa.create({ name: uniqueName('hidden') })
    await page.goto('/keys?q=nothing+is+called+so&status=disabled')
    await expect(page.getByRole('heading', { name: 'No match' })).toBeVisible()
    await expect(page.getByText(/hidden by the search “nothing is called so” and the filter Status\./)).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await expect(page).toHaveURL(/\/keys$/)
    await expect(row(page, 'hidden')).not.toHaveCount(0)
  })
})

test('the row menu acts on its key, links and copies, also by keyboard and on cards', async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await test.step('lifecycle actions', async () => {
    const name = uniqueName('acted')
    await api.exoscale.create({ name }, 'at-vie-1')
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    await expect(row(page, name)).toContainText(/at-vie-1.*Active.*v1/)

    await act(page, name, 'Rotate now…')
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
    await expect(row(page, name)).toContainText('v2')

    await act(page, name, 'Disable…')
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expect(row(page, name)).toContainText('Disabled')
    await act(page, name, 'Enable')
    await expect(row(page, name)).toContainText('Active')

    await act(page, name, 'Schedule deletion…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name }).fill(name)
    await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
    await expect(row(page, name)).toContainText(/Destroyed in \d+ d.*Stopped/)

    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await expect(page.getByRole('menuitem', { name: 'Rotate now…' })).toHaveAttribute('aria-disabled', 'true')
    await expect(page.getByRole('menuitem', { name: 'Rotate now…' })).toContainText('Cancel the deletion first.')
    await page.getByRole('menuitem', { name: 'Cancel deletion' }).click()
    await expect(row(page, name)).toContainText('Disabled')
    await page.reload()
    await expect(row(page, name)).toContainText(/Disabled.*v2/)
  })

  await test.step('links and copy', async () => {
    const name = uniqueName('linked')
    const { identity } = await api.thalassa.create({ name })
    const here = `/keys?q=${encodeURIComponent(name)}`
    await page.goto(here)
    await act(page, name, 'Copy id')
    await expect(page.getByText(`Copied the id of ${name}.`)).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(identity)
    await act(page, name, 'Edit rotation')
    await expect(page).toHaveURL(new RegExp(`/keys/thalassa/nl-01/${identity}\\?tab=rotation$`))
    await page.goto(here)
    await act(page, name, 'Open in playground')
    await expect(page).toHaveURL(new RegExp(`/playground\\?key=thalassa%2Fnl-01%2F${identity}$`))
  })

  await test.step('keyboard', async () => {
    const name = uniqueName('keyed')
    await api.thalassa.create({ name, labels: { env: 'prod', team: 'data' } })
    await page.goto('/keys')
    await expect(row(page, name)).toBeVisible()
    await page.keyboard.press('/')
    await page.keyboard.type(name)
    await expect.poll(() => shownNames(page)).toEqual([name])

    await page.getByRole('link', { name, exact: true }).focus()
    await page.keyboard.press('Tab')
    const button = page.getByRole('button', { name: `Actions for ${name}` })
    await expect(button).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Open in playground' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(button).toBeFocused()

    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Open in playground' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: 'Rotate now…' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: `Rotate ${name} now` })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(button).toBeFocused()

    await filter(page, 'Status').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitemcheckbox', { name: 'Active' })).toBeFocused()
    await page.keyboard.press('Space')
    await expect(page).toHaveURL(/status=active/)
    await page.keyboard.press('Escape')
    await expect(filter(page, 'Status')).toBeFocused()
  })

  await test.step('cards and the filter sheet on a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })

    const stem = uniqueName('narrow')
    await api.thalassa.create({ name: `${stem} t` })
    await api.exoscale.create({ name: `${stem} x` })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
    const card = (name: string) =>
      page.getByRole('list', { name: 'Keys' }).getByRole('listitem').filter({ hasText: name })
    await expect(card(`${stem} t`)).toContainText(/Thalassa.*nl-01.*aes256-gcm96.*Active.*Manual/)
    await expect(page.getByRole('link', { name: 'Create key' })).toBeVisible()
    await expectNoOverflow(page)

    await page.getByRole('button', { name: 'Filters' }).click()
    const sheet = page.getByRole('dialog', { name: 'Filters' })
    await sheet.getByRole('checkbox', { name: 'Exoscale' }).check()
    await sheet.getByRole('button', { name: 'Show 1 key' }).click()
    await expect(page).toHaveURL(/cloud=exoscale/)
    await expect(card(`${stem} x`)).toBeVisible()
    await expect(card(`${stem} t`)).toHaveCount(0)
    await act(page, `${stem} x`, 'Disable…')
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expect(card(`${stem} x`)).toContainText('Disabled')
  })
})

test('an empty list, and Refresh after a key was created elsewhere', async ({ page, emptyServer }) => {
  await page.goto(`${emptyServer.url}/keys`)
  await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible()
  await gatewayClient(emptyServer.url).thalassa.create({ name: 'made elsewhere' })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(row(page, 'made elsewhere')).toBeVisible()
})

test('beside the key that a provider creates by itself, a first key and the demo are offered', async ({
  page,
  newServer,
}) => {
  await page.goto(`${newServer.url}/keys`)
  await expect(row(page, 'exoscale-default')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No keys of your own yet' })).toBeVisible()
  await expect(page.getByText('npm run demo', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Create your first key' }).click()
  await expect(page).toHaveURL(/\/keys\/new$/)
})

test('locations that fail or hang leave the others usable', async ({ page, faulty }) => {
  await test.step('one and two locations fail', async () => {
    await faulty.api.thalassa.create({ name: 'still here' })
    await faulty.api.exoscale.create({ name: 'away' }, 'bg-sof-1')
    const fault = { method: 'GET', status: 403, body: '{"message":"Role may not list keys"}' }
    await faulty.upstream.answerWith({ ...fault, path: '/zone/bg-sof-1/**' })
    await page.goto(`${faulty.url}/keys`)
    await expect(row(page, 'still here')).toBeVisible()
    const banner = page.getByRole('status').filter({ hasText: 'missing from this list' })
    await expect(banner).toContainText('bg-sof-1 is missing from this list.')
    await expect(banner).toContainText('GET /v2/kms-key · 403')

    await faulty.upstream.answerWith({ ...fault, path: '/zone/ch-dk-2/**' })
    await page.reload()
    await expect(banner).toContainText('2 locations are missing from this list.')
    await expect(banner).toContainText('bg-sof-1')
    await expect(banner).toContainText('ch-dk-2')

    await faulty.upstream.heal()
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(row(page, 'away')).toBeVisible()
    await expect(banner).toHaveCount(0)
  })

  await test.step('nothing can be read', async () => {
    await startOver(page, faulty.upstream)
    await faulty.api.thalassa.create({ name: 'back again' })
    await faulty.upstream.answerWith({ method: 'GET', path: '**', status: 401, body: '{"message":"unauthorized"}' })
    await page.goto(`${faulty.url}/keys`)
    await expect(page.getByRole('heading', { name: 'No keys could be read' })).toBeVisible()
    await faulty.upstream.heal()
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(row(page, 'back again')).toBeVisible()
  })

  await test.step('a location hangs', async () => {
    await startOver(page, faulty.upstream)
    await faulty.api.thalassa.create({ name: 'quick' })
    await faulty.upstream.hang('/zone/hr-zag-1/**')
    await page.goto(`${faulty.url}/keys`)
    await expect(row(page, 'quick')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Refresh' })).toHaveAttribute('aria-busy', 'true')
    // Ends the request that hangs.
    await page.goto('about:blank')
  })
})
