import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectAccessible } from '../../testing/accessibility.ts'
import { render } from '../../testing/render.tsx'
import DesignPage from './DesignPage.tsx'

test('every component is accessible in both themes', async () => {
  render(<DesignPage />)
  await expect.element(page.getByRole('heading', { name: 'Feedback', exact: true })).toBeVisible()
  await expect.element(page.getByRole('progressbar', { name: 'Rotating keys' })).toBeVisible()
  await expectAccessible()
})

test('a busy dialog does not close on Escape', async () => {
  render(<DesignPage />)
  await page.getByRole('button', { name: 'Busy, refuses to close' }).click()
  const dialog = page.getByRole('dialog', { name: 'Disable app-config' })
  await expect.element(dialog.getByRole('button', { name: 'Disabling' })).toHaveAttribute('aria-busy', 'true')
  await userEvent.keyboard('{Escape}')
  await dialog.getByRole('button', { name: 'Let it answer' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
})
