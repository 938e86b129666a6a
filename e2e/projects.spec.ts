import type { Page } from '@playwright/test'
import { button, field, radio, toNext } from './create-key-page.ts'
import { asFile, encryptOnPage, screen } from './files-page.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { exoscalePath, tab } from './key-page.ts'

const chip = (page: Page) => page.getByRole('list', { name: 'Connections' }).getByRole('button', { name: /^Thalassa/ })
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

test('a project is chosen, its keys are separate, and links keep it, also those of other providers', async ({
  page,
  api,
  baseURL,
}) => {
  const name = uniqueName('scoped')
  const carried = uniqueName('carried')
  const [{ identity: ofAll }, other] = await Promise.all([
    api.thalassa.create({ name }),
    api.exoscale.create({ name: carried }),
  ])

  await test.step('choice', async () => {
    await page.goto('/keys')
    await expect(rowOf(page, name)).toBeVisible()
    await chip(page).click()
    await page.getByRole('menuitem', { name: 'Project Payments', exact: true }).click()
    await expect(page).toHaveURL(/\/keys\?project=payments$/)
    await expect(chip(page)).toContainText('payments')
    await expect(rowOf(page, name)).toBeHidden()
  })

  await test.step('creation and use, with a name that is taken outside', async () => {
    await page.getByRole('link', { name: 'Create key' }).first().click()
    await radio(page, 'Thalassa Cloud').check()
    await expect(page.getByRole('combobox', { name: 'Project' })).toHaveText('Payments')
    await toNext(page)
    await field(page, 'Name').fill(name)
    await button(page, 'Create key').click()
    await expect(title(page, name)).toBeVisible()
    await expect(page).toHaveURL(/\/keys\/thalassa\/nl-01\/kms-[^?]+\?project=payments$/)
    await page.getByRole('link', { name: 'Open in playground' }).click()
    await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('of the project')
    await button(page, 'Encrypt').click()
    await expect(page.getByRole('textbox', { name: 'Ciphertext', exact: true })).toHaveText(/^thalassa:v1:/)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Keys', exact: true }).click()
    await rowOf(page, name).getByRole('link').click()
    await button(page, 'Rotate now').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
    await expect(tab(page, 'Versions and rotation')).toContainText('2')
  })

  await test.step('a key of a provider without projects', async () => {
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' }).click()
    await rowOf(page, carried).getByRole('link').click()
    await expect(page).toHaveURL(`${exoscalePath(other)}?project=payments`)
  })

  await test.step('a key of another project', async () => {
    const response = await fetch(`${baseURL}/api/thalassa/v1/kms/nl-01/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-project-identity': 'platform' },
      body: JSON.stringify({ name: 'hidden', keyType: 'aes256-gcm96' }),
    })
    const { identity }: { identity: string } = await response.json()
    await page.goto(`/keys/thalassa/nl-01/${identity}`)
    await expect(page.getByRole('heading', { name: 'This key was not found' })).toBeVisible()
    await page.goto(`/keys/thalassa/nl-01/${identity}?project=platform`)
    await expect(title(page, 'hidden')).toBeVisible()
  })

  await test.step('a file that names a key of the organisation', async () => {
    await page.goto(`/playground?op=file&key=thalassa/nl-01/${ofAll}`)
    const encrypted = await encryptOnPage(page, 'note.txt', Buffer.from('of the organisation'))
    await page.goto('/playground?op=file&tab=decrypt&project=payments')
    await screen(page).toDecrypt.setInputFiles(asFile('note.txt.age', encrypted))
    await page.getByRole('link', { name, exact: true }).click()
    await expect(title(page, name)).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`/keys/thalassa/nl-01/${ofAll}$`))
  })
})
