import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const panel = (page: Page, name: string) => page.getByRole('region', { name })
const decision = (page: Page, name: string) =>
  panel(page, 'Needs a decision').getByRole('listitem').filter({ hasText: name })
const place = (page: Page, name: string) => panel(page, 'Locations').getByRole('row', { name })
const figure = (page: Page, label: string) =>
  panel(page, 'Keys')
    .getByRole('link')
    .filter({ hasText: new RegExp(`${label}$`) })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })

const noList = { method: 'GET', status: 403, body: '{"message":"Role may not list keys"}' }

test('figures link to their keys, deletions are cancelled, and locations that fail or hang come back', async ({
  page,
  faulty,
}) => {
  const { url, api, upstream } = faulty
  const [soon, later] = await Promise.all([
    api.exoscale.create({ name: 'old-gateway' }),
    api.thalassa.create({ name: 'ledger-2023' }),
    api.thalassa.create({ name: 'card-vault', keyRotationEnabled: true, rotationPeriodInDays: 20 }),
    api.exoscale.create({ name: 'data-lake' }, 'bg-sof-1'),
  ])
  await api.exoscale.act(soon, 'schedule-deletion', { 'delay-days': 7 })
  await api.thalassa.act(later, 'DELETE', '')

  await page.goto(url)
  await expect(heading(page)).toHaveText('2 items need a decision')
  await expect(page.getByText('4 keys in 9 locations', { exact: true })).toBeVisible()
  await expect(place(page, 'bg-sof-1')).toContainText(/Sofia.*1 key.*Available/)
  await expect(figure(page, 'Due in 30 days')).toHaveText('1Due in 30 days')
  await figure(page, 'Pending deletion').click()
  await expect(page).toHaveURL(/\/keys\?status=pending$/)
  await expect(page.getByRole('status').filter({ hasText: /^2 of 4 keys$/ })).toBeAttached()
  await page.goBack()

  await expect(panel(page, 'Needs a decision').getByRole('listitem')).toContainText([
    /old-gateway deletes in [67] days/,
    /ledger-2023 deletes in (29|30) days/,
  ])
  await page.getByRole('button', { name: 'Cancel deletion of old-gateway' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Cancelled the deletion of old-gateway.')).toBeVisible()
  await expect(heading(page)).toHaveText('1 item needs a decision')
  await expect(decision(page, 'old-gateway')).toHaveCount(0)
  await page.keyboard.press('Tab')
  await expect(decision(page, 'ledger-2023').getByRole('link')).toBeFocused()

  await upstream.answerWith({ ...noList, path: '/zone/bg-sof-1/**' })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(decision(page, 'bg-sof-1')).toContainText(/Role may not list keys.*Its keys are from the answer before/)
  await expect(place(page, 'bg-sof-1')).toContainText(/1 key.*Refused/)
  await upstream.hang('/zone/hr-zag-1/**')
  await page.reload()
  await expect(page.getByText('7 of 9 locations answered', { exact: true })).toBeVisible()
  await expect(heading(page)).toHaveText('Overview')
  await expect(place(page, 'hr-zag-1')).toContainText('Waiting')
  await expect(decision(page, 'bg-sof-1')).toContainText('GET /v2/kms-key · 403')
  await upstream.heal()
  await page.getByRole('button', { name: 'Retry bg-sof-1' }).click()
  await expect(decision(page, 'bg-sof-1')).toHaveCount(0)
  await expect(page.getByText('4 keys in 9 locations', { exact: true })).toBeVisible()
})

test('without any answer the page says so once, and Retry reads all', async ({ page, faulty }) => {
  await faulty.upstream.answerWith({ method: 'GET', path: '**', status: 401, body: '{"message":"unauthorized"}' })
  await page.goto(faulty.url)
  await expect(heading(page)).toHaveText('No location answered')
  await faulty.upstream.heal()
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('link', { name: 'Create your first key' })).toBeVisible()
})
