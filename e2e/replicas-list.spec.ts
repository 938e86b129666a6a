import { expect, test, uniqueName } from './fixtures.ts'
import { pathIn, replicated, zone } from './replicas-page.ts'

const home = 'ch-gva-2'
const other = 'de-fra-1'

test('replicas are rows of the list, and a cancelled deletion offers Enable', async ({ page, api }) => {
  await test.step('a row per zone', async () => {
    const name = uniqueName('spread')
    const key = await replicated(api, name, other, 'at-vie-1')
    await page.goto(pathIn(home, key, '?tab=replicas'))
    await expect(zone(page, other)).toContainText('Current')
    await expect(zone(page, 'at-vie-1')).toContainText('Current')
    await api.exoscale.act(key, 'disable', undefined, other)

    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    const row = page.getByRole('row', { name })
    await expect(row).toHaveCount(3)
    const at = (location: string) => row.filter({ has: page.getByText(location, { exact: true }) })
    await expect(at(home)).toContainText(/\+2.*Active.*Multi-zone/)
    await expect(at(other)).toContainText(/Disabled.*Replica/)
    await expect(page.getByRole('status').filter({ hasText: /^3 of \d+ keys$/ })).toBeAttached()
    const also = at(home).getByRole('button', { name: /also in at-vie-1 and de-fra-1/ })
    await also.focus()
    await expect(page.getByText('Also in at-vie-1 and de-fra-1')).toBeVisible()

    await page.goto(`/keys?q=${encodeURIComponent(name)}&location=${other}`)
    await expect(row).toHaveCount(1)
    await expect(row).toContainText(/de-fra-1.*Disabled/)
    await expect(row.getByRole('link', { name })).toHaveAttribute('href', pathIn(other, key))
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await expect(page.getByRole('menuitem', { name: 'Rotate now…' })).toContainText('Do it on the primary in ch-gva-2.')
    await page.getByRole('menuitem', { name: 'Enable', exact: true }).click()
    await expect(row).toContainText('Active')
  })

  await test.step('one row for a key that is equal in all zones', async () => {
    await page.goto('/keys?q=exoscale-default')
    const row = page.getByRole('row', { name: 'exoscale-default' })
    await expect(row).toHaveCount(1)
    await expect(row).toContainText(/\+7.*Active/)
    await page.goto(`/keys?q=exoscale-default&location=${other}`)
    await expect(row).toContainText(/de-fra-1\+7/)
  })

  await test.step('Enable in the notification of a cancelled deletion', async () => {
    const name = uniqueName('cancelled')
    const key = await api.exoscale.create({ name })
    await api.exoscale.act(key, 'schedule-deletion', { 'delay-days': 7 })
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Cancel deletion' }).click()
    const row = page.getByRole('row', { name })
    await expect(row).toContainText('Disabled')
    const told = page.getByRole('region', { name: 'Notifications' })
    await expect(told).toContainText('It is disabled now: enable it to use it.')
    await told.getByRole('button', { name: 'Enable' }).click()
    await expect(row).toContainText('Active')
  })
})

test('a replica stands in for a primary whose zone is missing, in table and cards', async ({ page, faulty }) => {
  const key = await replicated(faulty.api, 'orphaned', other)
  await page.goto(faulty.url + pathIn(home, key, '?tab=replicas'))
  await expect(zone(page, other)).toContainText('Current')
  await faulty.upstream.answerWith({ method: 'GET', path: '/zone/ch-gva-2/v2/kms-key**', status: 503, body: '{}' })
  await page.goto(`${faulty.url}/keys`)
  await expect(page.getByRole('row', { name: 'orphaned' })).toContainText(/de-fra-1\+1/)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('listitem').filter({ hasText: 'orphaned' })).toContainText(/de-fra-1\+1/)

  await page.goto(faulty.url + pathIn(other, key, '?tab=replicas'))
  await expect(page.getByRole('alert')).toContainText(`The primary in ${home} could not be read`)
  await faulty.upstream.heal()
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(zone(page, other)).toContainText('Current')
})
