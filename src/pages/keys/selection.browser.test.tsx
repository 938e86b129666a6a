/** Selected keys, their actions, and columns of the list. */
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { cacheConsole } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow, narrowWindow, setWindowWidth } from '../../testing/window.ts'
import { BulkActions } from '../shared/key-actions/BulkActions.tsx'
import { closeBulkDialog } from '../shared/key-actions/bulk-store.ts'
import KeysPage from './KeysPage.tsx'

const thalassaKeys = (count: number) =>
  Array.from({ length: count }, (_, index) => keyWith({ id: `kms-${index + 1}`, name: `key ${index + 1}` }))
const exoscaleKey = keyWith({
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id: 'x',
  name: 'key x',
  type: 'AES_256',
})

const box = (name: string) => page.getByRole('checkbox', { name: new RegExp(`^Select ${name},`) })
const selectAll = () => page.getByRole('checkbox', { name: 'Select all keys that are shown' })
const bar = () => page.getByRole('toolbar', { name: 'Actions for the selection' })
const dialog = () => page.getByRole('dialog')
const column = (name: string) => page.getByRole('columnheader', { name })

function open(keys: Parameters<typeof cacheConsole>[0], path = '/keys') {
  cacheConsole(keys)
  onTestFinished(closeBulkDialog)
  return render(
    <>
      <KeysPage />
      <BulkActions />
    </>,
    { path },
  )
}

test('rows are selected one by one, as a range and all, with pointer and keyboard', async () => {
  open(thalassaKeys(6), '/keys?q=key')
  await box('key 2').click()
  await expect.element(bar()).toMatchTextContent(/1 selected/)
  await box('key 4').click({ modifiers: ['Shift'] })
  await expect.element(bar()).toMatchTextContent(/3 selected/)
  await expect.element(page.getByRole('status').filter({ hasText: /^3 keys selected$/ })).toBeInTheDocument()
  await expect.element(selectAll()).toHaveAttribute('aria-checked', 'mixed')

  await userEvent.keyboard('{Escape}')
  await expect.element(bar()).not.toBeInTheDocument()
  await expect.element(page.getByRole('searchbox', { name: 'Search keys' })).toHaveValue('key')

  box('key 5').element().focus()
  await userEvent.keyboard(' ')
  box('key 1').element().focus()
  await userEvent.keyboard('{Shift>} {/Shift}')
  await expect.element(bar()).toMatchTextContent(/5 selected/)
  await bar().getByRole('button', { name: 'Select all 6' }).click()
  await column('Name').getByRole('button').click()
  await expect.element(bar()).toMatchTextContent(/6 selected/)
  await bar().getByRole('button', { name: 'Clear' }).click()
  await expect.element(bar()).not.toBeInTheDocument()
})

test('selected rows that a filter hides are counted and left alone', async () => {
  const router = open([...thalassaKeys(2), exoscaleKey], '/keys?cloud=exoscale')
  await expect.element(box('key x')).toBeVisible()
  await router.navigate('/keys')
  await expect.element(box('key 1')).toBeVisible()
  await selectAll().click()
  await router.navigate(-1)
  await expect.element(bar()).toMatchTextContent(/1 selected.*2 more are hidden and not changed/)
  await bar().getByRole('button', { name: 'Rotate now' }).click()
  await expect.element(dialog()).toHaveAccessibleName('Rotate 1 key')
})

test('an action that no selected key can take has the reason, and a dialog lists the keys that it leaves out', async () => {
  const replica = keyWith({
    cloud: 'exoscale',
    location: 'de-fra-1',
    originZone: 'ch-gva-2',
    id: 'r',
    name: 'copied',
    type: 'AES_256',
    traits: ['replica'],
  })
  open([...thalassaKeys(2), replica])
  await expect.element(box('copied')).toBeVisible()
  await selectAll().click()
  await expect
    .element(bar().getByRole('button', { name: 'Enable' }))
    .toHaveAccessibleDescription(/Not possible for any of the 3: The key is already active\./)
  await bar().getByRole('button', { name: 'Schedule deletion' }).click()
  await expect.element(dialog()).toHaveAccessibleName('Schedule deletion of 2 keys')
  await expect
    .element(dialog().getByRole('region', { name: 'Not changed' }))
    .toMatchTextContent(/This is a replica\. Do it on the primary in ch-gva-2\./)
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog()).not.toBeInTheDocument()

  await bar().getByRole('button', { name: 'Disable' }).click()
  await expect.element(dialog()).toMatchTextContent(/These keys stop working now/)
})

test('deletion of many keys has a date for each provider, and their number is typed first', async () => {
  open([...thalassaKeys(2), exoscaleKey])
  await expect.element(box('key x')).toBeVisible()
  await selectAll().click()
  await bar().getByRole('button', { name: 'Schedule deletion' }).click()
  await expect.element(dialog()).toMatchTextContent(/2 keys of Thalassa Cloud on .* UTC/)
  await dialog().getByRole('button', { name: '7 days' }).click()
  const go = dialog().getByRole('button', { name: 'Schedule deletion of 3 keys' })
  await expect.element(go).toHaveAttribute('aria-disabled', 'true')
  await dialog().getByRole('textbox', { name: 'Type 3 to confirm' }).fill('3')
  await expect.element(go).not.toHaveAttribute('aria-disabled')
})

test('a dialog lists the keys with their locations, its result is a message, and the selection is cleared', async () => {
  const primary = keyWith({
    ...exoscaleKey,
    name: 'key 0',
    id: 'y',
    traits: ['multi-zone'],
    originZone: 'ch-gva-2',
    replicas: ['de-fra-1'],
  })
  const replica = keyWith({ ...primary, location: 'de-fra-1', traits: ['replica'] })
  answerCalls({ 'POST *': { body: {} } }, 'none')
  open([primary, replica, ...thalassaKeys(9)])
  await expect.element(box('key 0')).toBeVisible()
  await selectAll().click()
  await bar().getByRole('button', { name: 'Disable' }).click()
  await expect.element(dialog()).toHaveAccessibleName('Disable 10 keys')
  const listed = dialog().getByRole('list', { name: 'Keys' }).getByRole('listitem')
  await expect.element(listed).toHaveLength(9)
  await expect.element(listed.first()).toMatchTextContent(/key 0.*ch-gva-2, de-fra-1/)
  await expect.element(listed.last()).toMatchTextContent(/and 2 more/)
  await dialog().getByRole('textbox', { name: 'Type 10 to confirm' }).fill('10')
  await dialog().getByRole('button', { name: 'Disable 10 keys' }).click()
  await expect.element(page.getByText('Disabled 10 keys.')).toBeVisible()
  await expect.element(dialog()).not.toBeInTheDocument()
  await expect.element(bar()).not.toBeInTheDocument()
  await expect.poll(() => document.activeElement?.id).toBe('content')
})

test('cards on a narrow screen are selected, too', async () => {
  await narrowWindow()
  open(thalassaKeys(3))
  await box('key 1').click()
  await box('key 3').click({ modifiers: ['Shift'] })
  await expect.element(bar()).toMatchTextContent(/3 selected/)
  await expectNoOverflow()
})

test('columns are hidden, remembered and reset', async () => {
  await setWindowWidth(1600)
  const key = keyWith({ name: 'labelled', labels: { env: 'prod' } })
  open([key])
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Labels' }).click()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('button', { name: 'Columns' })).toHaveFocus()
  await expect.element(column('Labels')).not.toBeInTheDocument()
  expect(localStorage.getItem('keys-hidden-columns')).toBe('labels')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitem', { name: 'Reset columns' }).click()
  await expect.element(page.getByRole('row', { name: /labelled.*env=prod/ })).toBeVisible()
})

test('a column without room is named in the menu, which also has the order', async () => {
  await setWindowWidth(1068)
  const router = open([...thalassaKeys(2), exoscaleKey])
  const lastRotated = page.getByRole('menuitemcheckbox', { name: /^Last rotated/ })
  await expect.element(column('Labels')).toBeVisible()
  await expect.element(column('Created')).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Columns' }).click()
  await expect
    .element(page.getByRole('menuitemcheckbox', { name: /^Created/ }))
    .toHaveAccessibleName('Created The window is too narrow for it now.')
  await page.getByRole('menuitemcheckbox', { name: 'Labels' }).click()
  await expect.element(lastRotated).toHaveAccessibleName('Last rotated')

  const order = page.getByRole('menuitem', { name: /^Order/ })
  await expect.element(order).toHaveAccessibleName('Order Name, ascending')
  order.element().focus()
  await userEvent.keyboard('{ArrowRight}')
  await page.getByRole('menuitemradio', { name: 'Created' }).click()
  await page.getByRole('menuitemradio', { name: 'Descending' }).click()
  await expect.element(order).toHaveAccessibleName('Order Created, descending')
  expect(router.state.location.search).toBe('?sort=-created')
  // The second choice comes before the rows of the first are rendered, and must keep it.
  for (const name of ['Version', 'Ascending']) {
    const choice = page.getByRole('menuitemradio', { name }).element()
    if (choice instanceof HTMLElement) choice.click()
    await Promise.resolve()
  }
  await expect.poll(() => router.state.location.search).toBe('?sort=version')
  await expect.element(order).toHaveAccessibleName('Order Version, ascending')
  await userEvent.keyboard('{Escape}{Escape}')
})
