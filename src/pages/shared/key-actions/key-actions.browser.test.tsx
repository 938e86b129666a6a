/** Confirmations and notifications of actions on keys with replicas, with answers in place of a server. */
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../../app/query-client.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { answerCalls } from '../../../clouds/testing/answers.ts'
import { render } from '../../../testing/render.tsx'
import { keyWith } from '../testing/key.ts'
import type { KeyAction } from './actions.ts'
import { useKeyActions } from './use-key-actions.tsx'

const home = 'ch-gva-2'

const keyIn = (location: string, members: Partial<KmsKey>) =>
  keyWith({ cloud: 'exoscale', location, originZone: home, id: 'k-1', name: 'spread', ...members })
const primary = keyIn(home, { traits: ['multi-zone'], replicas: ['de-fra-1'] })
const replica = keyIn('de-fra-1', { traits: ['replica'] })
const pending = keyIn(home, { status: 'pending-deletion' })

function Actions({ action, of: key }: { action: KeyAction; of: KmsKey }) {
  const { start, dialog } = useKeyActions()
  return (
    <>
      <button type="button" onClick={() => start(action, key)}>
        Start
      </button>
      {dialog}
    </>
  )
}

beforeEach(() => {
  queryClient.setQueryData(queries.session().queryKey, { version: '1.0.0', readOnly: false, clouds: [] })
})

test.each([
  ['rotate', primary, /The next automatic date does not change\..*Its replica in de-fra-1 gets the new version/],
  ['disable', primary, /stop now in ch-gva-2.*Its replica in de-fra-1 does not change/],
  ['disable', replica, /stop now in de-fra-1.*Other zones do not change\./],
  ['scheduleDeletion', primary, /Its replica in de-fra-1 is deleted too/],
] as const)('%s: the dialog tells what happens in other zones (%#)', async (action, key, words) => {
  render(<Actions action={action} of={key} />)
  await page.getByRole('button', { name: 'Start' }).click()
  await expect.element(page.getByRole('dialog')).toMatchTextContent(words)
})

test('a cancelled deletion that leaves the key disabled offers Enable in its notification', async () => {
  const path = `POST /api/exoscale/${home}/kms-key/k-1`
  const success = { body: { id: 'k-1', state: 'success' } }
  const sent = answerCalls({ [`${path}/cancel-deletion`]: success, [`${path}/enable`]: success })
  render(<Actions action="cancelDeletion" of={pending} />)
  await page.getByRole('button', { name: 'Start' }).click()
  const told = page.getByRole('region', { name: 'Notifications' })
  await expect.element(told).toMatchTextContent('It is disabled. Enable it to use it.')
  await expect
    .element(told.getByRole('link', { name: 'Open key' }))
    .toHaveAttribute('href', `/keys/exoscale/${home}/k-1`)
  await told.getByRole('button', { name: 'Enable' }).click()
  await expect.element(told).toMatchTextContent('Enabled spread.')
  expect(sent.map(({ call }) => call)).toEqual([`${path}/cancel-deletion`, `${path}/enable`])
})

test('the message after a key was disabled is a status, and takes it back', async () => {
  const path = `POST /api/exoscale/${home}/kms-key/k-1`
  const success = { body: { id: 'k-1', state: 'success' } }
  const sent = answerCalls({ [`${path}/disable`]: success, [`${path}/enable`]: success })
  render(<Actions action="disable" of={primary} />)
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  const told = page.getByRole('status').filter({ hasText: 'Disabled spread.' })
  await expect.element(told).toBeVisible()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await told.getByRole('button', { name: 'Undo' }).click()
  await expect.element(page.getByRole('status').filter({ hasText: 'Enabled spread.' })).toBeVisible()
  expect(sent.map(({ call }) => call)).toEqual([`${path}/disable`, `${path}/enable`])
})

test('the notification of a scheduled deletion has the date of the provider, and cancels it', async () => {
  const path = `POST /api/exoscale/${home}/kms-key/k-1`
  const success = { body: { id: 'k-1', state: 'success' } }
  const sent = answerCalls({ [`${path}/schedule-deletion`]: success, [`${path}/cancel-deletion`]: success })
  queryClient.setQueryData(queries.key(addressOf(primary)).queryKey, {
    ...primary,
    destroyedAt: Date.UTC(2031, 0, 2, 3, 4),
  })
  render(<Actions action="scheduleDeletion" of={primary} />)
  await page.getByRole('button', { name: 'Start' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^Type/ }).fill('spread')
  await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
  const told = page.getByRole('region', { name: 'Notifications' })
  await expect.element(told).toMatchTextContent(/Deletes on 2 Jan 2031/)
  await told.getByRole('button', { name: 'Cancel deletion' }).click()
  await expect.element(told).toMatchTextContent('Cancelled the deletion of spread.')
  expect(sent.map(({ call }) => call)).toEqual([`${path}/schedule-deletion`, `${path}/cancel-deletion`])
})

test('a notification on the page of its own key has no link to it', async () => {
  answerCalls({ [`POST /api/exoscale/${home}/kms-key/k-1/cancel-deletion`]: { body: { id: 'k-1', state: 'success' } } })
  const router = render(<Actions action="cancelDeletion" of={pending} />, { path: `/keys/exoscale/${home}/k-1` })
  await page.getByRole('button', { name: 'Start' }).click()
  const told = page.getByRole('region', { name: 'Notifications' })
  await expect.element(told).toMatchTextContent('Cancelled the deletion of spread.')
  await expect.element(told.getByRole('link', { name: 'Open key' })).not.toBeInTheDocument()
  await router.navigate('/keys')
  await expect.element(told.getByRole('link', { name: 'Open key' })).toBeVisible()
})
