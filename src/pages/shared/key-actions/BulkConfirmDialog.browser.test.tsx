import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from '../../../testing/render.tsx'
import { opaqueKey, versionedKey } from '../testing/provider-keys.ts'
import { BulkConfirmDialog } from './BulkConfirmDialog.tsx'

const dialog = page.getByRole('dialog')
const show = dialog.getByRole('button', { name: 'Show code' })
const shows = (words: RegExp) => expect.element(dialog).toMatchTextContent(words)
const twoKeys = [versionedKey, opaqueKey]

test('the code of a deletion has the chosen days, for each cloud', async () => {
  render(<BulkConfirmDialog action="scheduleDeletion" keys={twoKeys} onStart={() => undefined} />)
  await show.click()
  await expect.element(dialog.getByRole('tablist', { name: 'Code for Thalassa Cloud' })).toBeVisible()
  await dialog.getByRole('button', { name: '7 days' }).click()
  await shows(/--delay-days 7/)
})

test('the code of a rotation has the chosen period, and there is none while it is not valid', async () => {
  render(<BulkConfirmDialog action="setRotation" keys={twoKeys} onStart={() => undefined} />)
  await dialog.getByRole('radio', { name: '180' }).click()
  await show.click()
  await shows(/--rotation-period 180/)
  await dialog.getByRole('radio', { name: 'Other' }).click()
  await expect.element(show).toHaveAccessibleDescription('Choose whole days.')
})
