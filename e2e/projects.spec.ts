import type { Locator, Page } from '@playwright/test'
import { button, field, heading, radio, toNext } from './create-key-page.ts'
import { asFile, encryptOnPage, screen } from './files-page.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { menuItem, property, tab } from './key-page.ts'
import { navigate } from './navigation.ts'
import { pathIn, replicated, zone } from './replicas-page.ts'

const chip = (page: Page) => page.getByRole('list', { name: 'Connections' }).getByRole('button', { name: /^Thalassa/ })
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

async function chooseScope(page: Page, name: string) {
  await chip(page).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

test('a project is chosen, its keys are separate, and links keep it', async ({ page, api, baseURL }) => {
  await test.step('choice, creation and use', async () => {
    const name = uniqueName('scoped')
    await api.thalassa.create({ name })
    await page.goto('/keys')
    await expect(rowOf(page, name)).toBeVisible()

    await chip(page).click()
    await expect(page.getByRole('menuitem', { name: 'Project Payments' })).toBeVisible()
    await page.keyboard.press('Escape')
    await chooseScope(page, 'Project Payments')
    await expect(page).toHaveURL(/\/keys\?project=payments$/)
    await expect(chip(page)).toContainText('payments')
    await expect(rowOf(page, name)).toBeHidden()

    // The same name again: slugs are unique within a project only.
    await page.getByRole('link', { name: 'Create key' }).first().click()
    await expect(page).toHaveURL(/\/keys\/new\?project=payments$/)
    await page.getByRole('radio', { name: 'Thalassa Cloud' }).check()
    await button(page, 'Continue to what for').click()
    await button(page, 'Continue to details').click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await button(page, 'Continue to rotation').click()
    await button(page, 'Continue to review').click()
    await expect(page).toHaveURL(/project=payments/)
    await button(page, 'Create key').click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page).toHaveURL(/\/keys\/thalassa\/nl-01\/kms-[^?]+\?project=payments$/)
    await expect(page.getByText('payments', { exact: true }).first()).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

    await page.getByRole('link', { name: 'Use in playground' }).click()
    await expect(page).toHaveURL(/project=payments/)
    await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('of the project')
    await button(page, 'Encrypt').click()
    await expect(page.getByRole('textbox', { name: 'Ciphertext', exact: true })).toHaveText(/^thalassa:v1:/)

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Keys', exact: true }).click()
    await expect(page).toHaveURL(/\/keys\?project=payments$/)
    await page.getByRole('link', { name, exact: true }).click()
    await button(page, 'Rotate now').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
    await expect(page.getByRole('tab', { name: /^Versions/ })).toContainText('2')
  })

  await test.step('links of a provider without projects', async () => {
    const name = uniqueName('carried')
    await api.exoscale.create({ name })
    await page.goto('/keys?project=payments')
    await page.getByRole('link', { name, exact: true }).click()
    await expect(page).toHaveURL(/\/keys\/exoscale\/ch-gva-2\/[^?]+\?project=payments$/)
    await page.getByRole('link', { name: 'Use in playground' }).click()
    await expect(page).toHaveURL(/\/playground\?.*project=payments/)
    await page.goBack()
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' }).click()
    await expect(page).toHaveURL(/\/keys\?project=payments$/)
  })

  await test.step('a key of another project', async () => {
    const name = uniqueName('hidden')
    const response = await fetch(`${baseURL}/api/thalassa/v1/kms/nl-01/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-project-identity': 'platform' },
      body: JSON.stringify({ name, keyType: 'aes256-gcm96' }),
    })
    const { identity }: { identity: string } = await response.json()
    await page.goto(`/keys/thalassa/nl-01/${identity}`)
    await expect(page.getByRole('heading', { name: 'This key was not found' })).toBeVisible()
    await expect(page.getByText(/belong to another project/)).toBeVisible()
    await page.goto(`/keys/thalassa/nl-01/${identity}?project=platform`)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    expect(await api.call('GET', '/api/session')).toMatchObject({ readOnly: false })
  })

  await test.step('links between zones', async () => {
    const key = await replicated(api, uniqueName('zones'), 'de-fra-1')
    await navigate(page, pathIn('ch-gva-2', key, '?project=payments'))
    await keepsProject(link(property(page, 'Replicas'), 'de-fra-1'))
    await tab(page, 'Replicas').click()
    await keepsProject(link(zone(page, 'de-fra-1'), 'de-fra-1'))
    await link(zone(page, 'de-fra-1'), 'de-fra-1').click()
    await expect(page).toHaveURL(/\/de-fra-1\/[^?]+\?tab=replicas&project=payments$/)
    await keepsProject(link(page.getByText('This is the replica in de-fra-1.').locator('..'), 'ch-gva-2'))
    await tab(page, 'Overview').click()
    await keepsProject(link(property(page, 'Origin zone'), 'ch-gva-2'))

    const single = await api.exoscale.create({ name: uniqueName('one zone') })
    await navigate(page, pathIn('ch-gva-2', single, '?tab=replicas&project=payments'))
    await keepsProject(link(page, 'Create another key'))
  })
})

const keepsProject = (link: Locator) => expect(link).toHaveAttribute('href', /[?&]project=payments$/)
const link = (within: Page | Locator, name: string) => within.getByRole('link', { name, exact: true })

async function toExoscaleDetails(page: Page, url = '') {
  await page.goto(`${url}/keys/new?project=payments`)
  await radio(page, 'Exoscale').check()
  await radio(page, 'ch-gva-2').check()
  await toNext(page, 'what for')
  await toNext(page, 'details')
}

test('creation and files keep the chosen project', async ({ page, api }) => {
  await test.step('creation at a provider without projects', async () => {
    const [taken, name] = [uniqueName('taken'), uniqueName('made')]
    await api.exoscale.create({ name: taken })
    await toExoscaleDetails(page)
    await field(page, 'Name').fill(taken)
    await keepsProject(link(page, 'open that key'))
    await field(page, 'Name').fill(name)
    await toNext(page, 'rotation')
    await toNext(page, 'review')
    await button(page, 'Create key').click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page).toHaveURL(/\/keys\/exoscale\/ch-gva-2\/[^?]+\?project=payments$/)
    await expect(chip(page)).toContainText('payments')
    await keepsProject(link(page, 'Open the key'))

    await menuItem(page, 'Disable…')
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expect(page.getByText(`Disabled ${name}.`)).toBeVisible()
    await keepsProject(link(page, 'View key'))
    const key = /ch-gva-2\/([^?]+)/.exec(page.url())?.[1]
    await page.goto(`/playground?key=exoscale/ch-gva-2/${key}&project=payments`)
    await link(page, 'Open key').click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page).toHaveURL(/\?project=payments$/)
  })

  await test.step('key named by a file', async () => {
    const name = uniqueName('filed')
    const { id } = await api.exoscale.create({ name })
    await page.goto(`/playground/files?key=exoscale/ch-gva-2/${id}&project=payments`)
    const encrypted = await encryptOnPage(page, 'note.txt', Buffer.from('of the project'))
    await screen(page).decryptTab.click()
    await screen(page).toDecrypt.setInputFiles(asFile('note.txt.age', encrypted))
    await keepsProject(link(page, name))
  })

  await test.step('key of the organisation named by a file', async () => {
    const name = uniqueName('of all')
    const { identity } = await api.thalassa.create({ name })
    await page.goto(`/playground/files?key=thalassa/nl-01/${identity}`)
    const encrypted = await encryptOnPage(page, 'note.txt', Buffer.from('of the organisation'))
    await page.goto('/playground/files?tab=decrypt&project=payments')
    await screen(page).toDecrypt.setInputFiles(asFile('note.txt.age', encrypted))
    await link(page, name).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`/keys/thalassa/nl-01/${identity}$`))
  })
})

test('links of a lost creation and of a failure report keep the chosen project', async ({ page, faulty }) => {
  const name = uniqueName('lost')
  await toExoscaleDetails(page, faulty.url)
  await field(page, 'Name').fill(name)
  await toNext(page, 'rotation')
  await toNext(page, 'review')
  await expect(heading(page, 'Is everything right?')).toBeFocused()
  await faulty.upstream.loseAnswer('POST', '**/kms-key')
  await button(page, 'Create key').click()
  await keepsProject(link(page.getByRole('form').getByRole('alert'), 'open that key'))
  await faulty.upstream.heal()
  await button(page, 'Discard').click()
  await button(page, 'Discard draft').click()

  await page.goto(`${faulty.url}/keys?project=payments`)
  await page.getByRole('checkbox', { name: 'All keys that are shown' }).check()
  await faulty.upstream.answerWith({ method: 'POST', path: '**/rotate', status: 400, body: '{"message":"no"}' })
  await page
    .getByRole('toolbar', { name: 'Actions for the selection' })
    .getByRole('button', { name: 'Rotate now' })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate 1 key' }).click()
  const failed = page.getByRole('dialog').getByRole('region', { name: 'Failed' })
  await keepsProject(link(failed, name))
  await link(failed, name).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page).toHaveURL(/\?project=payments$/)
})
