import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { CallError } from '../../clouds/errors.ts'
import { render } from '../../testing/render.tsx'
import { ConfirmDialog, typeNameOf } from './ConfirmDialog.tsx'

const refused = new CallError({
  reason: 'state',
  message: 'The key is in use.',
  advice: 'Wait until it is free.',
  method: 'DELETE',
  path: '/v1/keys/k',
  status: 409,
})

interface Options {
  run: () => Promise<void>
  confirmation?: { readonly text: string; readonly missing: string }
  disabledReason?: string
}

function renderDialog({ run, confirmation, disabledReason }: Options) {
  const onClose = vi.fn()
  render(
    <ConfirmDialog
      title="Delete billing"
      hasFields={false}
      confirmation={confirmation}
      code={() => []}
      cancelLabel="Keep it"
      confirmLabel="Delete"
      busyLabel="Deleting"
      danger
      disabledReason={disabledReason}
      run={run}
      describeError={(error) => ({ title: 'Not deleted.', error })}
      onClose={onClose}
    >
      <p>It is gone for good.</p>
    </ConfirmDialog>,
  )
  return { onClose, dialog: page.getByRole('dialog', { name: 'Delete billing' }) }
}

const typed = { text: 'billing', missing: 'Type the name of the key first.' }

test('without fields the cancel button has the focus, and Enter runs nothing', async () => {
  const run = vi.fn(async () => undefined)
  const { dialog, onClose } = renderDialog({ run })
  await expect.element(dialog.getByRole('button', { name: 'Keep it' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(onClose).toHaveBeenCalledOnce()
  expect(run).not.toHaveBeenCalled()
})

test('the action runs only after the text was typed', async () => {
  const run = vi.fn(async () => undefined)
  const { dialog } = renderDialog({ run, confirmation: typed })
  const field = dialog.getByRole('textbox')
  await expect.element(field).toHaveFocus()
  await field.fill('billin')
  await userEvent.keyboard('{Enter}')
  const confirm = dialog.getByRole('button', { name: 'Delete' })
  await expect.element(confirm).toHaveAccessibleDescription(typed.missing)
  expect(run).not.toHaveBeenCalled()
  await field.fill('billing')
  await userEvent.keyboard('{Enter}')
  await vi.waitFor(() => expect(run).toHaveBeenCalledOnce())
})

test.each([
  ['billing  archive\u{a0}2 ', ['billing archive 2']],
  ['Schlu\u{308}ssel\u{200b}', ['Schlu\u{308}ssel', 'Schl\u{fc}ssel']],
  // Its first letter only looks like a Latin one.
  ['\u{430}rchive', []],
] as const)('the name “%s” is typed as it is seen, or copied from the dialog', async (name, texts) => {
  const { dialog } = renderDialog({ run: async () => undefined, confirmation: typeNameOf({ name, id: 'kms-1' }) })
  const field = dialog.getByRole('textbox')
  const confirm = dialog.getByRole('button', { name: 'Delete' })
  await expect.element(field).toHaveFocus()
  const shown = dialog.element().querySelector('bdi')
  getSelection()?.selectAllChildren(shown ?? document.body)
  const copied = String(getSelection())
  for (const text of [...texts, copied, name]) {
    await field.fill('archive')
    await expect.element(confirm).toHaveAttribute('aria-disabled', 'true')
    await field.fill(text)
    await expect.element(confirm).not.toHaveAttribute('aria-disabled')
  }
})

test('the id is typed where nothing of the name is visible', async () => {
  const { dialog } = renderDialog({
    run: async () => undefined,
    confirmation: typeNameOf({ name: '\u{200b} ', id: 'kms-1' }),
  })
  const confirm = dialog.getByRole('button', { name: 'Delete' })
  await expect.element(confirm).toHaveAccessibleDescription('Type the id of the key first.')
  await dialog.getByRole('textbox', { name: /kms-1/ }).fill('kms-1')
  await expect.element(confirm).not.toHaveAttribute('aria-disabled')
})

test('a reason why the action is impossible comes before the missing text', async () => {
  const { dialog } = renderDialog({ run: async () => undefined, confirmation: typed, disabledReason: 'Read-only.' })
  await expect.element(dialog.getByRole('button', { name: 'Delete' })).toHaveAccessibleDescription('Read-only.')
})

test('while the action runs it can neither be closed nor started again', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const run = vi.fn(() => promise)
  const { dialog, onClose } = renderDialog({ run, confirmation: typed })
  await dialog.getByRole('textbox').fill('billing')
  const form = dialog.element().querySelector('form')
  form?.requestSubmit()
  form?.requestSubmit()
  await expect.element(dialog.getByRole('button', { name: 'Deleting' })).toHaveAttribute('aria-busy', 'true')
  await userEvent.keyboard('{Escape}')
  form?.requestSubmit()
  expect(onClose).not.toHaveBeenCalled()
  expect(run).toHaveBeenCalledOnce()
  resolve()
  await expect.element(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeVisible()
})

test('a refusal keeps the dialog and its text, and a second attempt removes it', async () => {
  const second = Promise.withResolvers<void>()
  const run = vi
    .fn(() => second.promise)
    .mockImplementationOnce(async () => {
      throw refused
    })
  const { dialog, onClose } = renderDialog({ run, confirmation: typed })
  await dialog.getByRole('textbox').fill('billing')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  const alert = dialog.getByRole('alert')
  await expect
    .element(alert)
    .toHaveTextContent('Not deleted. The key is in use. Wait until it is free.DELETE /v1/keys/k · 409')
  await expect.element(dialog.getByRole('textbox')).toHaveValue('billing')
  expect(onClose).not.toHaveBeenCalled()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.element(dialog.getByRole('button', { name: 'Deleting' })).toBeVisible()
  await expect.element(alert).not.toBeInTheDocument()
  second.resolve()
})
