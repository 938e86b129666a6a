import { activityPath, details, rows, table } from './activity-page.ts'
import { expectNoOverflow } from './fits.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import { exoscalePath, thalassaPath } from './key-page.ts'

const noLog = { method: 'GET', path: '/v1/audit**', status: 403, body: '{"message":"audit log is not for this role"}' }

test('a log that can’t be read is named beside this session’s requests, and Retry reads it', async ({
  page,
  faulty,
}) => {
  const name = uniqueName('unread')
  const key = await faulty.api.thalassa.create({ name })
  await faulty.upstream.answerWith(noLog)
  await page.goto(`${faulty.url}${thalassaPath(key)}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Disable…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('This key is disabled.')).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click()

  const banner = page.getByRole('status').filter({ hasText: 'could not be read' })
  await expect(banner).toContainText('The audit log of Thalassa Cloud could not be read.')
  await expect(banner).toContainText('GET /v1/audit?page=1')
  await expect(banner).toContainText('403')
  await expect(rows(page, name)).toContainText(/Disable.*OK.*This visit/)
  await expect(rows(page, 'Read audit log').first()).toContainText('Failed, 403')
  await expectAccessible(page)
  await faulty.upstream.heal()
  await banner.getByRole('button', { name: 'Retry' }).click()
  await expect(rows(page, name).filter({ hasText: 'Create key' })).toBeVisible()
  await expect(banner).toBeHidden()
})

test('a failure to read older events keeps the others', async ({ page, faulty }) => {
  const name = uniqueName('older')
  const key = await faulty.api.thalassa.create({ name })
  await Promise.all(Array.from({ length: 55 }, () => faulty.api.thalassa.encrypt(key, 'x')))
  await faulty.upstream.answerWith({ ...noLog, path: '/v1/audit?page=2**' })
  await page.goto(`${faulty.url}/activity`)
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByRole('alert')).toContainText('Older events could not be read.')
  await expect(rows(page, name)).toHaveCount(100)
  await faulty.upstream.heal()
  await page.getByRole('button', { name: 'Retry' }).click()
  // One log has no more; the other, read by spans of time, has one further back.
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByText('That is all there is.')).toBeVisible()
  await expect(rows(page, name).last()).toContainText('Create key')
})

test('a skeleton stands for the log while it loads', async ({ page, faulty }) => {
  await faulty.upstream.hang('/v1/audit**')
  await page.goto(`${faulty.url}/activity`)
  await expect(table(page)).toHaveAttribute('aria-busy', 'true')
})

test('an empty log shows an empty state', async ({ page, emptyServer }) => {
  await page.goto(`${emptyServer.url}/activity`)
  await expect(page.getByRole('heading', { name: 'Nothing has happened lately' })).toBeVisible()
  // The log of one cloud is asked for by spans of time, each further back.
  await page.getByRole('button', { name: 'Load more' }).click()
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing has happened yet' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden()
})

test('without permission for Exoscale’s log this session’s requests are listed', async ({ page, faulty }) => {
  const key = await faulty.api.exoscale.create({ name: uniqueName('unread') })
  await faulty.upstream.answerWith({
    method: 'GET',
    path: '**/v2/event**',
    status: 403,
    body: '{"message":"Forbidden by role policy for compute"}',
  })
  await page.goto(`${faulty.url}${exoscalePath(key)}?tab=activity`)
  const banner = page.getByRole('status').filter({ hasText: 'could not be read' })
  await expect(banner).toContainText('The audit log of Exoscale could not be read.')
  await expect(banner).toContainText('Forbidden by role policy for compute.')
  await expect(banner).toContainText('This visit’s requests are listed.')
  await page.getByRole('button', { name: 'Rotate now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  const own = rows(page, 'Rotate', 'Activity of this key')
  await expect(own).toContainText(/POST …\/rotate.*OK.*This visit/)
  await faulty.upstream.heal()
  await banner.getByRole('button', { name: 'Retry' }).click()
  await expect(own.filter({ hasText: 'rotate-kms-key' })).toContainText('Audit log')
  await expect(banner).toBeHidden()
})

test('a wrong clock of the gateway is named first', async ({ page, faulty }) => {
  const key = await faulty.api.exoscale.create({ name: uniqueName('late') })
  const refusal = { method: 'GET', path: '**/v2/event**', status: 403, body: '{"message":"Request expired"}' }
  await faulty.upstream.answerWith({
    ...refusal,
    headers: { date: new Date(Date.now() + 12 * 60_000).toUTCString() },
  })
  await page.goto(`${faulty.url}${exoscalePath(key)}?tab=activity`)
  const banner = page.getByRole('status').filter({ hasText: 'could not be read' })
  await expect(banner).toContainText(
    'The gateway’s clock is 12 minutes behind Exoscale’s. Set it right first. Exoscale answered: Request expired.',
  )
  await faulty.upstream.heal()
  await faulty.upstream.answerWith(refusal)
  await banner.getByRole('button', { name: 'Retry' }).click()
  await expect(banner).toContainText('Request expired. Check, in this order: the clock')
})

test('works by keyboard, and fits a narrow screen', async ({ page, api }) => {
  const name = uniqueName('accessible')
  const key = await api.thalassa.create({ name })
  await api.thalassa.encrypt(key, 'x')
  await api.thalassa.act(key, 'POST', '/disable')
  await expect(api.thalassa.encrypt(key, 'x')).rejects.toThrow('400')
  await page.goto(activityPath(key))
  const first = rows(page, name).first()
  await details(first).focus()
  await page.keyboard.press('Enter')
  await expect(details(first)).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByText('Client address')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Client address')).toBeHidden()
  await page.keyboard.press('Tab')
  await expect(first.getByRole('link', { name })).toBeFocused()

  await page.setViewportSize({ width: 390, height: 844 })
  const cards = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
  await expect(cards.filter({ hasText: 'Failed, 400' })).toContainText(/Encrypt.*nl-01.*UTC.*Administrator.*Audit log/)
  await details(cards.first()).click()
  await expectNoOverflow(page)
  await page.getByRole('button', { name: 'Filters, 1 set' }).click()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByRole('checkbox', { name: /^Failed/ }).check()
  await sheet.getByRole('button', { name: 'Show 2 events' }).click()
  await expect(cards).toHaveCount(2)
  await expect(page).toHaveURL(/result=failed/)

  await page.goto(`${thalassaPath(key)}?tab=activity`)
  await expect(page.getByRole('list', { name: 'Activity of this key' }).getByRole('listitem').first()).toBeVisible()
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(table(page, 'Activity of this key')).toBeVisible()
})
