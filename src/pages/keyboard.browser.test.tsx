/** Forms without a pointer: each control is reached with the Tab key and used while it has the focus. */
import { expect, test } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { queryClient } from '../app/query-client.ts'
import type { KmsKey } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { type Answers, answerCalls } from '../clouds/testing/answers.ts'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import CreateKeyPage from './create-key/CreateKeyPage.tsx'
import { KeyContent } from './key/KeyContent.tsx'
import PlaygroundPage from './playground/PlaygroundPage.tsx'
import { openPlayground } from './playground/testing/open-playground.tsx'
import { ed25519Key, opaqueKey, opaqueKeyAnswer, rsaKey, versionedKey } from './shared/testing/provider-keys.ts'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const tab = (name: string) => page.getByRole('tab', { name, exact: true })
const told = (words: string) => page.getByRole('status').filter({ hasText: words })

const press = (...keys: string[]) => userEvent.keyboard(keys.map((key) => `{${key}}`).join(''))
const run = () => userEvent.keyboard('{Control>}{Enter}{/Control}')

/** Presses Tab until the target has the focus. Fails when it can’t be reached. */
async function tabTo(target: Locator) {
  await expect.element(target).toBeVisible()
  for (let step = 0; step < 60 && target.element() !== document.activeElement; step++) await press('Tab')
  await expect.element(target).toHaveFocus()
}

async function pressOn(target: Locator, key = 'Enter') {
  await tabTo(target)
  await press(key)
}

/** Types into a list that has a search field, and takes its only match. */
async function chooseFrom(list: Locator, name: string) {
  await pressOn(list)
  await userEvent.keyboard(name)
  await expect.element(page.getByRole('option')).toHaveLength(1)
  await press('Enter')
}

test('a key is found, encrypts and decrypts', async () => {
  answerCalls(
    {
      'POST */encrypt': { body: { ciphertext: 'thalassa:v7:AAEC', keyVersion: '7' } },
      'POST */decrypt': { body: { plaintext: btoa('by hand'), keyVersion: '7' } },
    },
    'none',
  )
  fillCache({ keys: [versionedKey, rsaKey] })
  render(<PlaygroundPage />, { path: '/playground' })
  await chooseFrom(page.getByRole('combobox', { name: /^Key/ }), versionedKey.name)
  await expect.element(button('Show all tabs')).toBeVisible()
  await tabTo(page.getByRole('radiogroup', { name: 'Encoding', exact: true }).getByRole('radio', { name: 'Text' }))
  await tabTo(field('Plaintext'))
  await userEvent.keyboard('by hand')
  await run()
  await expect.element(field('Ciphertext')).toHaveTextContent('thalassa:v7:AAEC')
  await expect.element(told('Encrypted with version 7.')).toBeInTheDocument()
  await pressOn(button('Use in Decrypt'))
  await expect.element(field('Ciphertext')).toHaveFocus()
  await run()
  await expect.element(field('Plaintext')).toHaveTextContent('by hand')
  await expect.element(told('Decrypted: 7 bytes.')).toBeInTheDocument()
})

test('a ciphertext is re-encrypted for another key', async () => {
  const ledger = { ...opaqueKey, id: '0198b1c4-0000-7000-8000-000000000001', name: 'ledger' }
  openPlayground(opaqueKey, {
    op: 'reEncrypt',
    listed: [opaqueKey, ledger],
    answers: {
      'POST */re-encrypt': { body: { ciphertext: 'BAUG' } },
      'POST */decrypt': { body: { plaintext: btoa('by hand') } },
    },
  })
  await tabTo(field('Source ciphertext'))
  await userEvent.keyboard('AAEC')
  await tabTo(page.getByRole('textbox', { name: 'Source context' }))
  const destination = page.getByRole('combobox', { name: /^Destination key(?!: Find)/ })
  await chooseFrom(destination, 'ledger')
  await expect.element(destination).toHaveFocus()
  await run()
  await expect.element(field('Ciphertext')).toHaveTextContent('BAUG')
  await expect.element(told('Re-encrypted for ledger.')).toBeInTheDocument()
  await pressOn(button('Use in Decrypt'))
  await expect.element(field('Ciphertext')).toHaveFocus()
  await expect.element(field('Ciphertext')).toHaveValue('BAUG')
})

test('a data key is generated, announced without its plaintext, and decrypted', async () => {
  const plaintext = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYX'
  openPlayground(opaqueKey, {
    op: 'dataKey',
    answers: {
      'POST */generate-data-key': { body: { plaintext, ciphertext: 'BAUG' } },
      'POST */decrypt': { body: { plaintext } },
    },
  })
  await tabTo(page.getByRole('radio', { name: /^AES-256/ }))
  await press('ArrowRight')
  await expect.element(page.getByRole('radio', { name: 'Another' })).toBeChecked()
  await tabTo(field('Number of bytes'))
  await userEvent.keyboard('24')
  await run()
  await expect.element(told('Data key generated: 24 bytes. Its plaintext is masked.')).toBeInTheDocument()
  for (const element of document.querySelectorAll('[role=status], [aria-live]'))
    expect(element.textContent).not.toContain(plaintext)
  await pressOn(button('Show plaintext'))
  await expect.element(field('Plaintext key')).toHaveTextContent(plaintext)
  await pressOn(button('Use in Decrypt'))
  await expect.element(field('Ciphertext')).toHaveFocus()
  await run()
  await expect.element(field('Plaintext')).toHaveTextContent('•'.repeat(24))
  await pressOn(button('Show plaintext'))
  await expect.element(field('Plaintext')).not.toHaveTextContent('•')
})

/** ECDSA P-256 with SHA-256, of the text “by hand”. */
const signature =
  'thalassa:v1:MEUCIQDDKRbmUXAPjnFA4nMbagB/8zuyVP8oCRbxKRhn5/tuiAIgacReUApU9r6FL/2HVy/b2kgFojy8v/y2/Jk7rrQNoWY='
const publicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4Za+inb2lhAaaie+OUrL5LIVtLAE
bL+ZBIRRh6LlhTj2lpkt2Fl8ztGRuLl3JsRqe/9KTjW+aqUIDt6PI3xccA==
-----END PUBLIC KEY-----
`

test('a message is signed, and its signature verified by the KMS and in the browser', async () => {
  openPlayground(
    { ...ed25519Key, type: 'ecdsa-p256', latestVersion: 1 },
    {
      op: 'sign',
      answers: {
        'POST */sign': { body: { signature, keyVersion: '1' } },
        'POST */verify': { body: { valid: true } },
        'GET /api/thalassa/v1/kms/nl-01/keys/kms-3/public-key*': { body: { keys: { 1: publicKey } } },
      },
    },
  )
  await tabTo(field('Message'))
  await userEvent.keyboard('by hand')
  await tabTo(page.getByRole('combobox', { name: 'Hash algorithm' }))
  await tabTo(page.getByRole('checkbox', { name: /^Prehashed/ }))
  await run()
  await expect.element(field('Signature')).toHaveTextContent(signature)
  await expect.element(told('Signed with version 1.')).toBeInTheDocument()
  await pressOn(button('Use in Verify'))
  await expect.element(tab('Verify')).toHaveAttribute('aria-selected', 'true')
  await expect.element(field('Message')).toHaveFocus()
  await run()
  const result = (name: string | RegExp) => page.getByRole('region', { name })
  await expect.element(result('Verified by Thalassa Cloud')).toMatchTextContent(/Matches/)
  await expect.element(told('The signature matches.')).toBeInTheDocument()
  await pressOn(button('Verify offline'))
  await expect.element(result(/^Verified in this browser/)).toMatchTextContent(/Matches/)
  await expect.element(told('Offline: The signature matches.')).toBeInTheDocument()
})

test('a key is replicated from its tab', async () => {
  const key: KmsKey = { ...opaqueKey, originZone: opaqueKey.location, traits: ['multi-zone'] }
  const wire = opaqueKeyAnswer({ 'multi-zone': true })
  const own = `/api/exoscale/${key.location}/kms-key/${key.id}`
  const answers: Answers = {
    [`GET ${own}`]: { body: wire },
    [`POST ${own}/replicate`]: { body: wire },
    'GET /api/exoscale/bg-sof-1/kms-key*': { body: { ...wire, 'kms-keys': [] } },
  }
  const sent = answerCalls(answers)
  fillCache({ keys: [key] })
  const router = render(<KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => undefined} />, {
    path: '/keys/of',
  })
  await tabTo(tab('Overview'))
  await press('ArrowRight', 'ArrowRight', 'Enter')
  await expect.poll(() => router.state.location.search).toBe('?tab=replicas')
  await pressOn(button('Replicate to…'))
  const zone = page.getByRole('dialog').getByRole('checkbox', { name: /^bg-sof-1/ })
  await expect.element(zone).not.toHaveAttribute('aria-disabled')
  await tabTo(zone)
  await press(' ')
  await expect.element(zone).toBeChecked()
  answers[`GET ${own}`] = {
    body: {
      ...wire,
      replicas: ['bg-sof-1'],
      'replicas-status': [{ zone: 'bg-sof-1', 'last-applied-watermark': 4 }],
    },
  }
  await pressOn(button('Replicate to bg-sof-1'))
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(sent.filter(({ call }) => call.startsWith('POST')).map(({ body }) => body)).toEqual([{ zone: 'bg-sof-1' }])
  await pressOn(
    page.getByRole('table', { name: 'Zones of this key' }).getByRole('link', { name: 'bg-sof-1', exact: true }),
  )
  await expect
    .poll(() => `${router.state.location.pathname}${router.state.location.search}`)
    .toBe(`/keys/exoscale/bg-sof-1/${key.id}?tab=replicas`)
})

test('a key is imported', async () => {
  const material = btoa(String.fromCharCode(1, ...new Uint8Array(551).fill(7)))
  const sent = answerCalls(
    {
      'POST *': {
        body: {
          identity: 'kms-9',
          name: 'Typed import',
          slug: 'typed-import',
          keyType: 'aes256-gcm96',
          status: 'enabled',
          exportAllowed: false,
          keyRotationEnabled: false,
          createdAt: '2026-11-22T11:58:00Z',
          updatedAt: '2026-11-22T11:58:00Z',
        },
      },
    },
    'none',
  )
  fillCache()
  queryClient.setQueryData(queries.wrappingKey('thalassa', 'nl-01').queryKey, publicKey)
  const router = render(<CreateKeyPage />, { path: '/keys/new' })
  await expect.element(page.getByRole('radio', { name: 'Thalassa Cloud' })).toHaveFocus()
  await press(' ')
  await pressOn(page.getByRole('checkbox', { name: 'Import key material' }), ' ')
  await pressOn(button('Continue'))
  const hash = page.getByRole('combobox', { name: 'Hash function' })
  await expect.element(hash).toHaveFocus()
  await press('Enter')
  await expect.element(page.getByRole('option', { selected: true })).toHaveFocus()
  await press('ArrowDown', 'Enter')
  await expect.element(hash).toHaveTextContent('SHA384')
  await tabTo(field('Wrapped material'))
  // As pasted: what is typed character by character is measured each time.
  document.execCommand('insertText', false, material)
  await expect.element(field('Wrapped material')).toHaveValue(material)
  await pressOn(button('Continue'))
  await expect.element(field('Name')).toHaveFocus()
  await userEvent.keyboard('Typed import{Enter}')
  await expect.poll(() => router.state.location.pathname).toBe('/keys/thalassa/nl-01/kms-9')
  expect(sent.filter(({ call }) => call.startsWith('POST')).map(({ body }) => body)).toMatchObject([
    { name: 'Typed import', importKeyMaterial: material, hashFunction: 'SHA384' },
  ])
})

test('the key of a ciphertext is found, and decrypts it', async () => {
  const wanted = { ...versionedKey, id: 'kms-5', name: 'wanted', slug: 'wanted' }
  const keyCall = 'POST /api/thalassa/v1/kms/nl-01/keys'
  const sent = answerCalls(
    {
      [`${keyCall}/${wanted.id}/decrypt`]: { body: { plaintext: btoa('who opens me'), keyVersion: '7' } },
      [`${keyCall}/${versionedKey.id}/decrypt`]: { status: 400, body: { message: 'decryption failed' } },
    },
    'none',
  )
  fillCache({ keys: [versionedKey, wanted, rsaKey] })
  const router = render(<PlaygroundPage />, { path: '/playground?op=decrypt' })
  await tabTo(field('Ciphertext'))
  document.execCommand('insertText', false, `thalassa:v7:${new Uint8Array(40).fill(7).toBase64()}`)
  await pressOn(button('Find its key'))
  const dialog = page.getByRole('dialog', { name: 'Find the key of this ciphertext' })
  const go = dialog.getByRole('button', { name: /^Try \d+ keys$/ })
  await expect.element(go).toBeVisible()
  expect(sent.filter(({ call }) => call.endsWith('/decrypt'))).toEqual([])
  await pressOn(go)
  await expect.element(dialog.getByRole('status').filter({ hasText: 'wanted decrypts it.' })).toBeVisible()
  await expect.element(dialog).not.toMatchTextContent(/who opens me/)
  await pressOn(dialog.getByRole('button', { name: 'Decrypt with this key' }))
  await expect.poll(() => router.state.location.search).toContain(wanted.id)
  await expect.element(page.getByRole('combobox', { name: 'Key: wanted' })).toBeVisible()
  await run()
  await expect.element(field('Plaintext')).toHaveTextContent('who opens me')
})
