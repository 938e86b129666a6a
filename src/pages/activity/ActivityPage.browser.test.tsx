/** States of the activity list, with answers in place of a server. */
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { render } from '../../testing/render.tsx'
import ActivityPage from './ActivityPage.tsx'

const entry = (eventID: string, action: string, createdAt: string) => ({
  createdAt,
  eventID,
  action,
  resourceType: 'kms_key',
  resourceIdentity: 'kms-1',
  user: { name: 'Ada' },
  userIdentity: 'usr-1',
  context: { outcome: action === 'kms.encrypt' ? 'failure' : 'success', region: 'nl-01' },
})
const attested = entry('event-1', 'kms.attest', '2026-05-30T09:00:00Z')

const logCall = (page: number) => `GET /api/thalassa/v1/audit?page=${page}&limit=100&resourceType=kms_key`
const log = (pages: number, ...items: readonly object[]) => ({ body: { items, page: 1, totalPages: pages } })

function open(answers: Answers, path = '/activity') {
  answerCalls({ 'GET /api/thalassa/v1/kms/summary': { body: { featureEnabled: true, regions: [] } }, ...answers })
  return render(<ActivityPage />, { path })
}

beforeEach(async () => {
  await page.viewport(1280, 720)
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [{ id: 'thalassa', mode: 'live' }],
  })
})

const rows = () => page.getByRole('table', { name: 'Activity' }).getByRole('row')
const more = () => page.getByRole('button', { name: 'Load more' })

test('a log in order of time is read no further than the chosen time', async () => {
  const fresh = entry('event-2', 'kms.encrypt', new Date().toISOString())
  const { navigate } = open({ [logCall(1)]: log(10, fresh, attested) })
  await expect.element(rows().filter({ hasText: 'kms.attest' })).toMatchTextContent(/Other.*nl-01.*OK.*Audit log/)
  await expect.element(more()).toBeVisible()
  await navigate('/activity?time=hour')
  await expect.element(page.getByText('Older events are outside the chosen time.')).toBeVisible()
  await expect.element(rows().filter({ hasText: 'kms.encrypt' })).toBeVisible()
  await expect.element(rows().filter({ hasText: 'kms.attest' })).not.toBeInTheDocument()
  await expect.element(more()).not.toBeInTheDocument()
})

test('a skeleton stands for a log on its way', async () => {
  open({ [logCall(1)]: 'none' })
  await expect.element(page.getByRole('table', { name: 'Activity' })).toHaveAttribute('aria-busy', 'true')
})

test('an empty list says whether older events may follow', async () => {
  open({ [logCall(1)]: log(2), [logCall(2)]: log(2) })
  await expect.element(page.getByRole('heading', { name: 'Nothing has happened lately' })).toBeVisible()
  await more().click()
  await expect.element(page.getByRole('heading', { name: 'Nothing has happened yet' })).toBeVisible()
  await expect.element(more()).not.toBeInTheDocument()
})

test('on a narrow screen events are cards, and filters stand on a sheet', async () => {
  await page.viewport(390, 844)
  const encrypted = entry('event-2', 'kms.encrypt', '2026-05-30T10:00:00Z')
  const router = open({ [logCall(1)]: log(1, encrypted, attested) })
  const cards = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
  await expect.element(cards.first()).toMatchTextContent(/Encrypt.*nl-01.*UTC.*Ada.*Failed.*Audit log/)
  await cards
    .first()
    .getByRole('button', { name: /^Details of/ })
    .click()
  await expect.element(page.getByText('event-2')).toBeVisible()
  expect(document.documentElement.scrollWidth).toBe(390)
  await page.getByRole('button', { name: 'Filters', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByRole('checkbox', { name: /^Failed/ }).click()
  await sheet.getByRole('button', { name: 'Show 1 event' }).click()
  await expect.element(cards).toHaveLength(1)
  expect(router.state.location.search).toBe('?result=failed')
})

test('details of an event are opened, closed and left with the keyboard', async () => {
  const encrypted = { ...entry('event-2', 'kms.encrypt', '2026-05-30T10:00:00Z'), context: { clientIP: '192.0.2.7' } }
  open({ [logCall(1)]: log(1, encrypted) })
  const details = rows().getByRole('button', { name: /^Details of/ })
  await expect.element(details).toBeVisible()
  details.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(details).toHaveAttribute('aria-expanded', 'true')
  await expect.element(page.getByText('event-2')).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('event-2')).not.toBeInTheDocument()
  await userEvent.keyboard('{Tab}')
  await expect.element(details).not.toHaveFocus()
})
