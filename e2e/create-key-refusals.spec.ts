import {
  button,
  exoscaleNamed,
  expectWrong,
  field,
  goToDetails,
  goToReview,
  goToRotation,
  heading,
  radio,
  thalassaNamed,
  toNext,
} from './create-key-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'

test('each invalid field shows its error and keeps its input', async ({ page }) => {
  await page.goto('/keys/new')
  await toNext(page, 'what for')
  await expect(page.getByRole('alert')).toHaveText('Choose a cloud.')
  await expect(radio(page, 'Thalassa Cloud')).toBeFocused()
  await radio(page, 'Exoscale').check()
  await expect(page.getByText('Choose a cloud.')).toBeHidden()
  await toNext(page, 'what for')
  await expect(page.getByText('Choose a zone.')).toBeVisible()

  await goToDetails(page)
  await toNext(page, 'rotation')
  await expectWrong(page, 'Name', 'Enter a name of 1 to 255 characters.')
  await field(page, 'Name').fill('🔑 !?')
  await expect(field(page, 'Name')).toHaveAccessibleDescription(
    'Add a letter a-z or a digit: the slug is made of those.',
  )
  const long = 'n'.repeat(256)
  await field(page, 'Name').fill(long)
  await field(page, 'Description').fill('d'.repeat(1025))
  await toNext(page, 'rotation')
  await expectWrong(page, 'Name', 'The name has 256 characters and 255 fit. Shorten it by 1.')
  await expect(field(page, 'Name')).toHaveValue(long)
  await field(page, 'Name').fill('wrong fields')
  await toNext(page, 'rotation')
  await expectWrong(page, 'Description', /1,025 characters and 1,024 fit\. Shorten it by 1\.$/)
  await field(page, 'Description').fill('')

  await button(page, 'Add label').click()
  await field(page, 'Label 1 name').fill('env')
  await button(page, 'Add label').click()
  await field(page, 'Label 2 name').fill('env')
  await toNext(page, 'rotation')
  await expectWrong(page, 'Label 2 name', '“env” stands twice. Rename this label or remove its row.')
  await button(page, 'Remove label 2').click()
  await expect(button(page, 'Add label')).toBeFocused()
  await toNext(page, 'rotation')

  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await radio(page, 'Other').check()
  for (const days of ['0', '3651', '1.5', '']) {
    await field(page, 'Period in days').fill(days)
    await toNext(page, 'review')
    await expectWrong(page, 'Period in days', /Choose whole days, from 1 to 3,?650\./)
    await expect(field(page, 'Period in days')).toHaveValue(days)
  }
  await field(page, 'Period in days').fill('3650')
  await toNext(page, 'review')
  await expect(heading(page, 'Is everything right?')).toBeFocused()
})

test('Exoscale’s range of rotation periods is checked', async ({ page }) => {
  await goToRotation(page, 'ranges', 'Exoscale', 'ch-gva-2')
  await radio(page, 'Other').check()
  for (const days of ['89', '2561']) {
    await field(page, 'Period in days').fill(days)
    await toNext(page, 'review')
    await expectWrong(page, 'Period in days', /Choose whole days, from 90 to 2,?560\./)
  }
  await page.getByText('30', { exact: true }).click({ force: true })
  await expect(radio(page, 'Other')).toBeChecked()
})

test('a slug that is taken is shown before creation, with a link to its key', async ({ page, api }) => {
  const name = uniqueName('Taken one')
  const { identity } = await api.thalassa.create({ name })
  await goToDetails(page)
  await field(page, 'Name').fill(name.toUpperCase())
  const warning = page.getByRole('status').filter({ hasText: 'is taken in nl-01' })
  await expect(warning).toContainText(`by ${name}. Choose another name or open that key.`)
  await warning.getByRole('link', { name: 'open that key' }).click()
  await button(page, 'Keep draft and leave').click()
  await expect(page).toHaveURL(new RegExp(`/keys/thalassa/nl-01/${identity}$`))
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await page.goBack()
  await expect(field(page, 'Name')).toHaveValue(name.toUpperCase())
})

for (const cloud of ['Thalassa Cloud', 'Exoscale'] as const)
  test(`a name taken meanwhile in ${cloud} is an error of the name field, and other input is kept`, async ({
    page,
    api,
  }) => {
    const thalassa = cloud === 'Thalassa Cloud'
    const name = uniqueName('Race')
    await goToDetails(page, cloud, thalassa ? 'nl-01' : 'at-vie-1')
    await field(page, 'Name').fill(name)
    await field(page, 'Description').fill('Still here')
    await toNext(page, 'rotation')
    await toNext(page, 'review')
    if (thalassa) await api.thalassa.create({ name })
    else await api.exoscale.create({ name }, 'at-vie-1')
    await button(page, 'Create key').click()

    await expect(page).toHaveURL(/\?step=details$/)
    await expectWrong(page, 'Name', /is taken in (nl-01|at-vie-1) by .* Choose another name or open that key\./)
    await expect(page.getByRole('link', { name: 'open that key' })).toHaveAttribute('href', /^\/keys\/\w+\/[\w-]+\/.+/)
    await expect(field(page, 'Description')).toHaveValue('Still here')

    await field(page, 'Name').fill(`${name} two`)
    await expect(field(page, 'Name')).not.toHaveAttribute('aria-invalid')
    await toNext(page, 'rotation')
    await toNext(page, 'review')
    await button(page, 'Create key').click()
    await expect(page.getByText(`Created ${name} two`)).toBeVisible()
  })

test('a region that fails at creation is reported in the form, and input is kept', async ({ page, faulty }) => {
  const name = uniqueName('Unlucky')
  await goToReview(page, name, 'Thalassa Cloud', 'nl-01', faulty.url)
  await faulty.upstream.answerWith({
    method: 'POST',
    path: '**/v1/kms/nl-01/keys',
    status: 503,
    body: JSON.stringify({ message: 'KMS is not available in this region' }),
  })
  await button(page, 'Create key').click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('KMS is not available in this region. Choose another region, or try again later.')
  await expect(alert).toContainText('POST /v1/kms/nl-01/keys · 503')
  await expect(page).toHaveURL(/\?step=review$/)
  await expect(page.getByRole('form')).toContainText(name)
  expect(await thalassaNamed(faulty.api, name)).toEqual([])

  await faulty.upstream.heal()
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
})

test('a key created without its rotation is shown with a lasting warning', async ({ page, faulty }) => {
  const name = uniqueName('Half made')
  await goToRotation(page, name, 'Exoscale', 'ch-gva-2', faulty.url)
  await radio(page, '180').check()
  await toNext(page, 'review')
  await faulty.upstream.answerWith({
    method: 'POST',
    path: '**key-rotation',
    status: 500,
    body: JSON.stringify({ title: 'internal error' }),
  })
  await button(page, 'Create key').click()
  await expect(page).toHaveURL(/\/keys\/exoscale\/ch-gva-2\/[0-9a-f-]{36}$/)
  const toast = page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .filter({ hasText: `Created ${name}` })
  await expect(toast).toContainText('its rotation is not as you chose')
  expect(await exoscaleNamed(faulty.api, name, 'ch-gva-2')).toMatchObject([{ rotation: { 'rotation-period': 365 } }])
})

test('regions that can’t be read are reported in place, and Retry reads them', async ({ page, faulty }) => {
  await faulty.upstream.answerWith({
    method: 'GET',
    path: '**/v1/kms/summary',
    status: 503,
    body: JSON.stringify({ message: 'maintenance' }),
  })
  await page.goto(`${faulty.url}/keys/new`)
  await radio(page, 'Exoscale').check()
  await expect(radio(page, 'ch-gva-2')).toBeVisible()
  await radio(page, 'Thalassa Cloud').check()
  await expect(page.getByRole('alert')).toContainText('The regions of Thalassa Cloud could not be read. Maintenance.')
  await expectAccessible(page)
  // Nothing reads them again by itself from here on.
  await faulty.upstream.heal()
  await button(page, 'Retry').click()
  await expect(radio(page, 'nl-01')).toBeChecked()
})

test('a region without KMS is disabled with the reason', async ({ page }) => {
  await page.goto('/keys/new')
  await radio(page, 'Thalassa Cloud').check()
  const closed = radio(page, 'nl-02')
  await expect(closed).toHaveAttribute('aria-disabled', 'true')
  await expect(closed).toHaveAccessibleDescription(/Netherlands 2\. KMS is not available in nl-02\./)
  await page.getByText('KMS is not available in nl-02.').click({ force: true })
  await expect(radio(page, 'nl-01')).toBeChecked()
  await radio(page, 'nl-01').focus()
  await page.keyboard.press('ArrowDown')
  await expect(radio(page, 'nl-01')).toBeChecked()
})
