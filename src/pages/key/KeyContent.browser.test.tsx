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
    type: 'AES_256',
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

const property = (name: string) =>
  page.getByRole('term').filter({ hasText: name }).element().parentElement?.textContent ?? ''

test('the overview has what the head does not, in two cards', async () => {
  const entry = {
    createdAt: new Date(now - 7_300_000).toISOString(),
    eventID: 'event-1',
    action: 'kms.encrypt',
    resourceIdentity: 'kms-1',
    context: { outcome: 'success', region: 'nl-01' },
  }
  answerCalls({ 'GET /api/thalassa/v1/audit*': { body: { items: [entry], page: 1, totalPages: 1 } } })
  open(
    thalassaKey({
      description: 'Protects invoices.',
      labels: { env: 'prod' },
      annotations: { owner: 'platform' },
      latestVersion: 2,
    }),
  )
  await expect.element(page.getByText(/^Encrypt, .*2 h ago$/)).toBeVisible()
  expect(property('Last rotated')).toMatch(/just now$/)
  expect(property('If disabled')).toMatch(/Encryption and decryption stop\. Secrets in Secrets Manager/)
  expect(property('Operations')).toMatch(/Encrypt, decrypt$/)
  expect(property('Export')).toMatch(/Not allowed$/)
  const panel = page.getByRole('tabpanel')
  for (const text of ['Protects invoices.', 'env=prod', 'platform'])
    await expect.element(panel.getByText(text)).toBeVisible()
  await expect.element(panel.getByRole('heading')).toHaveLength(2)
  // What the head shows stands there alone.
  for (const text of ['kms-1', 'nl-01', 'aes256-gcm96', 'Active'])
    await expect.element(panel.getByText(text, { exact: true })).not.toBeInTheDocument()
})

test.each([
  ['disabled', {}],
  ['pending_deletion', { destroyedAt: addDays(now, 9) }],
])('nothing on the page of a key with the status %s says that it works', async (status, members) => {
  const automatic = { automatic: true, period: inDays(90), nextAt: addDays(now, 90) }
  open(thalassaKey({ status, latestVersion: 2, minDecryptionVersion: 1, rotation: automatic, ...members }))
  await expect.element(page.getByText('Stopped now')).toBeVisible()
  expect(property('Stopped now')).toMatch(/Encryption and decryption\./)
  expect(document.body.textContent).not.toMatch(/still|decrypts/)
  await tab('Versions and rotation').click()
  await expect.element(page.getByRole('row', { name: /v1/ })).toMatchTextContent(/Nothing now/)
  expect(document.body.textContent).not.toMatch(/still|decrypts/)
})

test('the head names what is special about a key', async () => {
  open(exoscaleKey({ traits: ['default', 'multi-zone'] }))
  await expect.element(page.getByText('Default key')).toBeVisible()
  await expect.element(page.getByText('Multi-zone', { exact: true }).first()).toBeVisible()
})

test.each([
  ['versions', '?tab=rotation', 'Versions and rotation'],
  ['export', '', 'Overview'],
  ['replicas', '?tab=replicas', 'Overview'],
])('a link to the former tab %s leads to its place', async (former, search, name) => {
  const router = open(thalassaKey(), former)
  await expect.element(tab(name)).toHaveAttribute('aria-selected', 'true')
  expect(router.state.location.search).toBe(search)
  await expect.element(dialog()).not.toBeInTheDocument()
})

test('a link to the former tab of the export opens the dialog of a key that allows it', async () => {
  open(thalassaKey({ traits: ['exportable'] }), 'export')
  await expect.element(dialog()).toHaveAccessibleName('Export billing archive')
})

test('export stands in the menu of a key that allows it, with the reason while it is not possible', async () => {
  open(thalassaKey({ traits: ['exportable'], status: 'disabled' }))
  await button('More actions').click()
  const item = page.getByRole('menuitem', { name: /^Export key material…/ })
  await expect.element(item).toHaveAttribute('aria-disabled', 'true')
  await expect.element(item).toMatchTextContent(/The key is disabled\. Enable it first\./)
})

test('export is not in the menu of a key that does not allow it', async () => {
  open(thalassaKey())
  await button('More actions').click()
  await expect.element(page.getByRole('menuitem', { name: 'Disable…' })).toBeVisible()
  await expect.element(page.getByRole('menuitem', { name: /^Export/ })).not.toBeInTheDocument()
})

test.each([
  ['Disable…', 'w'.repeat(100)],
  ['Schedule deletion…', 'w'.repeat(100)],
  ['Schedule deletion…', '決済用の鍵・مفتاح الدفع'],
])('%s says what happens in short paragraphs, also for a long or foreign name (%#)', async (item, name) => {
  await narrowWindow()
  open(thalassaKey({ name }))
  await menuItem(item)
  await expect.element(dialog()).toBeVisible()
  for (const paragraph of dialog().element().querySelectorAll('p'))
    expect(paragraph.textContent.length).toBeLessThanOrEqual(160)
  const title = dialog().element().querySelector('h2')
  expect(title?.textContent).toContain(name)
  expect(title?.scrollWidth).toBeLessThanOrEqual(title?.clientWidth ?? 0)
  await expectNoOverflow()
})

test('dialogs name what stops, and what stays taken until the deletion', async () => {
  open(thalassaKey())
  await menuItem('Disable…')
  await expect.element(dialog()).toMatchTextContent(/Encryption and decryption stop now, until the key is enabled/)
  await expect.element(dialog()).toMatchTextContent(/Secrets in Secrets Manager that are bound to it can’t be read/)
  await dialog().getByRole('button', { name: 'Keep it active' }).click()
  await expect.element(dialog()).not.toBeInTheDocument()
  await menuItem('Schedule deletion…')
  await expect.element(dialog()).toMatchTextContent(/Until then you can cancel, and its slug stays taken/)
})

test('a provider without slugs keeps the name taken', async () => {
  open(exoscaleKey())
  await menuItem('Schedule deletion…')
  await expect.element(dialog()).toMatchTextContent(/Until then you can cancel, and its name stays taken/)
  await expect.element(dialog()).not.toMatchTextContent(/Secrets Manager/)
})

test.each([
  ['aes256-gcm96', 'encrypt', ''],
  ['ecdsa-p256', 'sign', '&op=sign'],
  ['hmac', 'mac', '&op=hmac'],
] as const)('a key of type %s is used in the playground for what it can do', async (type, purpose, operation) => {
  open(thalassaKey({ type, purpose, can: [purpose] }))
  await expect
    .element(page.getByRole('link', { name: 'Open in playground' }))
    .toHaveAttribute('href', `/playground?key=thalassa%2Fnl-01%2Fkms-1${operation}`)
})

test('one tab has the versions and what is planned', async () => {
  const router = open(thalassaKey({ rotation: { automatic: true, period: inDays(90), nextAt: addDays(now, 90) } }))
  await tab('Versions and rotation').click()
  expect(router.state.location.search).toBe('?tab=rotation')
  await expect.element(page.getByRole('row', { name: /^v1/ })).toMatchTextContent(/Encrypts and decrypts/)
  await expect.element(page.getByText(/^Version 2 follows in \d+ days, on /)).toBeVisible()
  await router.navigate(-1)
  await expect.element(tab('Overview')).toHaveAttribute('aria-selected', 'true')
})

test('the audit log tells who made a version; without an answer there is no such column', async () => {
  const rotated = {
    createdAt: new Date(now).toISOString(),
    eventID: 'event-2',
    action: 'kms.rotate',
    resourceIdentity: 'kms-1',
    userIdentity: 'usr-1',
    user: { name: 'Ada' },
    context: { outcome: 'success', keyVersion: '2' },
  }
  const answers: Answers = { 'GET /api/thalassa/v1/audit*': { status: 403, body: { message: 'no' } } }
  answerCalls(answers)
  open(thalassaKey({ latestVersion: 2 }), 'rotation')
  await expect.element(page.getByRole('row', { name: /^v2/ })).toBeVisible()
  await expect.element(page.getByRole('columnheader', { name: 'By' })).not.toBeInTheDocument()
  expect(document.body.textContent).not.toContain('Unknown')
  answers['GET /api/thalassa/v1/audit*'] = { body: { items: [rotated], page: 1, totalPages: 1 } }
  await queryClient.invalidateQueries({ queryKey: ['audit'] })
  await expect.element(page.getByRole('columnheader', { name: 'By' })).toBeVisible()
  await expect.element(page.getByRole('row', { name: /^v2/ })).toMatchTextContent(/Ada/)
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
  await tab('Code').click()
  await tab('Versions and rotation').click()
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
  [8, 'Only 2 left for this key.', false],
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
  await expect.element(banner).toMatchTextContent(/Encryption and decryption are stopped until it is enabled/)
  await expect
    .element(button('Open in playground'))
    .toHaveAccessibleDescription('The key is disabled. Enable it first.')
  await expect.element(button('Rotate now')).toHaveAttribute('aria-disabled', 'true')
})

test('a key whose deletion is scheduled has its date, and settings that can’t be changed', async () => {
  const pending = { status: 'pending_deletion', destroyedAt: addDays(now, 9) }
  open(thalassaKey(pending), 'rotation')
  const banner = page.getByRole('alert').filter({ hasText: /^Deletes in \d+ days, on / })
  await expect.element(banner).toMatchTextContent(/Encryption and decryption are stopped\./)
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
  await expect.element(panel(10)).toMatchTextContent(/latest/)
  await expect.element(panel(10)).toMatchTextContent(/Ed25519, 256 bits/)
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
  await expect.element(page.getByText('Automatic rotation is off.').first()).toBeVisible()
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

test.each(['rotation', 'public-key'])('the tab %s fits 320 × 256 px', async (name) => {
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
  if (name === 'rotation') await expect.element(page.getByRole('row', { name: /^v3/ })).toBeVisible()
  await expectNoOverflow()
})

test('a key that never rotates says why, and has no tab, button and code for it', async () => {
  const never = 'Only symmetric keys rotate. This key has one version for life.'
  const rotation = { automatic: false, never, period: inDays(365), manual: { used: 0, limit: 10 } }
  const signing = exoscaleKey({ type: 'ECC_NIST_P256', purpose: 'sign', can: ['sign'], rotation })
  open(signing, 'rotation')
  await expect.element(tab('Overview')).toHaveAttribute('aria-selected', 'true')
  expect(property('Rotation')).toBe(`Rotation${never}`)
  expect(property('Operations')).toBe('OperationsSign, verify')
  await expect.element(page.getByText('Next rotation')).not.toBeInTheDocument()
  await expect.element(tab('Versions and rotation')).not.toBeInTheDocument()
  await expect.element(button('Rotate now')).not.toBeInTheDocument()
  await expect.element(tab('Public key')).toBeVisible()
  await tab('Code').click()
  await page.getByRole('combobox', { name: 'Operation' }).click()
  await expect.element(page.getByRole('option', { name: 'Disable' })).toBeVisible()
  await expect.element(page.getByRole('option', { name: /otat/ })).not.toBeInTheDocument()
})
