import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { answerCalls } from '../../../clouds/testing/answers.ts'
import { fillCache } from '../../../testing/query-cache.ts'
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

test('where deletions need a second person, a reason is given once, and each key is asked for', async () => {
  fillCache({ keys: [versionedKey], approvals: ['deletion'] })
  const needed = {
    type: '#/gateway/approval-needed',
    title: 'Approval Needed',
    status: 403,
    detail: 'A second person.',
  }
  const approval = {
    id: 'a-1',
    state: 'waiting',
    kind: 'deletion',
    asker: { subject: 'linus', name: 'Linus' },
    reason: 'gone',
    askedAt: 0,
    expiresAt: 1,
    provider: versionedKey.cloud,
    method: 'DELETE',
    path: '/x',
    revealsSecret: false,
  }
  const sent = answerCalls({
    'DELETE /api/*': { status: 403, body: needed },
    'POST /api/approvals': { status: 201, body: approval },
  })
  render(<BulkConfirmDialog action="scheduleDeletion" keys={[versionedKey]} onStart={() => undefined} />)
  const ask = dialog.getByRole('button', { name: 'Ask for approval to delete 1 key' })
  await expect.element(ask).toHaveAccessibleDescription('Enter a reason first.')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('services were switched off')
  await ask.click()
  await expect
    .poll(() => sent.find(({ call }) => call === 'POST /api/approvals')?.body)
    .toMatchObject({
      provider: versionedKey.cloud,
      method: 'DELETE',
      reason: 'services were switched off',
    })
  await expect.element(page.getByText('Asked for approval to delete 1 key.')).toBeVisible()
})
