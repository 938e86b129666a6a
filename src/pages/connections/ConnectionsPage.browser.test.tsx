import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { queryKeys } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { fillCache } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { useKnownKeyCount } from '../use-keys.ts'
import ConnectionsPage from './ConnectionsPage.tsx'

const panel = (name: string) => page.getByRole('region', { name, exact: true })

test('the dialog has lines for each kind of credential, and the focus comes back', async () => {
  fillCache()
  render(<ConnectionsPage />)
  const opener = page.getByRole('button', { name: 'Connect Thalassa Cloud…' })
  await opener.click()
  const dialog = page.getByRole('dialog', { name: 'Connect Thalassa Cloud' })
  await expect.element(dialog).toMatchTextContent(/read -rs THALASSA_PERSONAL_ACCESS_TOKEN/)
  await expect
    .element(dialog.getByRole('region', { name: 'Permissions of its role' }))
    .toMatchTextContent(/List and read keyslist and read on kms_key/)
  await dialog.getByRole('combobox', { name: 'Credential' }).click()
  await page.getByRole('option', { name: 'Client id and secret' }).click()
  await expect.element(dialog).toMatchTextContent(/read -rs THALASSA_CLIENT_SECRET/)
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(opener).toHaveFocus()
})

test('refused credentials are explained, in a console that only reads too', async () => {
  answerCalls({}, { status: 401, body: { message: 'unauthorized' } })
  fillCache({
    readOnly: true,
    clouds: [
      {
        id: 'thalassa',
        mode: 'live',
        endpoint: 'https://api.thalassa.test',
        settings: [{ variable: 'THALASSA_PERSONAL_ACCESS_TOKEN', role: 'credential', from: 'environment' }],
      },
    ],
  })
  render(<ConnectionsPage />)
  const thalassa = panel('Thalassa Cloud')
  await expect.element(page.getByText('This console only reads.', { exact: true })).toBeVisible()
  await expect.element(thalassa).toMatchTextContent(/THALASSA_PERSONAL_ACCESS_TOKEN from the environment/)
  await expect.element(panel('Local KMS')).toMatchTextContent(/Not running: all clouds are live/)
  await thalassa.getByRole('button', { name: 'Test connection to Thalassa Cloud' }).click()
  const alert = thalassa.getByRole('alert').first()
  await expect.element(alert).toMatchTextContent(/Thalassa Cloud can’t be used\..*GET \/v1\/kms\/summary · 401/)
  await expectAccessible()
})

test('a console without credentials has no endpoint, and says how to get one', async () => {
  fillCache({ localKms: { organisation: 'o-1', apiKey: 'EXO1' } })
  render(<ConnectionsPage />)
  await expect.element(panel('Thalassa Cloud')).toMatchTextContent(/EndpointIn-process \(no network endpoint\)/)
  await expect.element(panel('Exoscale')).toMatchTextContent(/bg-sof-1/)
  await expect.element(panel('Local KMS')).toMatchTextContent(/CloudsThalassa Cloud, Exoscale/)
  await expect.element(page.getByText('KMS_PORT=8400 npm start')).toBeVisible()
})

test('regions that can’t be read are named before any test, and Retry reads them', async () => {
  const answers: Answers = { 'GET *': { status: 401, body: { message: 'unauthorized' } } }
  answerCalls(answers)
  fillCache({ clouds: [{ id: 'thalassa', mode: 'live', endpoint: 'https://api.thalassa.test' }] })
  queryClient.removeQueries({ queryKey: queryKeys.locations('thalassa') })
  render(<ConnectionsPage />)
  const thalassa = panel('Thalassa Cloud')
  await expect.element(thalassa).toMatchTextContent(/The regions could not be read\./)
  const region = { identity: 'r', name: 'Netherlands', slug: 'nl-01', kmsAvailable: false }
  const figures = { totalKeys: 0, activeKeys: 0, disabledKeys: 0, pendingDeletionKeys: 0 }
  answers['GET *'] = { body: { featureEnabled: true, regions: [{ ...region, ...figures }] } }
  await thalassa.getByRole('button', { name: 'Retry' }).click()
  await expect.element(thalassa).toMatchTextContent(/nl-01 without KMS/)
})

test('a test of one cloud shows what is allowed, and no number of keys, also not in the rail', async () => {
  fillCache()
  for (const id of ['ch-gva-2', 'bg-sof-1']) queryClient.removeQueries({ queryKey: queryKeys.keyLists('exoscale', id) })
  const figures = { totalKeys: 1, activeKeys: 1, disabledKeys: 0, pendingDeletionKeys: 0 }
  const region = { identity: 'r', name: 'Netherlands', slug: 'nl-01', kmsAvailable: true, ...figures }
  const key = {
    identity: 'kms-9',
    name: 'orders',
    slug: 'orders',
    keyType: 'aes256-gcm96',
    status: 'enabled',
    exportAllowed: false,
    keyRotationEnabled: false,
    createdAt: '2026-11-22T11:58:00Z',
    updatedAt: '2026-11-22T11:58:00Z',
  }
  answerCalls({
    'GET /api/thalassa/v1/kms/summary': { body: { featureEnabled: true, regions: [region] } },
    'GET /api/thalassa/v1/kms/nl-01/keys*': { body: [key] },
  })
  const Known = () => <p>Known: {JSON.stringify(useKnownKeyCount())}</p>
  render(
    <>
      <Known />
      <ConnectionsPage />
    </>,
  )
  await page.getByRole('button', { name: 'Test connection to Thalassa Cloud' }).click()
  const thalassa = panel('Thalassa Cloud')
  await expect.element(thalassa.getByRole('row', { name: /^List keys list on kms_key Allowed$/ })).toBeVisible()
  await expect.element(thalassa).toMatchTextContent(/Not tested: use, rotate and export keys; create keys;/)
  expect(thalassa.getByRole('columnheader', { name: 'Keys' }).elements()).toEqual([])
  await expect.element(page.getByText(/^Known:/)).toMatchTextContent(/^Known:\s*$/)
})
