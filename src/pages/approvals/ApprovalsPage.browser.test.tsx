/** Requests for approval as their asker, another operator and a viewer see them, with answers in place of a server. */
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import type { Approval } from '../../clouds/gateway/approvals.ts'
import type { Session } from '../../clouds/gateway/wire.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { HOUR } from '../../lib/dates.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { render } from '../../testing/render.tsx'
import ApprovalsPage from './ApprovalsPage.tsx'

const list = 'GET /api/approvals'

const waiting: Approval = {
  id: 'a-1',
  state: 'waiting',
  kind: 'deletion',
  asker: { subject: 'linus', name: 'Linus Pauling' },
  reason: 'its service was switched off',
  askedAt: Date.now() - 2 * HOUR,
  expiresAt: Date.now() + 22 * HOUR,
  provider: 'thalassa',
  method: 'DELETE',
  path: '/v1/kms/nl-01/keys/kms-1',
  location: 'nl-01',
  key: { id: 'kms-1', name: 'payments-db' },
  revealsSecret: false,
}
const decision = { by: { subject: 'grace', name: 'Grace Hopper' }, at: Date.now() }
const exported: Approval = { ...waiting, id: 'a-2', state: 'approved', kind: 'export', revealsSecret: true, decision }
const declined: Approval = { ...waiting, id: 'a-3', state: 'declined', decision: { ...decision, note: 'still in use' } }

const session: Session = {
  version: '1.0.0',
  readOnly: false,
  clouds: [{ id: 'thalassa', mode: 'embedded', organisation: 'o-1' }],
  grants: [
    { group: 'sre', role: 'operator' },
    { group: '*', role: 'viewer' },
  ],
  needs: { scheduleDeletion: 'operator', export: 'admin' },
  approvals: ['deletion', 'export'],
}

function open(subject: string, role: 'operator' | 'viewer', answers: Answers = {}, path = '/approvals') {
  const grants = [{ group: 'g', role }]
  const person = { subject, name: subject, grants, canSignOut: true }
  queryClient.setQueryData(queries.session().queryKey, { ...session, person })
  const sent = answerCalls({ [list]: { body: { approvals: [waiting, exported, declined] } }, ...answers })
  render(<ApprovalsPage />, { path })
  return sent
}

beforeEach(() => page.viewport(1280, 900))

const request = (text: string) => page.getByRole('listitem').filter({ hasText: text })
const button = (name: string) => page.getByRole('button', { name, exact: true })

test('another operator approves with a note, and sees what it leads to', async () => {
  const done: Approval = { ...waiting, state: 'done', decision }
  const sent = open('grace', 'operator', { 'POST /api/approvals/a-1': { body: done } })
  await expect
    .element(request('Schedule deletion of payments-db').first())
    .toMatchTextContent(/Waiting.*Thalassa Cloud, nl-01.*Linus Pauling: its service was switched off.*expires in 22 h/)
  await expectAccessible()
  await button('Approve').click()
  const dialog = page.getByRole('dialog', { name: 'Approve: Schedule deletion of payments-db' })
  await expect.element(dialog).toMatchTextContent('The console carries it out at once, exactly as asked for.')
  await expectAccessible()
  await dialog.getByRole('textbox', { name: 'Note' }).fill(' agreed ')
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  expect(sent.find(({ call }) => call === 'POST /api/approvals/a-1')?.body).toEqual({
    decision: 'approve',
    note: 'agreed',
  })
})

test('the person who asked can withdraw, and is told what to do with an approved export', async () => {
  open('linus', 'operator')
  await expect
    .element(request('Export payments-db'))
    .toMatchTextContent(/Grace Hopper approved it. You can do it once now/)
  await expect
    .element(page.getByRole('link', { name: 'Open key' }))
    .toHaveAttribute('href', '/keys/thalassa/nl-01/kms-1')
  await expect.element(button('Withdraw').first()).toBeVisible()
  await expect.element(button('Approve')).not.toBeInTheDocument()
  await expect.element(request('Declined')).toMatchTextContent('Grace Hopper declined it: still in use')
})

test('without the role nobody decides, and the reason is said', async () => {
  open('rosa', 'viewer')
  await expect.element(button('Approve')).toHaveAttribute('aria-disabled', 'true')
  await expect
    .element(button('Approve'))
    .toHaveAccessibleDescription('This needs the role operator. Groups with it: sre.')
  await expect.element(button('Withdraw')).not.toBeInTheDocument()
})

test('one that has expired says whether it was approved', async () => {
  const late: Approval[] = [
    { ...waiting, state: 'expired' },
    { ...exported, state: 'expired' },
  ]
  open('grace', 'operator', { [list]: { body: { approvals: late } } })
  await expect.element(request('Schedule deletion')).toMatchTextContent('It was not decided in time. Ask again.')
  await expect.element(request('Export payments-db')).toMatchTextContent('It was not used in time. Ask again.')
})

test('nothing to approve', async () => {
  open('grace', 'operator', { [list]: { body: { approvals: [] } } })
  await expect.element(page.getByRole('heading', { name: 'Nothing waits for an approval' })).toBeVisible()
  await expectAccessible()
})

test('a list that can’t be read', async () => {
  open('grace', 'operator', { [list]: { status: 400, body: {} } })
  await expect.element(page.getByRole('heading', { name: 'The approvals could not be read' })).toBeVisible()
  await expectAccessible()
})

test('a refused decision stays in the dialog with the reason', async () => {
  const problem = {
    type: '#/gateway/approval-state',
    title: 'Not Possible Now',
    status: 409,
    detail: 'The request was declined already.',
  }
  open('grace', 'operator', { 'POST /api/approvals/a-1': { status: 409, body: problem } })
  await button('Approve').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect.element(page.getByRole('dialog')).toMatchTextContent('The request was declined already.')
})
