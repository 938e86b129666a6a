import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow, narrowWindow } from '../../testing/window.ts'
import { linksIn } from '../paths.ts'
import {
  ed25519Key,
  macKey,
  opaqueKey,
  opaqueKeyAnswer,
  opaqueRsaKey,
  opaqueSigningKey,
  rsaKey,
  versionedKey,
} from '../shared/testing/provider-keys.ts'
import PlaygroundPage from './PlaygroundPage.tsx'
import { openPlayground } from './testing/open-playground.tsx'

const tab = (name: string) => page.getByRole('tab', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const encoding = (name: string, of = 'Encoding') =>
  page.getByRole('radiogroup', { name: of, exact: true }).getByRole('radio', { name })
const text = (words: string | RegExp) => page.getByText(words).first()

test.each([
  [
    opaqueKey,
    ['Encrypt', 'Decrypt', 'Re-encrypt', 'Data key'],
    ['Encrypt', 'Decrypt', 'Re-encrypt', 'Generate data key'],
  ],
  [versionedKey, ['Encrypt', 'Decrypt'], ['Encrypt', 'Decrypt']],
  [ed25519Key, ['Sign', 'Verify'], ['Sign', 'Verify']],
  [macKey('hmac'), ['HMAC', 'Verify HMAC'], ['Compute HMAC', 'Verify HMAC']],
])('a key has a form for each of its operations, which fits 390 px', async (key, tabs, buttons) => {
  await page.viewport(390, 844)
  openPlayground(key)
  await expect.element(page.getByRole('tab')).toHaveLength(tabs.length + 1)
  await expect.element(tab('File')).toBeVisible()
  for (const [index, name] of tabs.entries()) {
    await tab(name).click()
    const run = button(buttons[index] ?? '')
    await expect.element(run).toHaveAttribute('aria-keyshortcuts', 'Control+Enter')
    expect(run.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(44)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth)
  }
  await page.viewport(1280, 720)
})

test('errors stand at their fields once a request is tried, and input goes along to another operation', async () => {
  openPlayground(opaqueKey, { op: 'decrypt' })
  const ciphertext = field('Ciphertext')
  await button('Decrypt').click()
  await expect.element(ciphertext).toHaveAccessibleDescription('There is nothing to decrypt yet. Paste a ciphertext.')
  await expect.element(ciphertext).toHaveAttribute('aria-invalid', 'true')

  await ciphertext.fill('AAEC')
  await page.getByRole('textbox', { name: 'Encryption context' }).fill('tenant=42')
  // Focus in the old tab would take keys that are pressed meanwhile.
  const focusedIn: (string | null | undefined)[] = []
  document.addEventListener('focusin', ({ target }) => {
    const selected = document.querySelector('[role=tab][aria-selected=true]')
    if (target instanceof HTMLTextAreaElement) focusedIn.push(selected?.textContent)
  })
  await button('Use in Re-encrypt').click()
  await expect.element(field('Source ciphertext')).toHaveValue('AAEC')
  await expect.element(field('Source ciphertext')).toHaveFocus()
  expect(focusedIn).toEqual(['Re-encrypt'])
  await expect.element(field('Destination context')).toHaveValue('')
  await button('Copy source context').click()
  await expect.element(field('Destination context')).toHaveValue('tenant=42')
})

test('code shows the draft, with empty input while it is not valid', async () => {
  openPlayground(versionedKey, { op: 'decrypt' })
  await page.getByRole('button', { name: 'Show code' }).first().click()
  await expect.poll(() => document.body.textContent).toContain('The input is not valid yet')
  await field('Ciphertext').fill('thalassa:v7:AAEC')
  await expect.poll(() => document.body.textContent).toContain('"ciphertext": "thalassa:v7:AAEC"')
  expect(document.body.textContent).not.toContain('The input is not valid yet')
})

test('plaintext is counted in bytes, and refused at its field', async () => {
  openPlayground(rsaKey)
  await field('Plaintext').fill('žluť')
  await expect.element(text('6 of 190 bytes')).toBeVisible()
  await field('Plaintext').fill('a'.repeat(191))
  await expect
    .element(field('Plaintext'))
    .toHaveAccessibleDescription(/This is 191 bytes, and this key takes up to 190/)
  await encoding('Hex').click()
  await field('Plaintext').fill('xyz')
  await button('Encrypt').click()
  await expect.element(field('Plaintext')).toHaveAccessibleDescription(/“x” is not a hexadecimal digit\./)
  await expect.element(field('Plaintext')).toHaveAttribute('aria-invalid', 'true')
  await field('Plaintext').fill('ff')
  await encoding('Text').click()
  await expect.element(text('These bytes are not valid UTF-8, so they stay in hex.')).toBeVisible()
  await expect.element(field('Plaintext')).toHaveValue('ff')
})

test.each([
  [{ ...versionedKey, status: 'disabled' }, 'The key is disabled. Enable it first.'],
  [{ ...versionedKey, status: 'pending_deletion' }, 'The key is pending deletion. Cancel the deletion first.'],
  [{ ...opaqueKey, status: 'disabled' }, 'The key is disabled. Enable it first.'],
  [{ ...opaqueKey, status: 'pending-deletion' }, 'The key is pending deletion. Cancel the deletion first.'],
])('a key that can’t be used has the reason, and a link to it', async (key, reason) => {
  openPlayground(key)
  await expect.element(button('Encrypt')).toHaveAccessibleDescription(reason)
  await expect.element(text(`${key.name} can’t encrypt.`)).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Open key' })).toBeVisible()
})

test('a disabled key still verifies offline', async () => {
  openPlayground({ ...ed25519Key, status: 'disabled' }, { op: 'verify' })
  await expect.element(button('Verify')).toHaveAttribute('aria-disabled', 'true')
  await expect.element(button('Verify offline')).not.toHaveAttribute('aria-disabled', 'true')
})

test('without a key every operation is offered, the input stays, and keys that can’t run it are disabled', async () => {
  openPlayground(versionedKey, { listed: [versionedKey, ed25519Key] })
  await field('Plaintext').fill('stays')
  await button('Show all tabs').click()
  await expect.element(page.getByRole('tab')).toHaveLength(9)
  await expect.element(field('Plaintext')).toHaveValue('stays')
  await expect.element(button('Encrypt')).toHaveAccessibleDescription('Choose a key first.')
  await tab('Sign').click()
  await page.getByRole('combobox', { name: 'Key', exact: true }).click()
  const refused = page.getByRole('option').filter({ hasText: versionedKey.name })
  await expect.element(refused).toHaveAttribute('aria-disabled', 'true')
  await expect.element(refused).toMatchTextContent(/A key of type aes256-gcm96 can’t sign\./)
  await page.getByRole('option').filter({ hasText: ed25519Key.name }).click()
  await expect.element(page.getByRole('tab')).toHaveLength(3)
  await expect.element(field('Message')).toHaveFocus()
  await expect.element(button('Sign')).not.toHaveAttribute('aria-disabled', 'true')
})

test('the tab File keeps the key, what was typed on other tabs, and the place of the choice', async () => {
  const router = openPlayground(versionedKey, { listed: [versionedKey] })
  await field('Plaintext').fill('stays')
  await tab('File').click()
  await expect.element(page.getByLabelText('File to encrypt')).toBeInTheDocument()
  expect(router.state.location.search).toContain('op=file')
  await expect.element(page.getByRole('combobox', { name: `Key: ${versionedKey.name}` })).toBeVisible()
  await expect.element(tab('File')).toHaveFocus()
  await page.getByRole('radio', { name: 'Decrypt a file' }).click()
  await expect.element(text('The header of the file names its key.')).toBeVisible()
  await tab('Encrypt').click()
  await expect.element(field('Plaintext')).toHaveValue('stays')
  expect(router.state.location.search).not.toMatch(/op=|tab=/)
})

test('after the choice of a key the focus is where work starts', async () => {
  openPlayground(versionedKey, { listed: [versionedKey, { ...versionedKey, id: 'kms-2', name: 'second' }] })
  await expect.element(field('Plaintext')).toBeVisible()
  await expect.element(field('Plaintext')).not.toHaveFocus()
  await page.getByRole('combobox', { name: /^Key/ }).click()
  await page.getByRole('option').filter({ hasText: 'second' }).click()
  await expect.element(page.getByRole('combobox', { name: 'Key: second' })).toBeVisible()
  await expect.element(field('Plaintext')).toHaveFocus()
})

test('a link that names no key, and a key that is still being read', async () => {
  answerCalls({}, 'none')
  queryClient.setQueryData(queries.session().queryKey, { version: '1.0.0', readOnly: false, clouds: [] })
  const router = render(<PlaygroundPage />, { path: '/playground?key=nonsense' })
  await expect.element(text('This link names no key')).toBeVisible()
  await router.navigate('/playground?key=thalassa/nl-01/kms-slow')
  await expect.poll(() => document.querySelector('main, body')?.querySelector('[aria-busy=true]')).not.toBeNull()
  expect(page.getByRole('button', { name: 'Encrypt', exact: true }).query()).toBeNull()
})

test('an empty plaintext comes back empty', async () => {
  openPlayground(opaqueKey, { op: 'decrypt', answers: { 'POST */decrypt': { body: { plaintext: '' } } } })
  await field('Ciphertext').fill('AAEC')
  await button('Decrypt').click()
  await expect.element(field('Plaintext')).toHaveTextContent('It is empty: 0 bytes.')
})

test('at 390 px the result stands below the form, with its switch, and a ciphertext with the search for its key', async () => {
  await narrowWindow()
  openPlayground(versionedKey, {
    listed: [versionedKey],
    answers: { 'POST */encrypt': { body: { ciphertext: 'thalassa:v7:AAEC', keyVersion: '7' } } },
  })
  await field('Plaintext').fill('small')
  await button('Encrypt').click()
  await encoding('Hex', 'Shown as').click()
  await expect.element(field('Ciphertext')).toHaveTextContent('000102')
  const [above, below] = [field('Plaintext'), field('Ciphertext')].map((one) => one.element().getBoundingClientRect())
  expect(above?.bottom).toBeLessThan(below?.top ?? 0)
  await expectNoOverflow()
  await button('Use in Decrypt').click()
  await expect.element(page.getByRole('region', { name: 'Ciphertext inspector' })).toMatchTextContent(/Key version 7/)
  await expectNoOverflow()
  await button('Find its key').click()
  await expect.element(page.getByRole('dialog', { name: 'Find the key of this ciphertext' })).toBeVisible()
  await expectNoOverflow()
})

test('a request that is refused reads the key again, whatever the words, and keeps the input', async () => {
  const at = '2026-11-22T11:58:00Z'
  const disabled = { identity: 'kms-1', name: 'billing archive', slug: 'billing-archive', status: 'disabled' }
  const members = {
    keyType: 'aes256-gcm96',
    exportAllowed: false,
    keyRotationEnabled: false,
    createdAt: at,
    updatedAt: at,
  }
  openPlayground(versionedKey, {
    answers: {
      'POST */encrypt': { status: 400, body: { message: 'not now' } },
      'GET /api/thalassa/v1/kms/nl-01/keys/kms-1': { body: { ...disabled, ...members } },
    },
  })
  await field('Plaintext').fill('kept')
  await button('Encrypt').click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/Not now\./)
  await expect.element(button('Encrypt')).toHaveAccessibleDescription('The key is disabled. Enable it first.')
  await expect.element(field('Plaintext')).toHaveValue('kept')
})

describe('re-encryption', () => {
  const ledger = { ...opaqueKey, id: '0198b1c4-0000-7000-8000-000000000001', name: 'ledger' }
  const off = { ...opaqueKey, id: '0198b1c4-0000-7000-8000-000000000002', name: 'off', status: 'disabled' }
  const destination = page.getByRole('combobox', { name: /^Destination key(?!: Find)/ })

  test('offers the other keys of the zone, and says what the new ciphertext needs', async () => {
    openPlayground(opaqueKey, {
      op: 'reEncrypt',
      listed: [opaqueKey, ledger, off],
      answers: { 'POST */re-encrypt': { body: { ciphertext: 'AAEC' } } },
    })
    await field('Source ciphertext').fill('AAEC')
    await expect.element(destination).toHaveAccessibleName('Destination key: This key’s latest version')
    await button('Re-encrypt').click()
    await expect.element(text(/, latest version$/)).toBeVisible()
    await expect.element(page.getByRole('definition').filter({ hasText: /^None$/ })).toBeVisible()
    await expect.element(text(/The plaintext stayed inside Exoscale\./)).toBeVisible()

    await destination.click()
    await expect.element(page.getByRole('option')).toHaveLength(3)
    await expect
      .element(page.getByRole('option', { name: /^off/ }))
      .toMatchTextContent(/The key is disabled\. Enable it first\./)
    await page.getByRole('option', { name: /^ledger/ }).click()
    await expect.element(destination).toHaveAccessibleName('Destination key: ledger')
    await expect.element(field('Ciphertext')).toMatchTextContent(/The new ciphertext appears here\./)
    await button('Re-encrypt').click()
    await expect.element(page.getByRole('status').filter({ hasText: 'Re-encrypted for ledger.' })).toBeInTheDocument()
    await expect.element(page.getByRole('row').nth(1)).toMatchTextContent(/app-config to ledger/)
  })

  const wire = ({ id, name }: KmsKey, status = 'enabled') => opaqueKeyAnswer({ id, name, status })

  test('that is refused keeps the input, and says which key can’t take part now', async () => {
    const refused = { type: 'about:blank', title: 'Bad Request', status: 400 }
    const answers: Answers = {
      'POST */re-encrypt': { status: 400, body: { ...refused, detail: 'Invalid ciphertext' } },
    }
    openPlayground(opaqueKey, { op: 'reEncrypt', listed: [opaqueKey, ledger], answers })
    await field('Source ciphertext').fill('AAEC')
    await page.getByRole('textbox', { name: 'Source context' }).fill('tenant=43')
    await button('Re-encrypt').click()
    const alert = page.getByRole('alert')
    await expect
      .element(alert)
      .toMatchTextContent(/app-config could not decrypt this: wrong key, wrong encryption context or changed/)
    await expect.element(alert).toMatchTextContent(/POST \/v2\/kms-key\/[-0-9a-f]+\/re-encrypt · 400/)
    await expect.element(field('Source ciphertext')).toHaveValue('AAEC')
    await expect.element(page.getByRole('textbox', { name: 'Source context' })).toHaveValue('tenant=43')
    await expect.element(page.getByRole('row').nth(1)).toMatchTextContent(/app-config: not its ciphertext/)

    await destination.click()
    await page.getByRole('option', { name: /^ledger/ }).click()
    Object.assign(answers, {
      'POST */re-encrypt': { status: 400, body: { ...refused, detail: 'Key is Disabled' } },
      'GET /api/exoscale/ch-gva-2/kms-key': { body: { 'kms-keys': [wire(opaqueKey), wire(ledger, 'disabled')] } },
      [`GET /api/exoscale/ch-gva-2/kms-key/${opaqueKey.id}`]: { body: wire(opaqueKey) },
    })
    await button('Re-encrypt').click()
    await expect.element(alert).toMatchTextContent(/disabled/i)
    await expect.element(text('ledger can’t be used now. The key is disabled. Enable it first.')).toBeVisible()
    await expect.element(field('Source ciphertext')).toHaveValue('AAEC')
  })
})

describe('a data key', () => {
  test('has the standard size or another, and its errors at the field', async () => {
    openPlayground(opaqueKey, { op: 'dataKey' })
    await expect.element(page.getByRole('radio', { name: 'AES-256, 32 bytes' })).toBeChecked()
    await page.getByRole('radio', { name: 'Another' }).click()
    await field('Number of bytes').fill('1025')
    await button('Generate data key').click()
    await expect.element(field('Number of bytes')).toHaveAccessibleDescription(/Choose whole bytes, from 1 to 1,024\./)
    await expect.element(field('Number of bytes')).toHaveAttribute('aria-invalid', 'true')
  })

  test('is masked, and masked again when another one is generated', async () => {
    const answer = { plaintext: 'AAECAwQFBgcICQoLDA0ODw==', ciphertext: 'AAEC' }
    openPlayground(opaqueKey, { op: 'dataKey', answers: { 'POST */generate-data-key': { body: answer } } })
    await button('Generate data key').click()
    await expect.element(field('Plaintext key')).toHaveTextContent('•'.repeat(24))
    await button('Show plaintext').click()
    await expect.element(field('Plaintext key')).toHaveTextContent(answer.plaintext)
    await encoding('Hex', 'Shown as').click()
    await expect.element(field('Plaintext key')).toHaveTextContent('000102030405060708090a0b0c0d0e0f')
    await encoding('Hex', 'Encrypted key shown as').click()
    await expect.element(field('Encrypted key')).toHaveTextContent('000102')
    await button('Generate data key').click()
    await expect.element(field('Plaintext key')).toHaveTextContent('•'.repeat(24))
    await page.getByRole('textbox', { name: 'Encryption context' }).fill('a')
    await expect.element(field('Encrypted key')).not.toBeInTheDocument()
  })

  test('is suggested for a large plaintext', async () => {
    openPlayground(opaqueKey)
    await field('Plaintext').fill('a'.repeat(4097))
    await button('Open Data key').click()
    await expect.element(tab('Data key')).toHaveAttribute('aria-selected', 'true')
  })
})

describe('a hash', () => {
  const hash = page.getByRole('combobox', { name: 'Hash algorithm' })

  test('is chosen in the form and shown in the code', async () => {
    openPlayground(macKey('hmac'))
    await page.getByRole('button', { name: 'Show code' }).first().click()
    await hash.click()
    await page.getByRole('option', { name: 'sha3-512' }).click()
    await field('Message').fill('a')
    await expect.poll(() => document.body.textContent).toContain('"algorithm": "sha3-512"')
  })

  test('is fixed by the type of a key, and not there where the scheme has its own', async () => {
    openPlayground(macKey('hmac-sha512'))
    await expect.element(text('sha2-512')).toBeVisible()
    await expect.element(text('fixed by the key’s type')).toBeVisible()
    await expect.element(hash).not.toBeInTheDocument()
  })

  test('gives the length of a digest that is signed', async () => {
    openPlayground(rsaKey, { op: 'sign' })
    await page.getByRole('checkbox', { name: /^Prehashed/ }).click()
    await hash.click()
    await page.getByRole('option', { name: 'sha2-512', exact: true }).click()
    await field('Digest').fill('00')
    await button('Sign').click()
    await expect
      .element(field('Digest'))
      .toHaveAccessibleDescription(/The digest for sha2-512 has 64 bytes, and this has 1\./)
  })
})

test('a refused signature is a verdict, and a signed digest is verified as one', async () => {
  const invalid = { type: 'about:blank', title: 'Invalid Signature', status: 400, detail: 'not of this message' }
  const answers: Answers = {
    'POST */sign': { body: { signature: 'AAEC', 'key-spec': 'ECC_NIST_P256', 'signing-algorithm': 'ECDSA_SHA_256' } },
    'POST */verify': { status: 400, body: invalid },
  }
  openPlayground(opaqueSigningKey('ECC_NIST_P256'), { op: 'sign', answers })
  await page.getByRole('checkbox', { name: /^Prehashed/ }).click()
  await field('Digest').fill('00'.repeat(32))
  await button('Sign').click()
  await button('Use in Verify').click()
  await expect.element(page.getByRole('checkbox', { name: /^Prehashed/ })).toBeChecked()
  await expect.element(field('Digest')).toHaveValue('00'.repeat(32))
  await button('Verify').click()
  const result = page.getByRole('region', { name: 'Verified by Exoscale' })
  await expect
    .element(result)
    .toMatchTextContent(/Wrong key or signing algorithm \(ECDSA_SHA_256\), or the digest or the signature was changed/)
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  await expect
    .element(page.getByRole('status').filter({ hasText: 'The signature does not match.' }))
    .toBeInTheDocument()
  await expect.element(page.getByRole('row').nth(1)).toMatchTextContent(/releases: does not match/)
  await expectAccessible()
})

test('a key has the tabs and fields of its type: one algorithm is text, and RSA takes no context', async () => {
  const router = openPlayground(opaqueSigningKey('ML_DSA_65'), { op: 'sign' })
  await expect.element(text('ML_DSA_SHAKE_256')).toBeVisible()
  await expect.element(page.getByRole('combobox', { name: 'Signing algorithm' })).not.toBeInTheDocument()
  await expect.element(page.getByRole('checkbox', { name: /^Prehashed/ })).not.toBeInTheDocument()
  await expect.element(page.getByRole('tab')).toHaveLength(3)
  queryClient.setQueryData(queries.key(addressOf(opaqueRsaKey)).queryKey, opaqueRsaKey)
  await router.navigate(linksIn().playground(addressOf(opaqueRsaKey), { op: 'dataKey' }))
  await expect.element(page.getByRole('tab')).toHaveLength(4)
  await expect.element(page.getByText('0 of 318 bytes')).toBeVisible()
  await expect.element(page.getByRole('textbox', { name: 'Encryption context' })).not.toBeInTheDocument()
})

test('an HMAC that does not match, or is malformed, is told without an error of the request', async () => {
  const answers: Answers = { 'POST */verify-hmac': { body: { valid: false } } }
  openPlayground(macKey('hmac'), { op: 'verifyHmac', answers })
  await field('Message').fill('session=43')
  await field('HMAC').fill('thalassa:v1:AAEC')
  await button('Verify HMAC').click()
  const result = page.getByRole('region', { name: 'Verified by Thalassa Cloud' })
  await expect.element(result).toMatchTextContent(/Does not match/)
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  await expect.element(page.getByRole('status').filter({ hasText: 'The HMAC does not match.' })).toBeInTheDocument()
  answers['POST */verify-hmac'] = { status: 400, body: { message: 'invalid hmac' } }
  await field('HMAC').fill('thalassa:v1:AAED')
  await button('Verify HMAC').click()
  await expect.element(field('HMAC')).toHaveAccessibleDescription(/This key’s HMACs have another form\./)
  await expect.element(field('HMAC')).toHaveAttribute('aria-invalid', 'true')
})

test('a signature that is malformed, or of a version that the key lacks, is refused at its field', async () => {
  openPlayground(ed25519Key, { op: 'verify' })
  await button('Verify').click()
  await expect.element(field('Signature')).toHaveAccessibleDescription(/There is no signature yet\. Paste one\./)
  await field('Message').fill('m')
  await field('Signature').fill('hello')
  await expect
    .element(field('Signature'))
    .toHaveAccessibleDescription(/This does not look like a signature of this key\./)
  await field('Signature').fill('thalassa:v9:AAAA')
  await expect.element(field('Signature')).toHaveAccessibleDescription(/This signature names version 9\./)
})
