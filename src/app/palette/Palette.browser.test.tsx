import { afterEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { fillCache } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { Palette } from './Palette.tsx'

const billing = keyWith({ name: 'Billing archive', slug: 'billing-archive', id: 'kms-billing', traits: [] })
const ledger = keyWith({ name: 'ledger', id: 'kms-ledger', status: 'pending_deletion' })

const field = page.getByRole('combobox', { name: /^Find a/ })
const active = page.getByRole('option', { selected: true })

function open() {
  const [start, copy, onClose] = [vi.fn(), vi.fn(), vi.fn()]
  return { start, copy, onClose, router: render(<Palette start={start} copy={copy} onClose={onClose} />) }
}

afterEach(() => page.viewport(1280, 720))

test('a key is found by name, slug and id, on a narrow screen too, and opened', async () => {
  fillCache({ keys: [billing, ledger] })
  await page.viewport(390, 844)
  const { router, onClose } = open()
  await expect.element(field).toHaveFocus()
  for (const words of ['BILLING ARCH', 'billing-archive', 'kms-billing']) {
    await field.fill(words)
    await expect.element(active).toMatchTextContent(/Billing archive.*nl-01 Thalassa/)
  }
  await field.fill('billing')
  await expect.element(active).toMatchTextContent(/Billing archive/)
  expect(active.element().querySelector('mark')?.textContent).toBe('Billing')
  expect(active.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(44)
  await userEvent.keyboard('{Enter}')
  expect(onClose).toHaveBeenCalledOnce()
  await expect.poll(() => router.state.location.pathname).toBe('/keys/thalassa/nl-01/kms-billing')
})

test('the palette goes to every screen, and changes the theme and the time zone', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [billing, ledger] })
  const { router } = open()
  const goTo = async (words: string, label: string, path: string) => {
    await field.fill(words)
    await page.getByRole('option', { name: label, exact: true }).click()
    await expect.poll(() => `${router.state.location.pathname}${router.state.location.search}`).toBe(path)
  }
  await goTo('playground', 'Playground', '/playground')
  await goTo('go to api keys', 'API keys', '/api-keys')
  await goTo('activity', 'Activity', '/activity')
  await goTo('files', 'Encrypt or decrypt a file', '/playground?op=file')
  await goTo('connections', 'Connections', '/connections')
  await goTo('go to overview', 'Overview', '/')
  await goTo('go to keys', 'Keys', '/keys')
  await goTo('create key', 'Create key', '/keys/new')
  await field.fill('dark theme')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => localStorage.getItem('theme')).toBe('dark')
  await expect.element(active).toMatchTextContent(/It is on\./)
  await field.fill('times in utc')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => localStorage.getItem('time-zone')).toBe('utc')
  await expect.element(active).toMatchTextContent(/It is on\./)
})

test('arrow keys, Home and End move through the options, round the ends', async () => {
  fillCache()
  open()
  const first = page.getByRole('option').first()
  await expect.element(first).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{ArrowUp}')
  await expect.element(active).toHaveAccessibleName('Help and shortcuts')
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(first).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{End}')
  await expect.element(active).toHaveAccessibleName('Help and shortcuts')
  await expect.element(active).toBeInViewport()
  await userEvent.keyboard('{Home}')
  await expect.element(first).toHaveAttribute('aria-selected', 'true')
  await expect.element(field).toHaveAttribute('aria-activedescendant', first.element().id)
  await field.fill('zzz nothing of the kind')
  await expect.element(page.getByText('Nothing matches “zzz nothing of the kind”.')).toBeVisible()
  await field.fill('system theme')
  await expect.element(active).toMatchTextContent(/It is on./)
})

test('Tab enters the actions of a key, Backspace leaves them, and one that is disabled does not run', async () => {
  fillCache({ keys: [billing, ledger] })
  const { start, onClose } = open()
  await field.fill('ledger')
  await expect.element(active).toMatchTextContent(/ledger/)
  await userEvent.keyboard('{Tab}')
  await expect.element(page.getByRole('group', { name: 'On ledger' })).toBeVisible()
  await field.fill('rotate now')
  await expect.element(active).toMatchTextContent(/The key is pending deletion. Cancel the deletion first./)
  await expect.element(active).toHaveAttribute('aria-disabled', 'true')
  await userEvent.keyboard('{Enter}')
  expect(onClose).not.toHaveBeenCalled()
  await expectAccessible()
  await field.fill('')
  await userEvent.keyboard('{Backspace}')
  await expect.element(field).toHaveAccessibleName('Find a key or action')
  await field.fill('billing')
  await expect.element(active).toMatchTextContent(/Billing/)
  await userEvent.keyboard('{Tab}')
  await field.fill('disable')
  await expect.element(active).toMatchTextContent(/Disable/)
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => start.mock.calls).toEqual([['disable', billing]])
})

test('a location that does not answer is counted beside the results', async () => {
  answerCalls({}, { status: 403, body: { message: 'Forbidden' } })
  fillCache({ keys: [billing], without: 'ch-gva-2' })
  open()
  await field.fill('billing')
  await expect.element(page.getByText('1 result · 1 location did not answer').first()).toBeVisible()
})
