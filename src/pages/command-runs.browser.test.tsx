/** What the palette's commands do, from a step of the wizard to a field or a dialog of another tab. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../app/query-client.ts'
import type { KmsKey } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { type Answers, answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { copiedText } from '../testing/clipboard.ts'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import ActivityPage from './activity/ActivityPage.tsx'
import ApiKeysPage from './api-keys/ApiKeysPage.tsx'
import { commandGroups } from './commands.ts'
import CreateKeyPage from './create-key/CreateKeyPage.tsx'
import { KeyContent } from './key/KeyContent.tsx'
import { openPlayground } from './playground/testing/open-playground.tsx'
import { opaqueKey, versionedKey } from './shared/testing/provider-keys.ts'

const command = (label: string) =>
  commandGroups()
    .flatMap(({ commands }) => commands)
    .find((one) => one.label === label)

/** Runs a command once it is offered and possible. */
async function run(label: string) {
  await expect.poll(() => [command(label)?.label, command(label)?.disabledReason]).toEqual([label, undefined])
  const { run: act } = command(label) ?? {}
  if (typeof act === 'function') act()
}

const heading = (name: string) => page.getByRole('heading', { name })
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })

/** Runs a command that copies, and returns what it copied. */
async function copied(label: string, what: string) {
  window.focus()
  await run(label)
  await expect.element(page.getByText(`Copied the ${what}.`).first()).toBeVisible()
  return copiedText()
}

test('the wizard: to a step, to the field that is wrong, and to the created key', async () => {
  const sent = answerCalls({}, 'none')
  fillCache()
  render(<CreateKeyPage />, { path: '/keys/new' })
  await page.getByRole('radio', { name: 'Exoscale' }).click()
  await page.getByRole('radio', { name: 'ch-gva-2' }).click()
  await run('Continue')
  await expect.element(field('Name')).toHaveFocus()
  await run('Create key')
  await expect.element(field('Name')).toHaveAttribute('aria-invalid', 'true')
  await field('Name').fill('by palette')
  await run('Back')
  await expect.element(page.getByRole('radio', { name: 'Exoscale' })).toHaveFocus()
  await run('Continue')
  await run('Create key')
  await expect
    .poll(() => sent.filter(({ call }) => call.startsWith('POST')).map(({ body }) => body))
    .toMatchObject([{ name: 'by palette' }])
})

const content = (key: KmsKey) => <KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => undefined} />

test('a key: Replicate to… decrypts its dialog from another tab, once', async () => {
  const key: KmsKey = { ...opaqueKey, originZone: opaqueKey.location, traits: ['multi-zone'] }
  answerCalls({}, 'none')
  fillCache({ keys: [key] })
  const router = render(content(key), { path: '/' })
  const dialog = page.getByRole('dialog', { name: `Replicate ${key.name}` })
  await run('Replicate to…')
  await expect.element(dialog).toBeVisible()
  expect(router.state.location.search).toBe('?tab=replicas')
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.getByRole('tab', { name: 'Replicas' }).click()
  await expect.element(button('Replicate to…')).toBeVisible()
  await expect.element(dialog).not.toBeInTheDocument()
  await run('Replicate to…')
  await expect.element(dialog).toBeVisible()
})

const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4Za+inb2lhAaaie+OUrL5LIVtLAE
bL+ZBIRRh6LlhTj2lpkt2Fl8ztGRuLl3JsRqe/9KTjW+aqUIDt6PI3xccA==
-----END PUBLIC KEY-----
`

test('a key: its exported material is revealed, and its public key copied', async () => {
  const key = keyWith({ type: 'ecdsa-p256', purpose: 'sign', can: ['sign'], latestVersion: 1 })
  answerCalls({ 'POST */export': { body: { keyMaterial: 'secret material', keyVersion: '1' } } }, 'none')
  fillCache({ keys: [key] })
  queryClient.setQueryData(queries.publicKeys(key).queryKey, new Map([[1, pem]]))
  render(content(key), { path: '/' })
  await run('Export key material…')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(key.name)
  await dialog.getByRole('button', { name: 'Export key material' }).click()
  const material = field('Key material')
  await expect.element(material).toHaveTextContent('•'.repeat(24))
  await button('Reveal').click()
  await expect.element(material).toHaveTextContent('secret material')
  await button('Close').click()
  await expect.element(material).not.toBeInTheDocument()

  await run('Open Public key')
  expect(await copied('Copy public key of version 1', 'public key of version 1')).toBe(pem)
  expect(await copied('Copy hex fingerprint of version 1', 'hex fingerprint of version 1')).toMatch(/^[0-9a-f]{64}$/)
  await expect.poll(() => command('Download PEM of version 1')).toBeDefined()
})

test('the playground: a ciphertext is copied, plaintext is masked, and the history is cleared', async () => {
  openPlayground(versionedKey, {
    listed: [versionedKey],
    answers: {
      'POST */encrypt': { body: { ciphertext: 'thalassa:v7:AAEC', keyVersion: '7' } },
      'POST */decrypt': { body: { plaintext: btoa('by palette'), keyVersion: '7' } },
    },
  })
  await field('Plaintext').fill('by palette')
  await run('Encrypt')
  expect(await copied('Copy ciphertext', 'ciphertext')).toBe('thalassa:v7:AAEC')
  await run('Use in Decrypt')
  await run('Decrypt')
  await expect.element(field('Plaintext')).toHaveTextContent('by palette')
  await run('Mask plaintext')
  await expect.element(field('Plaintext')).toHaveTextContent('•'.repeat(24))
  await run('Find its key')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await run('Clear history')
  await expect.element(page.getByRole('region', { name: 'History' })).not.toBeInTheDocument()
  await run('Show all tabs')
  await run('Choose a key')
  await expect.element(page.getByRole('combobox', { name: /^Key: Find a key/ })).toHaveFocus()
})

test('activity: filters are set and cleared', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [versionedKey] })
  const router = render(<ActivityPage />, { path: '/activity' })
  const expectSearch = (search: string) => expect.poll(() => router.state.location.search).toBe(search)
  await run('Filter Result: Failed')
  await expect.poll(() => command('Remove filter Result: Failed')).toBeDefined()
  await run('Filter Time: Last 7 days')
  await expectSearch('?result=failed&time=7d')
  await run('Clear filters')
  await expectSearch('')
})

test('API keys: one is copied and deleted, and a role is opened, copied and closed', async () => {
  const keysCall = 'GET /api/exoscale/ch-gva-2/api-key'
  const answers: Answers = {
    [keysCall]: { body: { 'api-keys': [{ key: 'EXO1', name: 'nightly', 'role-id': 'r-1' }] } },
    'GET /api/exoscale/ch-gva-2/iam-role': { body: { 'iam-roles': [{ id: 'r-1', name: 'Owner' }] } },
    'DELETE /api/exoscale/ch-gva-2/api-key/EXO1': { body: { id: 'o-1', state: 'success' } },
  }
  answerCalls(answers)
  fillCache({ clouds: [{ id: 'exoscale', mode: 'live', endpoint: 'https://api-{zone}.kms.test/v2' }] })
  render(<ApiKeysPage />, { path: '/api-keys' })
  expect(await copied('Copy key of nightly', 'key of nightly')).toBe('EXO1')
  await run('Delete nightly…')
  const dialog = page.getByRole('dialog', { name: 'Delete API key nightly' })
  await dialog.getByRole('button', { name: 'Show code' }).click()
  await expect.element(dialog.getByRole('tabpanel', { name: 'exo' })).toMatchTextContent(/api-key delete EXO1/)
  await dialog.getByRole('textbox').fill('nightly')
  answers[keysCall] = { body: { 'api-keys': [] } }
  await dialog.getByRole('button', { name: 'Delete API key' }).click()
  await expect.element(heading('No API keys yet')).toBeVisible()

  await run('Show roles')
  await run('Open role Owner')
  const role = page.getByRole('region', { name: 'Owner', exact: true })
  await expect.element(role).toBeVisible()
  expect(await copied('Copy id of Owner', 'id of Owner')).toBe('r-1')
  await run('Close role')
  await expect.element(role).not.toBeInTheDocument()
})
