/** A third provider on the screen: list, wizard, key page, playground and connections, by its registration alone. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../app/query-client.ts'
import { registerCode } from '../clouds/code-registry.ts'
import { addressOf } from '../clouds/model.ts'
import { registerOperations } from '../clouds/operations-registry.ts'
import { queries } from '../clouds/queries.ts'
import { register } from '../clouds/registry.ts'
import { fake, fakeCode, fakeKey, fakeOperations } from '../clouds/testing/fake-provider/cloud.ts'
import { HOUR } from '../lib/dates.ts'
import { render } from '../testing/render.tsx'
import { setWindowWidth } from '../testing/window.ts'
import ActivityPage from './activity/ActivityPage.tsx'
import ConnectionsPage from './connections/ConnectionsPage.tsx'
import CreateKeyPage from './create-key/CreateKeyPage.tsx'
import { emptyDraft } from './create-key/draft.ts'
import { KeyContent } from './key/KeyContent.tsx'
import KeysPage from './keys/KeysPage.tsx'
import { linksIn } from './paths.ts'
import PlaygroundPage from './playground/PlaygroundPage.tsx'

const links = linksIn()
let unregister = () => {}

beforeAll(() => {
  const unregisters = [register(fake), registerOperations('fake', fakeOperations), registerCode('fake', fakeCode)]
  unregister = () => {
    for (const one of unregisters) one()
  }
})
afterAll(() => unregister())

beforeEach(() => {
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [{ id: 'fake', mode: 'live', endpoint: 'https://kms.test' }],
  })
})

test('the list has a row for its key, with its own status and no invented date', async () => {
  await setWindowWidth(1600)
  render(<KeysPage />, { path: links.keys() })
  const row = page.getByRole('row').filter({ hasText: 'orders' })
  await expect.element(row).toMatchTextContent(/team a\/transit/)
  await expect.element(row).toMatchTextContent(/Open/)
  await expect.element(row).toMatchTextContent(/Not known/)
  expect(document.body.textContent).not.toContain('1970')
})

test('the activity names it as a cloud without an audit log, with the way to the requests', async () => {
  render(<ActivityPage />, { path: links.activity() })
  await expect.element(page.getByText(/^\S.* has no audit log: Requests lists the calls of this tab\.$/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Requests' })).toBeVisible()
})

test('the wizard asks for a period in hours', async () => {
  const draft = { ...emptyDraft, cloud: 'fake', locations: { fake: 'team a/transit' }, name: 'orders' }
  sessionStorage.setItem('create-key-draft', JSON.stringify(draft))
  render(<CreateKeyPage />, { path: `${links.createKey()}?step=name` })
  await page.getByRole('switch', { name: 'Rotate automatically' }).click()
  await expect.element(page.getByText(/^From [\d,]+ to [\d,]+ hours\./)).toBeVisible()
  await page.getByRole('radio', { name: '168' }).click()
  await expect
    .element(page.getByRole('complementary', { name: 'Summary and code' }))
    .toMatchTextContent(/Every 168 hours/)
})

test('the page of a key has its status with the way out, its period, and no action that the provider lacks', async () => {
  const key = fakeKey({
    status: 'sealed',
    rotation: { automatic: true, period: { value: 6, unit: 'hours' }, nextAt: Date.now() + 3 * HOUR },
  })
  render(<KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => {}} />, {
    path: links.key(addressOf(key)),
  })
  await expect.element(page.getByText(/This key is sealed./)).toBeVisible()
  await expect.element(page.getByText(/Its mount is sealed. Unseal it on the server./)).toBeVisible()
  await expect.element(page.getByText(/6 h$/).first()).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Enable' })).not.toBeInTheDocument()
})

test('the access to a key has the permissions that its operations need, and this console’s roles where people sign in', async () => {
  const grant = { group: 'team', role: 'user', provider: 'fake' } as const
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [{ id: 'fake', mode: 'live' }],
    person: { subject: 'ada', name: 'Ada', grants: [grant], canSignOut: true },
    grants: [grant],
    needs: { encrypt: 'user', decrypt: 'user', dataKey: 'user', readKey: 'viewer' },
  })
  const key = fakeKey()
  render(<KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => {}} />, {
    path: links.key(addressOf(key), { tab: 'access' }),
  })
  const rows = page.getByRole('region', { name: 'At Fake KMS' }).getByRole('row')
  await expect.element(rows.nth(0)).toMatchTextContent(/Permission on mount.*Allows/)
  await expect.element(rows.nth(1)).toMatchTextContent(/^readRead key$/)
  await expect.element(rows.nth(2)).toMatchTextContent(/^updateEncrypt, Decrypt$/)
  const own = page.getByRole('region', { name: 'In this console' }).getByRole('row')
  await expect.element(own.nth(2)).toMatchTextContent(/User.*Encrypt, Decrypt, Data key.*team.*Yes/i)
})

test('the playground has the options of a signature and the bytes that an encryption is bound to', async () => {
  const derived = fakeKey({ annotations: { derived: 'true' }, can: ['encrypt', 'sign'], type: 'rsa-2048' })
  queryClient.setQueryData(queries.key(addressOf(derived)).queryKey, derived)
  render(<PlaygroundPage />, { path: links.playground(addressOf(derived)) })
  const context = page.getByRole('textbox', { name: 'Derivation context' })
  await page.getByRole('textbox', { name: 'Plaintext' }).fill('hello')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect.element(context).toHaveAccessibleDescription('Derivation context is missing: this key needs one.')
  await page.getByRole('tab', { name: 'Sign', exact: true }).click()
  await expect.element(page.getByRole('combobox', { name: 'Scheme' })).toMatchTextContent(/RSA-PSS/)
})

test('its connection has a panel with the address and the mounts, and no way to a local KMS', async () => {
  render(<ConnectionsPage />, { path: '/connections' })
  const panel = page.getByRole('region', { name: 'Fake KMS' })
  await expect.element(panel).toMatchTextContent(/https:\/\/kms.test/)
  await expect.element(panel).toMatchTextContent(/team a\/transit/)
  await expect.element(panel.getByRole('button', { name: /local KMS/ })).not.toBeInTheDocument()
})
