/** The list of keys: rows, their menu, cards, and a long list. */
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { inDays } from '../../clouds/period.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { addDays } from '../../lib/dates.ts'
import { cacheConsole, fillCache } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow, narrowWindow, setWindowWidth } from '../../testing/window.ts'
import KeysPage from './KeysPage.tsx'

const manual = { automatic: false } as const
const orders = keyWith({ id: 'kms-1', name: 'orders 10', slug: 'orders-10', latestVersion: 1, rotation: manual })
const invoices = keyWith({ id: 'kms-2', name: 'orders 9', type: 'ed25519', can: ['sign'], rotation: manual })
const cards = keyWith({
  cloud: 'exoscale',
  location: 'de-fra-1',
  id: '0198b1c4-0000-7000-8000-000000000001',
  name: 'orders 11',
  type: 'AES_256',
  latestVersion: 1,
  rotation: { automatic: true, period: inDays(365), nextAt: addDays(Date.now(), 365) },
})

const rows = () => page.getByRole('table', { name: 'Keys' }).getByRole('row')
const row = (name: string) => rows().filter({ hasText: name })
const shownNames = () =>
  rows()
    .getByRole('link')
    .all()
    .map((link) => link.element().textContent)

test('a row shows where a key is, its type, status, rotation and version, and links to it', async () => {
  cacheConsole([orders, cards])
  const router = render(<KeysPage />, { path: '/keys' })
  await expect
    .element(row('orders 10'))
    .toMatchTextContent(/orders-10.*Thalassa.*nl-01.*aes256-gcm96.*Active.*Manual.*Never/)
  await expect.element(row('orders 11')).toMatchTextContent(/Exoscale.*de-fra-1.*AES_256.*Active.*365 d.*Never/)
  await page.getByRole('link', { name: 'orders 11' }).click()
  expect(router.state.location.pathname).toBe(`/keys/exoscale/de-fra-1/${cards.id}`)
})

test('each choice of search, filter and order is a step that Back takes back', async () => {
  cacheConsole([orders, invoices, cards])
  const router = render(<KeysPage />, { path: '/keys' })
  await expect.poll(shownNames).toEqual(['orders 9', 'orders 10', 'orders 11'])
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('orders 1')
  await expect.poll(shownNames).toEqual(['orders 10', 'orders 11'])
  await expect.element(page.getByRole('status').filter({ hasText: /^2 of 3 keys$/ })).toBeInTheDocument()
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect.poll(shownNames).toEqual(['orders 11', 'orders 10'])
  await expect.element(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
  await page.getByRole('combobox', { name: 'Filters' }).click()
  await page.getByRole('option', { name: /^Thalassa/ }).click()
  await expect.poll(shownNames).toEqual(['orders 10'])
  expect(router.state.location.search).toBe('?q=orders+1&cloud=thalassa&sort=-name')
  await router.navigate(-1)
  await expect.poll(shownNames).toEqual(['orders 11', 'orders 10'])
  await router.navigate(-1)
  await expect.poll(shownNames).toEqual(['orders 10', 'orders 11'])
})

test('the menu of a row works by keyboard, and shows why an action is not possible', async () => {
  const doomed = keyWith({ name: 'doomed', status: 'pending_deletion', destroyedAt: addDays(Date.now(), 9) })
  cacheConsole([doomed])
  render(<KeysPage />, { path: '/keys' })
  await expect.element(row('doomed')).toMatchTextContent(/Pending deletion.*Deletes in [89] d.*Stopped/)
  const opener = page.getByRole('button', { name: 'Actions for doomed, nl-01' })
  opener.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('menuitem', { name: /^Open in playground/ })).toHaveFocus()
  const rotate = page.getByRole('menuitem', { name: /^Rotate now…/ })
  await expect.element(rotate).toHaveAttribute('aria-disabled', 'true')
  await expect.element(rotate).toMatchTextContent(/Cancel the deletion first\./)
  await userEvent.keyboard('{Escape}')
  await expect.element(opener).toHaveFocus()
})

test('a key that never rotates says so in its row and in its menu', async () => {
  const never = 'Only symmetric keys rotate.'
  const rotation = { automatic: false, never }
  const signing = keyWith({ cloud: 'exoscale', location: 'ch-gva-2', name: 'signing', rotation, latestVersion: 1 })
  cacheConsole([{ ...signing, type: 'ML_DSA_65', purpose: 'sign', can: ['sign'] }, orders])
  render(<KeysPage />, { path: '/keys?rotation=never' })
  await expect.element(row('signing')).toMatchTextContent(/ML_DSA_65.*Not rotated/)
  await page.getByRole('button', { name: 'Actions for signing, ch-gva-2' }).click()
  for (const name of [/^Rotate now…/, /^Edit rotation/])
    await expect.element(page.getByRole('menuitem', { name })).toMatchTextContent(/Only symmetric keys rotate\./)
})

test('when no list can be read, the page says why, and Retry reads them', async () => {
  const answers: Answers = { 'GET *': { status: 401, body: { message: 'unauthorized' } } }
  answerCalls(answers)
  fillCache({ without: 'nl-01', locations: [{ cloud: 'thalassa', id: 'nl-01', available: true }] })
  render(<KeysPage />, { path: '/keys' })
  await expect.element(page.getByRole('heading', { name: 'No location answered' })).toBeVisible()
  answers['GET *'] = { body: [] }
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect.element(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible()
})

test('a filter is found by typing, chosen with the keyboard, and removed beside the button', async () => {
  const labels = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`team-${index}`, 'blue']))
  cacheConsole([{ ...orders, labels: { ...labels, env: 'prod' } }, cards])
  const router = render(<KeysPage />, { path: '/keys' })
  const filters = page.getByRole('combobox', { name: 'Filters' })
  await expect.element(filters).toBeVisible()
  filters.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('combobox', { name: 'Filters: find' })).toHaveFocus()
  await userEvent.keyboard('env')
  await expect.element(page.getByRole('option')).toHaveLength(1)
  await expect.element(page.getByRole('group', { name: 'Label env' }).getByRole('option')).toMatchTextContent(/^prod1$/)
  await userEvent.keyboard('{Enter}{Escape}')
  await expect.poll(() => router.state.location.search).toBe('?label=env%3Dprod')
  await expect.element(page.getByText('1 of 2 keys', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Remove filter Label: env=prod' }).click()
  await expect.poll(() => router.state.location.search).toBe('')
})

test('filters keep to one line and leave the table where it is', async () => {
  await setWindowWidth(1068)
  cacheConsole([orders, cards])
  const router = render(<KeysPage />, { path: '/keys' })
  await expect.element(row('orders 10')).toBeVisible()
  const top = () => page.getByRole('table', { name: 'Keys' }).element().getBoundingClientRect().top
  const before = top()
  await router.navigate('/keys?status=active&rotation=manual&location=nl-01&type=aes256-gcm96&cloud=thalassa')
  await expect.element(page.getByRole('button', { name: 'Remove filter Cloud: Thalassa' })).toBeInTheDocument()
  await expect.element(row('orders 11')).not.toBeInTheDocument()
  expect(top()).toBe(before)
})

test('a number is told when every location has answered, and with what is missing', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [orders], without: 'bg-sof-1' })
  render(<KeysPage />, { path: '/keys' })
  await expect.element(row('orders 10')).toBeVisible()
  await expect.element(page.getByText('Some keys are still being read.').first()).toBeVisible()
  await expect.element(page.getByText(/1 key in/)).not.toBeInTheDocument()
})

test('a location that fails is named beside the number', async () => {
  answerCalls({}, { status: 403, body: { message: 'Role may not list keys' } })
  fillCache({ keys: [orders], without: 'bg-sof-1' })
  render(<KeysPage />, { path: '/keys' })
  await expect.element(page.getByText('1 key in 2 of 3 locations, without bg-sof-1').first()).toBeVisible()
})

test('a view is saved by name, opened and deleted', async () => {
  onTestFinished(() => localStorage.removeItem('keys-views'))
  cacheConsole([orders, cards])
  const router = render(<KeysPage />, { path: '/keys?cloud=exoscale&sort=-created' })
  const views = page.getByRole('button', { name: 'Views' })
  const item = (name: string) => page.getByRole('menuitem', { name })
  await views.click()
  await item('Save view…').click()
  const dialog = page.getByRole('dialog', { name: 'Save view' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Newest in Exoscale')
  await dialog.getByRole('button', { name: 'Save view' }).click()
  await router.navigate('/keys')
  await views.click()
  await item('Newest in Exoscale').click()
  await expect.poll(() => router.state.location.search).toBe('?cloud=exoscale&sort=-created')
  await views.click()
  item('Delete view').element().focus()
  await userEvent.keyboard('{ArrowRight}')
  await item('Newest in Exoscale').last().click()
  await expect.poll(() => localStorage.getItem('keys-views')).toBeNull()
})

test('on a narrow screen keys are cards, which the filters of the sheet narrow', async () => {
  await narrowWindow()
  cacheConsole([orders, cards])
  render(<KeysPage />, { path: '/keys' })
  const shown = page.getByRole('list', { name: 'Keys' }).getByRole('listitem')
  await expect.element(shown.first()).toMatchTextContent(/orders 10.*Thalassa.*nl-01.*aes256-gcm96.*Active.*Manual/)
  await expect.element(page.getByRole('link', { name: 'Create key' })).toBeVisible()
  await expectNoOverflow()
  await page.getByRole('button', { name: 'Filters' }).click()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByRole('checkbox', { name: /^Exoscale/ }).click()
  await sheet.getByRole('button', { name: 'Show 1 key' }).click()
  await expect.element(shown).toHaveLength(1)
  await expect.element(shown).toMatchTextContent(/orders 11/)
})

test('beside the key that a provider creates by itself, a first key and the demo are offered', async () => {
  cacheConsole([keyWith({ cloud: 'exoscale', location: 'ch-gva-2', name: 'exoscale-default', type: 'AES_256' })])
  render(<KeysPage />, { path: '/keys' })
  await expect.element(row('exoscale-default')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'No keys of your own yet' })).toBeVisible()
  await expect.element(page.getByText('npm run demo', { exact: true })).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Create your first key' })).toHaveAttribute('href', '/keys/new')
})

test('a long list is sorted and selected, with few rows rendered', async () => {
  const names = ['app-config', 'webhook-signatures']
  const archives = Array.from({ length: 1_198 }, (_, index) => `archive-${String(index).padStart(6, '0')}`)
  cacheConsole([...names, ...archives].map((name) => keyWith({ id: name, name, rotation: manual })))
  render(<KeysPage />, { path: '/keys' })
  const table = page.getByRole('table', { name: 'Keys' })
  await expect.element(table).toHaveAttribute('aria-rowcount', '1201')
  // Roles of a hundred rows take a second to find.
  const rendered = () => [...table.element().querySelectorAll('tr')].map(({ textContent }) => textContent)
  expect(rendered().length).toBeLessThan(120)

  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect.poll(() => rendered()[1]).toContain('webhook-signatures')
  scrollTo(0, document.documentElement.scrollHeight)
  await expect.poll(() => rendered().at(-1)).toContain('app-config')
  scrollTo(0, 0)

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect.element(page.getByRole('menuitem', { name: 'Export 1,200 keys as CSV' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).click()
  await expect.element(page.getByRole('toolbar')).toMatchTextContent(/1,200 selected/)
})

test.each([
  ['light', 'rgb(11, 127, 147)'],
  ['dark', 'rgb(86, 191, 208)'],
])('what has the focus has a ring: %s', async (theme, colour) => {
  document.documentElement.dataset.theme = theme
  cacheConsole([orders])
  render(<KeysPage />, { path: '/keys' })
  const targets = [
    page.getByRole('link', { name: 'orders 10' }),
    page.getByRole('button', { name: 'Refresh' }),
    page.getByRole('columnheader', { name: 'Name' }).getByRole('button'),
    page.getByRole('button', { name: 'Actions for orders 10, nl-01' }),
  ]
  for (const target of targets) {
    await expect.element(target).toBeVisible()
    target.element().focus()
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Tab}')
    await expect.element(target).toHaveFocus()
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(target.element())
    expect([outlineStyle, outlineWidth, outlineColor]).toEqual(['solid', '2px', colour])
  }
})

test('a key with replicas is one row, which tells and opens what differs in its locations', async () => {
  const primary = keyWith({
    ...cards,
    name: 'spread',
    traits: ['multi-zone'],
    originZone: 'de-fra-1',
    replicas: ['at-vie-1', 'ch-gva-2'],
    revision: 5,
    replicaStates: [{ location: 'ch-gva-2', applied: 3, state: 'behind' }],
  })
  const replica = keyWith({ ...primary, location: 'ch-gva-2', traits: ['replica'], status: 'disabled' })
  cacheConsole([primary, replica])
  const router = render(<KeysPage />, { path: '/keys' })
  await expect.element(page.getByRole('checkbox', { name: 'Select spread, de-fra-1' })).toBeVisible()
  await expect.element(rows()).toHaveLength(2)
  await expect.element(row('spread')).toMatchTextContent(/Active.*Disabled in ch-gva-2/)
  await page.getByRole('button', { name: '+2 locations of spread: at-vie-1 and ch-gva-2' }).click()
  await expect.element(rows()).toHaveLength(5)
  await expect.element(rows().nth(2)).toMatchTextContent(/de-fra-1Primary.*Active/)
  await expect.element(rows().nth(3)).toMatchTextContent(/at-vie-1Replica.*Not read/)
  await expect.element(rows().nth(4)).toMatchTextContent(/ch-gva-2Replica, at revision 3 of 5.*Disabled/)
  await expect.element(page.getByRole('button', { name: 'Actions for spread, ch-gva-2' })).toBeVisible()
  await page.getByRole('link', { name: 'spread, ch-gva-2' }).click()
  expect(router.state.location.pathname).toBe(`/keys/exoscale/ch-gva-2/${cards.id}`)
})

test('a 404 to an action is explained, and the row stays', async () => {
  answerCalls({}, { status: 404, body: { message: 'not found' } })
  cacheConsole([orders])
  render(<KeysPage />, { path: '/keys' })
  await page.getByRole('button', { name: 'Actions for orders 10, nl-01' }).click()
  await page.getByRole('menuitem', { name: 'Disable…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect.element(dialog.getByRole('alert')).toMatchTextContent(/your role probably does not allow this/)
  await dialog.getByRole('button', { name: 'Keep it active' }).click()
  await expect.element(row('orders 10')).toMatchTextContent(/Active/)
})
