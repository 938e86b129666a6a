import { Copy } from 'lucide-react'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useCopy } from '../pages/shared/use-copy.ts'
import { expectAccessible } from '../testing/accessibility.ts'
import { leaveSecureContext, refuseClipboard } from '../testing/limited-browser.ts'
import { render } from '../testing/render.tsx'
import { Button } from './Button.tsx'
import { CopyButton } from './CopyButton.tsx'
import { Dialog } from './Dialog.tsx'

const text = 'export EXOSCALE_API_SECRET=…\nnpm start'
const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = page.getByRole('textbox', { name: 'Text to copy' })
const selected = () => {
  const { value, selectionStart, selectionEnd } = field.element() as HTMLTextAreaElement
  return value.slice(selectionStart, selectionEnd)
}

test('a copied text is confirmed', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  render(<CopyButton text={() => text} label="Copy command" />)
  await button('Copy command').click()
  await expect.element(page.getByRole('status').filter({ hasText: /^Copied$/ })).toBeInTheDocument()
  expect(write).toHaveBeenCalledWith(text)
})

test.each([
  ['over plain http', leaveSecureContext, /only on https pages and on localhost\./],
  ['where the browser refuses', refuseClipboard, /The browser did not copy: its settings/],
] as const)('%s the text is selected to be copied by hand, and the reason is told', async (_, limit, reason) => {
  limit()
  render(<CopyButton text={text} label="Copy command" look="button" />)
  await button('Copy command').click()
  const dialog = page.getByRole('dialog', { name: 'Copy command' })
  await expect.element(dialog).toMatchTextContent(reason)
  await expect.element(field).toHaveFocus()
  await expect.element(field).toHaveAccessibleDescription(/^The text is selected: press (Ctrl\+|⌘ )C, or/)
  expect(selected()).toBe(text)
  await expectAccessible()
  document.execCommand('copy')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(page.getByText('Copied').first()).toBeInTheDocument()
  await expect.element(button('Copy command')).toHaveFocus()
})

test('inside a dialog, the text opens over it and closes alone', async () => {
  leaveSecureContext()
  const onClose = vi.fn()
  render(
    <Dialog open onClose={onClose} title="Store the secret">
      <CopyButton text="secret" label="Copy secret" look="button" />
    </Dialog>,
  )
  await button('Copy secret').click()
  await expect.element(field).toHaveFocus()
  expect(selected()).toBe('secret')
  await userEvent.keyboard('{Escape}')
  await expect.element(field).not.toBeInTheDocument()
  expect(onClose).not.toHaveBeenCalled()
  await expect.element(page.getByRole('dialog', { name: 'Store the secret' })).toBeVisible()
})

test('a secret is taken off the page when it is left', async () => {
  leaveSecureContext()
  render(<CopyButton text="secret" label="Copy secret" />)
  await button('Copy secret').click()
  await expect.element(field).toBeVisible()
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  expect(document.querySelector('textarea')).toBeNull()
})

function MenuEntry() {
  const { copy, copyDialog } = useCopy()
  return (
    <>
      <Button icon={Copy} onClick={() => copy('id of billing', 'kms-1')}>
        Copy id
      </Button>
      {copyDialog}
    </>
  )
}

test('what is copied without a button of its own has the same dialog, and a toast once it is copied', async () => {
  refuseClipboard()
  render(<MenuEntry />)
  await button('Copy id').click()
  await expect.element(page.getByRole('dialog', { name: 'Copy id of billing' })).toBeVisible()
  await expect.element(field).toHaveFocus()
  document.execCommand('copy')
  await expect.element(page.getByText('Copied the id of billing.')).toBeVisible()
})
