/** Events that the page keeps from the browser and from its handlers. `setup.ts` installs the guards as `main.tsx` does. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { keyWith } from '../clouds/testing/key.ts'
import CreateKeyPage from '../pages/create-key/CreateKeyPage.tsx'
import KeysPage from '../pages/keys/KeysPage.tsx'
import { closeOverlay } from '../pages/overlay.ts'
import PlaygroundPage from '../pages/playground/PlaygroundPage.tsx'
import { ConfirmDialog } from '../pages/shared/ConfirmDialog.tsx'
import { cacheConsole, fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import { Overlays } from './Overlays.tsx'
import { Palette } from './palette/Palette.tsx'

/** Drags something over an element and lets it go; whether the browser may do with it what it does. */
function drop(on: Element, give: (data: DataTransfer) => void): readonly boolean[] {
  const dataTransfer = new DataTransfer()
  give(dataTransfer)
  return ['dragover', 'drop'].map((type) =>
    on.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })),
  )
}

const file = (data: DataTransfer) => void data.items.add(new File(['x'], 'x.txt'))
const link = (data: DataTransfer) => data.setData('text/uri-list', 'https://elsewhere.test/')
const kept = [false, false]
const taken = [true, true]

test('a file or link that is dropped beside a field does not replace the page', async () => {
  cacheConsole()
  render(<PlaygroundPage />, { path: '/playground?op=file' })
  const field = page.getByLabelText('File to encrypt')
  await expect.element(field).toBeInTheDocument()
  const main = page.getByRole('main').element()
  expect(drop(main, file)).toEqual(kept)
  expect(drop(document.documentElement, file)).toEqual(kept)
  expect(drop(main, link)).toEqual(kept)
  expect(drop(field.element(), file)).toEqual(taken)
})

test('text is still dropped into fields, and a file into none that takes no file', async () => {
  cacheConsole()
  render(<CreateKeyPage />, { path: '/keys/new' })
  await expect.element(page.getByRole('button', { name: 'Continue' })).toBeVisible()
  const input = document.body.appendChild(document.createElement('textarea'))
  onTestFinished(() => input.remove())
  expect(drop(input, link)).toEqual(taken)
  expect(drop(input, file)).toEqual(kept)
  expect(drop(page.getByRole('main').element(), file)).toEqual(kept)
})

/** A key as an input method gives it: while it composes, and as Safari gives the one that ended it. */
const composed = [{ isComposing: true }, { keyCode: 229 }] as const

function press(on: Element, key: string, how: KeyboardEventInit) {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how }))
}

test.each(composed)('keys of an input method (%o) are no keys of the palette', async (how) => {
  fillCache({ keys: [keyWith({ name: 'billing' })] })
  const [start, copy, onClose] = [vi.fn(), vi.fn(), vi.fn()]
  const router = render(<Palette start={start} copy={copy} onClose={onClose} />)
  const field = page.getByRole('combobox', { name: /^Find a/ })
  await field.fill('billing')
  const chosen = page.getByRole('option', { selected: true })
  await expect.element(chosen).toMatchTextContent(/^billing/)
  for (const key of ['Enter', 'Escape', 'Tab', 'ArrowDown']) press(field.element(), key, how)
  await expect.element(chosen).toMatchTextContent(/^billing/)
  expect(onClose).not.toHaveBeenCalled()
  await userEvent.keyboard('{Enter}')
  expect(onClose).toHaveBeenCalledOnce()
  expect(router.state.location.pathname).toBe('/keys/thalassa/nl-01/kms-1')
})

test.each(composed)('keys of an input method (%o) neither clear a search nor run a shortcut', async (how) => {
  fillCache({ keys: [keyWith({ name: 'billing' })] })
  onTestFinished(closeOverlay)
  const router = render(
    <>
      <KeysPage />
      <Overlays />
    </>,
    { path: '/keys?q=bill' },
  )
  const search = page.getByRole('searchbox', { name: 'Search keys' })
  await expect.element(page.getByRole('link', { name: 'billing' })).toBeVisible()
  const help = page.getByRole('dialog', { name: 'Help and shortcuts' })
  // Until the page listens, which is after it is shown, a key that must do nothing would prove nothing.
  await expect
    .poll(() => {
      press(document.body, '?', {})
      return help.elements()
    })
    .toHaveLength(1)
  closeOverlay()
  await expect.element(help).not.toBeInTheDocument()
  press(search.element(), 'Escape', how)
  for (const key of ['?', 'c', '/']) press(document.body, key, how)
  press(document.body, 'k', { ...how, ctrlKey: true })
  await expect.element(search).toHaveValue('bill')
  await expect.element(search).not.toHaveFocus()
  expect(page.getByRole('dialog').elements()).toEqual([])
  expect(router.state.location.pathname).toBe('/keys')
  press(document.body, '?', {})
  await expect.element(help).toBeVisible()
})

test.each(composed)('keys of an input method (%o) do not close a dialog whose text is being typed', async (how) => {
  const onClose = vi.fn()
  render(
    <ConfirmDialog
      title="Delete billing"
      hasFields={false}
      confirmation={{ text: 'billing', missing: 'Type it first.' }}
      code={() => []}
      cancelLabel="Keep it"
      confirmLabel="Delete"
      busyLabel="Deleting"
      danger
      disabledReason={undefined}
      run={async () => undefined}
      describeError={(error) => ({ title: 'Not deleted.', error })}
      onClose={onClose}
    >
      <p>It is gone for good.</p>
    </ConfirmDialog>,
  )
  const field = page.getByRole('dialog').getByRole('textbox')
  await expect.element(field).toHaveFocus()
  press(field.element(), 'Escape', how)
  expect(onClose).not.toHaveBeenCalled()
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})
