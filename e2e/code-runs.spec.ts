/** Code copied from the console runs in a shell. */
import type { Page } from '@playwright/test'
import { button, chooseWhere, exoscaleNamed, field, radio, toNext } from './create-key-page.ts'
import { expect, uniqueName } from './fixtures.ts'
import { exoscalePath, tab, thalassaPath } from './key-page.ts'
import { copiedText, hasShell, runLines, runRequest, test, thalassaOf } from './shell-kms.ts'

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']))

const KEYS = '/v1/kms/nl-01/keys'

async function enterName(page: Page, name: string) {
  await toNext(page)
  await field(page, 'Name').fill(name)
  await field(page, 'Description').fill('it’s “$HOME”')
}

test('curl for a new Thalassa key creates it in the selected project', async ({ page, connected }) => {
  const name = uniqueName(`it's "new"`)
  await page.goto(`${connected.url}/keys/new?project=payments`)
  await chooseWhere(page, 'Thalassa Cloud', 'nl-01')
  await enterName(page, name)
  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await radio(page, '180').check()
  const code = await copiedText(page, button(page, 'Copy code: curl'))
  expect(code).toContain('"rotationPeriodInDays": 180')
  if (!hasShell) return
  await runRequest(code, connected.kms.environment)
  const made = { name, keyType: 'aes256-gcm96', description: 'it’s “$HOME”', rotationPeriodInDays: 180 }
  const call = thalassaOf(connected.kms)
  expect(await call('GET', KEYS, { project: 'payments' })).toMatchObject([made])
  expect(await call('GET', KEYS)).toEqual([])
})

test('curl for a new Exoscale key creates it with the selected rotation', async ({ page, connected }) => {
  const name = uniqueName(`it's "new"`)
  await page.goto(`${connected.url}/keys/new`)
  await chooseWhere(page, 'Exoscale', 'de-fra-1')
  await enterName(page, name)
  await radio(page, 'Other').check()
  await field(page, 'Period in days').fill('200')
  await page.getByRole('tab', { name: 'curl' }).click()
  const code = await copiedText(page, button(page, 'Copy code: curl'))
  expect(code).toContain('{"rotation-period":200}')
  if (!hasShell) return
  await runLines(code, connected.kms.environment)
  expect(await exoscaleNamed(connected.api, name, 'de-fra-1')).toMatchObject([
    { description: 'it’s “$HOME”', rotation: { automatic: true, 'rotation-period': 200 } },
  ])
})

/** Rotates a key on its page, and copies that request from the inspector. */
async function rotateAndCopy(page: Page, url: string, path: string) {
  await page.goto(url)
  await button(page, 'Rotate now').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  await expect(tab(page, 'Versions and rotation')).toHaveText('Versions and rotation2')
  await button(page, 'Requests').first().click()
  const requests = page.getByRole('dialog', { name: 'Requests' })
  await requests.getByRole('button', { name: `POST ${path}` }).click()
  return copiedText(page, button(page, 'Copy as curl'))
}

const scopes = [
  { how: 'chosen on the page', search: '?project=payments', settings: {} },
  { how: 'fixed by the gateway', search: '', settings: { THALASSA_PROJECT_ID: 'payments' } },
]

for (const { how, search, settings } of scopes)
  test.describe(`a project ${how}`, () => {
    test.use({ settings })

    test('a request copied as curl runs in that project', async ({ page, connected }) => {
      const call = thalassaOf(connected.kms)
      const project = 'payments'
      const body = { name: uniqueName('copied'), keyType: 'hmac' }
      const key = await call<{ identity: string }>('POST', KEYS, { project, body })
      const path = `${KEYS}/${key.identity}`
      const code = await rotateAndCopy(page, `${connected.url}${thalassaPath(key)}${search}`, `${path}/rotate`)
      if (!hasShell) return
      expect(await runRequest(code, connected.kms.environment)).toMatchObject({
        identity: key.identity,
        latestVersion: 3,
      })
      expect(await call('GET', path, { project })).toMatchObject({ latestVersion: 3 })
    })
  })

test('an Exoscale request copied as curl runs in its zone', async ({ page, connected }) => {
  const { id } = await connected.api.exoscale.create({ name: uniqueName('copied') }, 'de-fra-1')
  const url = `${connected.url}${exoscalePath({ id }, 'de-fra-1')}`
  const code = await rotateAndCopy(page, url, `/v2/kms-key/${id}/rotate`)
  if (!hasShell) return
  await runRequest(code, connected.kms.environment)
  const path = `/api/exoscale/de-fra-1/kms-key/${id}`
  expect(await connected.api.call('GET', path)).toMatchObject({
    material: { version: 3 },
    rotation: { 'manual-count': 2 },
  })
})
