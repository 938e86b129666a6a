import { button, exoscaleNamed, field, goToName, summary, thalassaNamed } from './create-key-page.ts'
import { dialog } from './faults-journey.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import { exoscalePath, thalassaPath } from './key-page.ts'

test('a creation with a lost answer reports that the key may exist, and finds it', async ({ page, faulty }) => {
  const name = uniqueName('Maybe')
  await goToName(page, name, 'Thalassa Cloud', 'nl-01', faulty.url)
  await faulty.upstream.loseAnswer('POST', '**/kms/nl-01/keys')
  await button(page, 'Create key').click()
  const alert = summary(page).getByRole('alert')
  await expect(alert).toContainText(`${name} may have been created: the answer was lost.`)
  await expect(alert).toContainText('Thalassa Cloud can’t be reached')
  await expect(alert).toContainText('POST /v1/kms/nl-01/keys · 502')
  await expect(alert).toContainText(`nl-01 lists ${name} now`)
  expect(await thalassaNamed(faulty.api, name)).toHaveLength(1)
  await expectAccessible(page)
  await alert.getByRole('link', { name: 'open that key' }).click()
  await expect(dialog(page)).toContainText('The key may exist.')
  await button(page, 'Discard and leave').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a creation that never arrived is searched for, and can be sent again', async ({ page, faulty }) => {
  const name = uniqueName('Never')
  await goToName(page, name, 'Exoscale', 'ch-gva-2', faulty.url)
  await faulty.upstream.goDown('**/zone/ch-gva-2/**')
  await button(page, 'Create key').click()
  const alert = summary(page).getByRole('alert')
  await expect(alert).toContainText(`${name} may have been created: the answer was lost.`)
  await expect(alert).toContainText('The keys of ch-gva-2 could not be read.')
  await faulty.upstream.heal()
  await alert.getByRole('button', { name: 'Look again' }).click()
  await expect(alert).toContainText('ch-gva-2 lists no key with this name yet.')
  await expect(field(page, 'Name')).toHaveValue(name)
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  expect(await exoscaleNamed(faulty.api, name, 'ch-gva-2')).toHaveLength(1)
})

test('a created key that could not be read is found', async ({ page, faulty }) => {
  const name = uniqueName('Unread')
  await goToName(page, name, 'Exoscale', 'ch-gva-2', faulty.url)
  await faulty.upstream.answerWith({ method: 'GET', path: '**/kms-key/*', status: 403, body: '{"message":"no"}' })
  await button(page, 'Create key').click()
  const alert = summary(page).getByRole('alert')
  await expect(alert).toContainText(`${name} may have been created`)
  await expect(alert.getByRole('link', { name: 'open that key' })).toBeVisible()
})

test('an action with a lost answer is reported as unknown', async ({ page, faulty }) => {
  const name = 'turned'
  const key = await faulty.api.thalassa.create({ name })
  await page.goto(faulty.url + thalassaPath(key))
  await button(page, 'Rotate now').click()
  await faulty.upstream.loseAnswer('POST', '**/rotate')
  await dialog(page).getByRole('button', { name: 'Rotate now' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('The result is unknown.')
  await expect(dialog(page).getByRole('alert')).toContainText('The key is refreshed: check it before')
  await dialog(page).getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByRole('tab', { name: /^Versions/ })).toContainText('2')

  const other = await faulty.api.exoscale.create({ name })
  await faulty.api.exoscale.act(other, 'disable')
  await page.goto(faulty.url + exoscalePath(other))
  await faulty.upstream.loseAnswer('POST', '**/enable')
  await button(page, 'Enable').first().click()
  const told = page.getByRole('region', { name: 'Notifications' })
  await expect(told).toContainText('The result is unknown.')
  await expect(told).toContainText(/\/enable · 502/)
  await expect(page.getByText('This key is disabled.')).toBeHidden()
})
