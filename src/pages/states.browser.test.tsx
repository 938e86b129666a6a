/** Dialogs, results and refusals by axe's rules; the screens themselves are in `e2e/accessibility.spec.ts`. */
import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { KmsKey } from '../clouds/model.ts'
import { setPermissions } from '../clouds/permissions.ts'
import { type Answers, answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { expectAccessible } from '../testing/accessibility.ts'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import CreateKeyPage from './create-key/CreateKeyPage.tsx'
import { KeyContent } from './key/KeyContent.tsx'
import KeysPage from './keys/KeysPage.tsx'
import PlaygroundPage from './playground/PlaygroundPage.tsx'
import { BulkActions } from './shared/key-actions/BulkActions.tsx'
import { opaqueKey, versionedKey } from './shared/testing/provider-keys.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = page.getByRole('dialog')

const many = [1, 2, 3].map((number) => keyWith({ id: `kms-${number}`, name: `many ${number}`, traits: [] }))

const showKey = (key: KmsKey, tab: string) =>
  render(
    <main>
      <KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => {}} />
    </main>,
    { path: `/?tab=${tab}` },
  )

const showPlayground = (key: KmsKey, op: string) =>
  render(<PlaygroundPage />, { path: `/playground?key=${key.cloud}/${key.location}/${key.id}&op=${op}` })

const refused = (status: number, headers = {}) => ({ status, headers, body: { message: 'slow down' } })

afterEach(() => setPermissions({ readOnly: false }))

test('keys: their order and export, keys that are left out, failures and a pause', async () => {
  const answers: Answers = { 'POST */rotate': [refused(400), {}] }
  answerCalls(answers, 'none')
  fillCache({ keys: [...many, opaqueKey] })
  render(
    <>
      <KeysPage />
      <BulkActions />
    </>,
    { path: '/keys' },
  )
  await button('Columns').click()
  await page.getByRole('menuitem', { name: /^Order/ }).click()
  await expect.element(page.getByRole('menuitemradio', { name: 'Name', exact: true })).toBeVisible()
  await expectAccessible()
  await userEvent.keyboard('{Escape}{Escape}')
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await button('Export').click()
  await expect.element(page.getByRole('menu')).toBeVisible()
  await expectAccessible()
  await userEvent.keyboard('{Escape}')

  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).click()
  const selection = page.getByRole('toolbar', { name: 'Actions for the selection' })
  await selection.getByRole('button', { name: 'Set rotation' }).click()
  await dialog.getByRole('radio', { name: '30' }).click()
  await expect.element(dialog.getByRole('region', { name: 'Not changed' })).toMatchTextContent(/Exoscale rotates every/)
  await button('Show code').click()
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()

  await selection.getByRole('button', { name: 'Rotate now' }).click()
  await dialog.getByRole('button', { name: 'Rotate 4 keys' }).click()
  await expect.element(dialog).toHaveAccessibleName(/^Rotated \d of 4 keys$/)
  await expectAccessible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect.element(dialog).not.toBeInTheDocument()

  answers['POST */rotate'] = refused(429, { 'retry-after': '600' })
  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).click()
  await selection.getByRole('button', { name: 'Rotate now' }).click()
  await dialog.getByRole('button', { name: 'Rotate 4 keys' }).click()
  await expect.element(dialog).toMatchTextContent(/The cloud asks for a pause of/)
  await expectAccessible()
  await dialog.getByRole('button', { name: 'Hide' }).click()
  const progress = page.getByRole('region', { name: 'Work on many keys' })
  await expect.element(progress).toMatchTextContent(/Rotating 4 keys/)
  await expectAccessible()
  await progress.getByRole('button').first().click()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
})

test('a period that is not valid, with code', async () => {
  fillCache({ keys: [{ ...versionedKey, rotation: { automatic: false } }] })
  showKey({ ...versionedKey, rotation: { automatic: false } }, 'rotation')
  await page.getByRole('switch', { name: 'Rotate automatically' }).click()
  await page.getByRole('radiogroup', { name: 'Period' }).getByText('Other', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Period in days' }).fill('often')
  await button('Show code').first().click()
  await expect.element(page.getByText(/is not valid yet: the code has the usual 90\./).first()).toBeVisible()
  await expectAccessible()
})

test('the export of a key, and its material', async () => {
  const key = keyWith({ name: 'exported', traits: ['exportable'] })
  answerCalls({ 'POST */export': { body: { keyMaterial: 'AAECAwQFBgc=', keyVersion: '3' } } }, 'none')
  fillCache({ keys: [key] })
  showKey(key, 'export')
  await dialog.getByRole('button', { name: 'Show code' }).click()
  await dialog.getByRole('textbox').fill('exported')
  await expectAccessible()
  await dialog.getByRole('button', { name: 'Export key material' }).click()
  await button('Reveal').click()
  await expect.element(page.getByText('AAECAwQFBgc=')).toBeVisible()
  await expectAccessible()
})

test('a key whose status is unknown, in a console that only reads', async () => {
  setPermissions({ readOnly: true })
  const key = keyWith({ name: 'kept', status: 'suspended', traits: [] })
  fillCache({ keys: [key], readOnly: true })
  showKey(key, 'overview')
  await expect.element(page.getByText('The status of this key is “suspended”.')).toBeVisible()
  await expect.element(button('Rotate now')).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible()
})

test('replicas: a zone that is behind, and the note of a replica', async () => {
  answerCalls({}, 'none')
  const primary: KmsKey = {
    ...opaqueKey,
    originZone: 'ch-gva-2',
    traits: ['multi-zone'],
    replicas: ['bg-sof-1'],
    revision: 3,
    replicaStates: [{ location: 'bg-sof-1', applied: 2, state: 'behind' }],
  }
  const replica: KmsKey = { ...primary, location: 'bg-sof-1', traits: ['replica'] }
  fillCache({ keys: [primary, replica] })
  showKey(replica, 'replicas')
  await expect.element(page.getByText('This is the replica in bg-sof-1.')).toBeVisible()
  await expect.element(page.getByText('Catching up').first()).toBeVisible()
  await expectAccessible()
})

test('the dialog that replicates a key', async () => {
  const key: KmsKey = { ...opaqueKey, originZone: 'ch-gva-2', traits: ['multi-zone'] }
  fillCache({ keys: [key] })
  showKey(key, 'replicas')
  await button('Replicate to…').click()
  await dialog.getByRole('checkbox', { name: /^bg-sof-1/ }).click()
  await dialog.getByRole('button', { name: 'Show code' }).click()
  await expectAccessible()
})

test('a zone that refuses, in the wizard', async () => {
  answerCalls({}, { status: 403, body: { message: 'Forbidden by role policy for kms' } })
  fillCache({ without: 'bg-sof-1' })
  render(<CreateKeyPage />, { path: '/keys/new' })
  await page.getByRole('radio', { name: 'Exoscale' }).click()
  await expect.element(page.getByRole('radio', { name: 'bg-sof-1' })).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible()
})

test('what a ciphertext is, one that is damaged, and the key that decrypts it', async () => {
  answerCalls({ 'POST */decrypt': { body: { plaintext: btoa('twelve bytes') } } }, 'none')
  fillCache({ keys: [versionedKey] })
  showPlayground(versionedKey, 'decrypt')
  const ciphertext = page.getByRole('textbox', { name: 'Ciphertext', exact: true })
  await ciphertext.fill('thalassa:v1:AAECAA-CAAEC')
  await expect.element(page.getByText(/Character 19 is “-”, of the URL-safe alphabet\./).first()).toBeVisible()
  await expectAccessible()
  await ciphertext.fill(`thalassa:v1:${btoa('x'.repeat(40))}`)
  await expect.element(page.getByText('40 bytes', { exact: true }).first()).toBeVisible()
  await button('Find its key').click()
  await dialog.getByRole('button', { name: /^Try \d+ keys?$/ }).click()
  await expect.element(dialog.getByText(/ decrypts it\.$/).first()).toBeVisible()
  await expectAccessible()
})

test('fields of a data key, re-encryption and encryption that are wrong', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [opaqueKey] })
  showPlayground(opaqueKey, 'dataKey')
  await page.getByRole('radiogroup', { name: 'Size' }).getByText('Another', { exact: true }).click()
  const bytes = page.getByRole('textbox', { name: 'Number of bytes' })
  await bytes.fill('many')
  await button('Generate data key').click()
  await expect.element(bytes).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible()
  await page.getByRole('tab', { name: 'Re-encrypt' }).click()
  const source = page.getByRole('textbox', { name: 'Source ciphertext', exact: true })
  await source.fill('RVhPSw')
  await button('Re-encrypt').click()
  await expect.element(source).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('combobox', { name: /^Destination key/ }).click()
  await expect.element(page.getByRole('option').first()).toBeVisible()
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  await page.getByRole('tab', { name: 'Encrypt', exact: true }).click()
  await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('a'.repeat(4097))
  await expect.element(page.getByText(/Above 4,096 bytes, use a data key/)).toBeVisible()
  await expectAccessible()
})

test('a link that names no key', async () => {
  answerCalls({}, 'none')
  fillCache()
  render(<PlaygroundPage />, { path: '/playground?key=nonsense' })
  await expect.element(page.getByText('This link names no key')).toBeVisible()
  await expectAccessible()
})

test('a 404 for a key that can be read is explained as a missing permission', async () => {
  answerCalls({ 'POST */encrypt': { status: 404, body: { message: 'kms key not found' } } }, 'none')
  fillCache({ keys: [versionedKey] })
  showPlayground(versionedKey, 'encrypt')
  const plaintext = page.getByRole('textbox', { name: 'Plaintext', exact: true })
  await plaintext.fill('typed by a reader')
  await button('Encrypt').click()
  await expect.element(page.getByRole('alert').first()).toMatchTextContent(/your role probably does not allow this/)
  await expect.element(plaintext).toHaveValue('typed by a reader')
  await expectAccessible()
})
