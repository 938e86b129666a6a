/** The page of a key: properties and their explanations, tabs, rotation, statuses and public keys. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { inDays } from '../../clouds/period.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { addDays } from '../../lib/dates.ts'
import { toBase64 } from '../../lib/encodings.ts'
import { readPublicKey } from '../../lib/pem.ts'
import { cacheConsole } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow, narrowWindow, setWindowWidth } from '../../testing/window.ts'
import { linksIn } from '../paths.ts'
import { KeyContent } from './KeyContent.tsx'

const now = Date.now()
const thalassaKey = (members: Partial<KmsKey> = {}) =>
  keyWith({
    name: 'billing archive',
    slug: 'billing-archive',
    can: ['encrypt'],
    createdAt: now,
    latestVersion: 1,
    traits: [],
    ...members,
  })
const exoscaleKey = (members: Partial<KmsKey> = {}) =>
  keyWith({
    cloud: 'exoscale',
    location: 'ch-gva-2',
    id: 'x',
    type: 'encrypt-decrypt',
    can: ['encrypt'],
    latestVersion: 1,
    rotation: { automatic: true, period: inDays(365), nextAt: addDays(now, 365), manual: { used: 0, limit: 10 } },
    traits: [],
    ...members,
  })

function open(key: KmsKey, tab?: string) {
  cacheConsole([key])
  queryClient.setQueryData(queries.key(addressOf(key)).queryKey, key)
  const versions = Array.from({ length: key.latestVersion }, (_, index) => ({
    version: key.latestVersion - index,
    createdAt: now,
    trigger: key.latestVersion - index === 1 ? ('created' as const) : ('manual' as const),
  }))
  queryClient.setQueryData(queries.versions(key).queryKey, { items: versions, unreadable: [] })
  const path = linksIn().key(addressOf(key))
  return render(
    <main className="px-(--gutter)">
      <KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => {}} />
    </main>,
    { path: tab === undefined ? path : `${path}?tab=${tab}` },
  )
}

const button = (name: string) => page.getByRole('button', { name })
const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) })
const period = (name: string) => page.getByRole('radiogroup', { name: 'Period' }).getByRole('radio', { name })
const dialog = () => page.getByRole('dialog')

async function menuItem(name: string) {
  await button('More actions').click()
  await page.getByRole('menuitem', { name }).click()
}

test('the overview lists the properties, and explains name, slug, disabling and versions', async () => {
  open(thalassaKey({ description: 'Protects invoices.', labels: { env: 'prod' }, annotations: { owner: 'platform' } }))
  const panel = page.getByRole('tabpanel')
  for (const text of ['Protects invoices.', 'env=prod', 'platform', 'Encrypts and decrypts', 'Not allowed'])
    await expect.element(panel.getByText(text).first()).toBeVisible()
  await expect.element(panel).toMatchTextContent(/Name, description, labels and annotations can’t be changed/)
  await expect.element(button('About the name')).toHaveAccessibleDescription(/A key can’t be renamed/)
  await expect.element(button('About the slug')).toHaveAccessibleDescription(/also during the 30 days/)
  await expect.element(button('About disabling')).toHaveAccessibleDescription(/every reader of what it protects fails/)
  await expect
    .element(button('About versions'))
    .toHaveAccessibleDescription(/nothing has to be encrypted or signed again/)
})

test('dialogs name what stops, and what stays taken until the destruction', async () => {
  open(thalassaKey())
  await menuItem('Disable…')
  await expect.element(dialog()).toMatchTextContent(/Whatever reads data that this key protects fails until/)
  await expect.element(dialog()).toMatchTextContent(/Secrets in Secrets Manager that are bound to it can’t be read/)
  await dialog().getByRole('button', { name: 'Keep it active' }).click()
  await expect.element(dialog()).not.toBeInTheDocument()
  await menuItem('Schedule deletion…')
  await expect.element(dialog()).toMatchTextContent(/Its slug billing-archive stays taken until that date/)
})

test('a provider without slugs keeps the name taken, and has no word about slugs', async () => {
  open(exoscaleKey())
  await expect.element(button('About the name')).toBeVisible()
  await expect.element(button('About the slug')).not.toBeInTheDocument()
  await menuItem('Schedule deletion…')
  await expect.element(dialog()).toMatchTextContent(/Its name stays taken until that date/)
  await expect.element(dialog()).not.toMatchTextContent(/Secrets Manager/)
})

test.each([
  ['aes256-gcm96', 'encrypt', ''],
  ['ecdsa-p256', 'sign', '&op=sign'],
  ['hmac', 'mac', '&op=hmac'],
] as const)('a key of type %s is used in the playground for what it can do', async (type, purpose, operation) => {
  open(thalassaKey({ type, purpose, can: [purpose] }))
  await expect
    .element(page.getByRole('link', { name: 'Use in playground' }))
    .toHaveAttribute('href', `/playground?key=thalassa%2Fnl-01%2Fkms-1${operation}`)
})

test('tabs stand in the URL; versions and rotation show what is planned', async () => {
  const router = open(thalassaKey({ rotation: { automatic: true, period: inDays(90), nextAt: addDays(now, 90) } }))
  await tab('Versions').click()
  expect(router.state.location.search).toBe('?tab=versions')
  await expect.element(page.getByRole('row', { name: /v1 Encrypts and decrypts/ })).toMatchTextContent(/Created/)
  await expect.element(page.getByRole('row', { name: /v2 Planned/ })).toMatchTextContent(/Automatic/)
  await tab('Rotation').click()
  await expect.element(page.getByText(/^Version 2 replaces version 1 in \d+ days, on /)).toBeVisible()
  await router.navigate(-1)
  await expect.element(tab('Versions')).toHaveAttribute('aria-selected', 'true')
})

test('rotation settings check the period, and other tabs keep them', async () => {
  open(thalassaKey({ rotation: { automatic: false } }), 'rotation')
  const save = button('Save rotation')
  await expect.element(save).toHaveAccessibleDescription('Nothing changed yet.')
  await page.getByRole('switch', { name: 'Rotate automatically' }).click()
  await period('Other').click()
  const days = page.getByRole('textbox', { name: 'Period in days' })
  await days.fill('3651')
  await expect.element(days).toHaveAccessibleDescription('Choose whole days, from 1 to 3,650.')
  await expect.element(save).toHaveAttribute('aria-disabled', 'true')
  await days.fill('45')
  await tab('Versions').click()
  await tab('Rotation').click()
  await expect.element(days).toHaveValue('45')
  await expect.element(save).not.toHaveAttribute('aria-disabled')
})

test('a period that the provider does not take is disabled with the range', async () => {
  open(exoscaleKey(), 'rotation')
  await expect.element(period('30')).toHaveAttribute('aria-disabled', 'true')
  await expect.element(page.getByTitle('Exoscale takes 90 to 2,560 days.')).toBeVisible()
  period('30').element().focus()
  await userEvent.keyboard(' ')
  await expect.element(period('365')).toBeChecked()
})

test.each([
  [7, '7 of 10 used', false],
  [8, 'Only 2 left for the life of this key.', false],
  [10, '10 of 10 used', true],
])('%i manual rotations are counted', async (used, text, exhausted) => {
  const { rotation } = exoscaleKey()
  open(exoscaleKey({ rotation: { ...rotation, manual: { used, limit: 10 } } }), 'rotation')
  await expect.element(page.getByText(text).first()).toBeVisible()
  if (exhausted)
    await expect
      .element(button('Rotate now'))
      .toHaveAccessibleDescription(/All 10 manual rotations of this key are used/)
})

test('a disabled key names what stops and disables its use', async () => {
  open(thalassaKey({ status: 'disabled' }))
  const banner = page.getByRole('status').filter({ hasText: 'This key is disabled.' })
  await expect.element(banner).toMatchTextContent(/what it protects can’t be decrypted either/)
  await expect.element(button('Use in playground')).toHaveAccessibleDescription('The key is disabled. Enable it first.')
  await expect.element(button('Rotate now')).toHaveAttribute('aria-disabled', 'true')
})

test('a key whose deletion is scheduled has its date, and settings that can’t be changed', async () => {
  const pending = { status: 'pending_deletion', destroyedAt: addDays(now, 9) }
  open(thalassaKey(pending), 'rotation')
  const banner = page.getByRole('alert').filter({ hasText: /^Destroyed in \d+ days, on / })
  await expect.element(banner).toMatchTextContent(/It encrypts and decrypts nothing now\./)
  await expect.element(page.getByText('Settings can’t be changed while deletion is pending.')).toBeVisible()
  await expect.element(page.getByText('On, stopped until deletion is cancelled')).toBeVisible()
  await expect.element(button('Save rotation')).not.toBeInTheDocument()
})

test('every version has a panel with its public key, the latest first, as PEM and raw', async () => {
  const raw = (version: number) => toBase64(new Uint8Array(32).fill(version))
  const key = thalassaKey({ type: 'ed25519', purpose: 'sign', can: ['sign'], latestVersion: 10 })
  const publicKeys = new Map(Array.from({ length: 10 }, (_, index) => [index + 1, raw(index + 1)]))
  queryClient.setQueryData(queries.publicKeys(key).queryKey, publicKeys)
  open(key, 'public-key')
  const headings = page.getByRole('tabpanel').getByRole('heading', { name: /^Version \d+$/ })
  await expect.element(headings).toHaveLength(8)
  await expect.element(headings.first()).toHaveTextContent('Version 10')
  const panel = (version: number) => page.getByRole('region', { name: `Version ${version}` })
  await expect.element(panel(10)).toMatchTextContent(/the latest, which signs/)
  await expect.element(panel(10)).toMatchTextContent(/Ed25519, 256 bits/)
  await expect.element(panel(9)).toMatchTextContent(/verifies what it signed/)
  const shown = page.getByRole('textbox', { name: 'Public key of version 10' })
  const { pem = '', der = new Uint8Array() } = readPublicKey(raw(10)) ?? {}
  await expect.element(shown).toHaveTextContent(pem.trimEnd().replaceAll('\n', ' '))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', der))
  await expect.element(panel(10).getByText(toBase64(hash))).toBeVisible()
  panel(10).getByRole('radio', { name: 'PEM' }).element().focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(shown).toHaveTextContent(raw(10))
  await button('Show 2 older versions').click()
  await expect.element(headings).toHaveLength(10)
  await expect
    .element(page.getByRole('link', { name: 'Verify in playground' }))
    .toHaveAttribute('href', '/playground?key=thalassa%2Fnl-01%2Fkms-1&op=verify')
})

test('public keys that can’t be read are reported in place, and Retry reads them', async () => {
  const key = thalassaKey({ type: 'ed25519', purpose: 'sign', can: ['sign'] })
  const call = 'GET */public-key'
  const answers: Answers = { [call]: { status: 403, body: { message: 'kms is not enabled for this organisation' } } }
  answerCalls(answers, 'none')
  open(key, 'public-key')
  const alert = page.getByRole('alert')
  await expect.element(alert).toMatchTextContent(/The public keys could not be read/)
  await expect.element(alert).toMatchTextContent(/GET \/v1\/kms\/nl-01\/keys\/kms-1\/public-key/)
  answers[call] = { body: { keys: { 1: toBase64(new Uint8Array(32).fill(1)) } } }
  await button('Retry').click()
  await expect.element(page.getByRole('textbox', { name: 'Public key of version 1' })).toBeVisible()
  await expect.element(alert).not.toBeInTheDocument()
})

test('the public key of a key whose deletion is scheduled is shown, and fits 390 px', async () => {
  await narrowWindow()
  const pending = { status: 'pending_deletion', destroyedAt: addDays(now, 9) }
  const key = thalassaKey({ type: 'ed25519', purpose: 'sign', can: ['sign'], ...pending })
  queryClient.setQueryData(queries.publicKeys(key).queryKey, new Map([[1, toBase64(new Uint8Array(32).fill(1))]]))
  open(key, 'public-key')
  await expect
    .element(page.getByRole('textbox', { name: 'Public key of version 1' }))
    .toMatchTextContent(/BEGIN PUBLIC KEY/)
  await expectNoOverflow()
})

test('automatic rotation is switched off and saved', async () => {
  const key = thalassaKey({ rotation: { automatic: true, period: inDays(90), nextAt: addDays(now, 90) } })
  const sent = answerCalls({ 'PATCH *': {} })
  open(key, 'rotation')
  const automatic = page.getByRole('switch', { name: 'Rotate automatically' })
  await expect.element(automatic).toBeChecked()
  await automatic.click()
  await expect.element(period('90')).not.toBeInTheDocument()
  await button('Save rotation').click()
  await expect.element(page.getByText('It no longer rotates by itself.').first()).toBeVisible()
  expect(sent.filter(({ call }) => call.startsWith('PATCH'))).toEqual([
    { call: 'PATCH /api/thalassa/v1/kms/nl-01/keys/kms-1/rotation', body: { keyRotationEnabled: false } },
  ])
})

test('Escape in a dialog gives the focus back to the menu that opened it', async () => {
  open(thalassaKey())
  await expect.element(button('More actions')).toBeVisible()
  button('More actions').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('menuitem').first()).toHaveFocus()
  await userEvent.keyboard('d{Enter}')
  await expect.element(dialog()).toHaveAccessibleName(/^Disable/)
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog()).not.toBeInTheDocument()
  await expect.element(button('More actions')).toHaveFocus()
})

test.each(['rotation', 'public-key', 'export'])('the tab %s fits 320 × 256 px', async (name) => {
  await setWindowWidth(320)
  await page.viewport(320, 256)
  const key = thalassaKey({
    type: 'ed25519',
    purpose: 'sign',
    can: ['sign'],
    latestVersion: 3,
    traits: ['exportable'],
  })
  queryClient.setQueryData(queries.publicKeys(key).queryKey, new Map([[1, toBase64(new Uint8Array(32).fill(1))]]))
  open(key, name)
  await expect.element(page.getByRole('tabpanel')).toBeVisible()
  if (name === 'rotation') await expect.element(page.getByText(/manual/i).first()).toBeVisible()
  await expectNoOverflow()
  if (name !== 'export') return
  await button('Export key material…').click()
  await expect.element(dialog()).toBeVisible()
  await expectNoOverflow()
})
