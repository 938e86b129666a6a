/** The wizard: errors at their fields, the draft, what each provider asks for, and refused creations. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { queries, queryKeys } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { cacheConsole, fillCache } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow, narrowWindow } from '../../testing/window.ts'
import CreateKeyPage from './CreateKeyPage.tsx'
import { type Draft, emptyDraft } from './draft.ts'

const atThalassa: Draft = { ...emptyDraft, cloud: 'thalassa', locations: { thalassa: 'nl-01' }, name: 'orders' }
const atExoscale: Draft = { ...emptyDraft, cloud: 'exoscale', locations: { exoscale: 'ch-gva-2' }, name: 'orders' }

function open(draft: Draft = emptyDraft, step?: string) {
  cacheConsole([keyWith({ id: 'kms-7', name: 'Taken one', slug: 'taken-one' })])
  if (draft !== emptyDraft) sessionStorage.setItem('create-key-draft', JSON.stringify(draft))
  return render(<CreateKeyPage />, { path: step === undefined ? '/keys/new' : `/keys/new?step=${step}` })
}

const field = (name: string) => page.getByRole('textbox', { name })
const radio = (name: string) => page.getByRole('radio', { name })
const button = (name: string) => page.getByRole('button', { name })
const toNext = () => button('Continue').click()
const summary = () => page.getByRole('complementary', { name: 'Summary and code' })
const form = () => page.getByRole('form')

async function expectWrong(name: string, message: string | RegExp) {
  await expect.element(field(name)).toHaveAttribute('aria-invalid', 'true')
  await expect.element(field(name)).toHaveAccessibleDescription(message)
  await expect.element(field(name)).toHaveFocus()
}

test('the first page has the first cloud chosen and asks for a location, with the focus in the first field', async () => {
  open()
  await expect.element(radio('Thalassa Cloud')).toHaveFocus()
  await expect.element(radio('Thalassa Cloud')).toBeChecked()
  await radio('Exoscale').click()
  await toNext()
  await expect.element(page.getByText('Choose a zone.')).toBeVisible()
  await radio('ch-gva-2').click()
  await toNext()
  await expect.element(field('Name')).toHaveFocus()
  expect(page.getByText(/changed later/).elements()).toHaveLength(1)
  await button('Back').click()
  await expect.element(radio('Exoscale')).toHaveFocus()
  expect(page.getByText(/changed later/).elements()).toHaveLength(1)
})

test('the first invalid field of a step is focused with its error, and keeps its input', async () => {
  open({ ...atThalassa, name: '' }, 'name')
  await button('Create key').click()
  await expectWrong('Name', 'Enter a name of 1 to 255 characters.')
  await field('Name').fill('n'.repeat(256))
  await field('Description').fill('d'.repeat(1025))
  await button('Create key').click()
  await expectWrong('Name', 'The name has 256 characters and 255 fit. Shorten it by 1.')
  await field('Name').fill('orders')
  await button('Create key').click()
  await expectWrong('Description', /1,025 characters and 1,024 fit\. Shorten it by 1\.$/)
  await field('Description').fill('')
  await button('Add label').click()
  await expect.element(field('Label 1 name')).toHaveFocus()
  await field('Label 1 name').fill('env')
  await button('Add label').click()
  await field('Label 2 name').fill('env')
  await button('Create key').click()
  await expectWrong('Label 2 name', '“env” is there twice. Rename this label or remove its row.')
  await button('Remove label 2').click()
  await expect.element(button('Add label')).toHaveFocus()
  await page.getByRole('switch', { name: 'Rotate automatically' }).click()
  await radio('Other').click()
  await field('Period in days').fill('3651')
  await button('Create key').click()
  await expectWrong('Period in days', 'Choose whole days, from 1 to 3,650.')
  await expect.element(field('Period in days')).toHaveValue('3651')
})

test('a region without KMS is disabled with the reason', async () => {
  open()
  await radio('Thalassa Cloud').click()
  await expect.element(radio('nl-01')).toBeChecked()
  await expect.element(radio('nl-02')).toHaveAttribute('aria-disabled', 'true')
  await expect.element(radio('nl-02')).toHaveAccessibleDescription(/Netherlands 2\. KMS is not available in nl-02\./)
  radio('nl-01').element().focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(radio('nl-01')).toBeChecked()
})

test('regions that can’t be read are reported in place, and Retry reads them', async () => {
  const answers: Answers = { 'GET *': { status: 403, body: { message: 'maintenance' } } }
  answerCalls(answers)
  open({ ...atThalassa, locations: {} })
  queryClient.removeQueries({ queryKey: queryKeys.locations('thalassa') })
  await radio('Exoscale').click()
  await radio('Thalassa Cloud').click()
  await expect
    .element(page.getByRole('alert'))
    .toMatchTextContent(/The regions of Thalassa Cloud could not be read\. Maintenance\./)
  const region = { identity: 'r', name: 'Netherlands', slug: 'nl-01', kmsAvailable: true }
  const figures = { totalKeys: 0, activeKeys: 0, disabledKeys: 0, pendingDeletionKeys: 0 }
  answers['GET *'] = {
    body: {
      featureEnabled: true,
      regions: [region, { ...region, slug: 'nl-02' }].map((one) => ({ ...one, ...figures })),
    },
  }
  await button('Retry').click()
  await expect.element(radio('nl-02')).toBeInTheDocument()
})

test('a choice of one is not shown, and stands in the summary', async () => {
  fillCache({
    clouds: [{ id: 'exoscale', mode: 'embedded' }],
    locations: [{ cloud: 'exoscale', id: 'ch-gva-2', available: true }],
  })
  render(<CreateKeyPage />, { path: '/keys/new' })
  await expect.element(summary()).toMatchTextContent(/Exoscale.*ch-gva-2.*Encrypt and decrypt.*AES_256/)
  expect(page.getByRole('radio').elements()).toEqual([])
  await toNext()
  await expect.element(field('Name')).toHaveFocus()
})

test('at Exoscale the CLI is the first code, there are no labels and no export, and rotation is on', async () => {
  open(atExoscale, 'name')
  await expect.element(field('Name')).toHaveValue('orders')
  await expect.element(button('Add label')).not.toBeInTheDocument()
  await expect.element(page.getByRole('checkbox', { name: 'Allow export' })).not.toBeInTheDocument()
  await page.getByRole('checkbox', { name: 'Multi-zone' }).click()
  await expect.element(page.getByRole('tabpanel', { name: 'exo' })).toMatchTextContent(/--multizone/)
  await expect.element(page.getByRole('switch', { name: 'Rotate automatically' })).toBeChecked()
  await expect.element(radio('365')).toBeChecked()
  await page.getByRole('tab', { name: 'Terraform' }).click()
  await button('Back').click()
  await radio('Thalassa Cloud').click()
  await expect.element(page.getByRole('tab', { name: 'Terraform' })).toHaveAttribute('aria-selected', 'true')
})

test('a slug that is taken is an error when its field is left, with a link to its key', async () => {
  const router = open({ ...atThalassa, name: '' }, 'name')
  await field('Name').fill('TAKEN ONE')
  await expect.element(field('Name')).not.toHaveAttribute('aria-invalid')
  await userEvent.tab()
  await expect.element(field('Name')).toHaveAttribute('aria-invalid', 'true')
  await expect
    .element(field('Name'))
    .toHaveAccessibleDescription(
      'The slug taken-one is taken in nl-01 by Taken one. Choose another name or open that key.',
    )
  await button('Create key').click()
  await expect.element(field('Name')).toHaveFocus()
  await field('Name').fill('TAKEN ONE 2')
  await expect.element(field('Name')).toHaveAccessibleDescription('Its slug: taken-one-2')
  await field('Name').fill('Taken one')
  await page.getByRole('link', { name: 'open that key' }).click()
  await button('Keep draft and leave').click()
  expect(router.state.location.pathname).toBe('/keys/thalassa/nl-01/kms-7')
})

const exoscaleKey = (members: Partial<KmsKey> = {}) =>
  keyWith({ cloud: 'exoscale', location: 'ch-gva-2', id: 'x-1', name: 'First', ...members })

const openExoscale = (keys: readonly KmsKey[], draft: Draft = atExoscale, step?: string) => {
  cacheConsole(keys)
  sessionStorage.setItem('create-key-draft', JSON.stringify(draft))
  return render(<CreateKeyPage />, { path: step === undefined ? '/keys/new' : `/keys/new?step=${step}` })
}

test('a zone that names key types offers them for each purpose, and asks no rotation of a key that has none', async () => {
  openExoscale([exoscaleKey()])
  await expect.element(radio('AES_256')).toBeChecked()
  await expect.element(radio('RSA_3072')).toHaveAccessibleDescription(/Max\. input: 318 B, Public key: yes/)
  await radio('Sign').click()
  await expect.element(radio('ECC_NIST_P256')).toBeChecked()
  expect(page.getByRole('radiogroup', { name: 'Algorithm' }).getByRole('radio').elements()).toHaveLength(8)
  await radio('ML_DSA_65').click()
  await expect.element(summary()).toMatchTextContent(/Sign and verify.*ML_DSA_65/)
  await toNext()
  await expect.element(page.getByText('These choices can’t be changed later.', { exact: false })).toBeVisible()
  await expect.element(page.getByRole('switch')).not.toBeInTheDocument()
  await expect.element(page.getByRole('checkbox', { name: 'Multi-zone' })).toBeVisible()
  await expect.element(summary()).toMatchTextContent(/Rotation ?Never/)
  const sent = answerCalls({}, { status: 400, body: { title: 'Bad Request', detail: 'key-spec: not here' } })
  await button('Create key').click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/not here/)
  await expect.element(radio('ML_DSA_65')).toHaveFocus()
  expect(sent[0]?.body).toMatchObject({ usage: 'sign-verify', 'key-spec': 'ML_DSA_65' })
})

test('a zone of an older service offers its only type, and says why', async () => {
  openExoscale([exoscaleKey({ assumedType: true })], { ...atExoscale, purpose: 'sign' })
  await expect.element(page.getByText('This zone does not offer asymmetric keys yet.')).toBeVisible()
  await expect.element(summary()).toMatchTextContent(/Encrypt and decrypt.*AES_256/)
  await expect.element(radio('Sign')).not.toBeInTheDocument()
})

test('while a zone’s keys are not read, the least is offered or what was chosen, and Retry reads them', async () => {
  const answers: Answers = { 'GET *': { status: 400, body: { message: 'maintenance' } } }
  answerCalls(answers)
  fillCache({ keys: [exoscaleKey()], without: 'bg-sof-1' })
  const draft: Draft = { ...atExoscale, locations: { exoscale: 'bg-sof-1' } }
  sessionStorage.setItem('create-key-draft', JSON.stringify(draft))
  render(<CreateKeyPage />, { path: '/keys/new' })
  await expect.element(page.getByRole('alert')).toMatchTextContent(/The key types of bg-sof-1 could not be read\./)
  await expect.element(radio('Sign')).not.toBeInTheDocument()
  await radio('ch-gva-2').click()
  await radio('Sign').click()
  await radio('bg-sof-1').click()
  await expect.element(radio('Sign')).toBeChecked()
  answers['GET *'] = { body: { 'kms-keys': [] } }
  await button('Retry').click()
  await expect.element(page.getByText(/Create an AES_256 key first\./)).toBeVisible()
  await expect.element(radio('Sign')).not.toBeInTheDocument()
})

test('the project of the key is chosen where the provider has projects', async () => {
  const project = { id: 'prj-1', name: 'Payments', slug: 'payments' }
  queryClient.setQueryData(queries.projects('thalassa').queryKey, { items: [project], unreadable: [] })
  const router = open(atThalassa)
  await page.getByRole('combobox', { name: 'Project' }).click()
  await page.getByRole('option', { name: 'Payments' }).click()
  await expect.poll(() => router.state.location.search).toBe('?project=payments')
  await expect.element(summary()).toMatchTextContent(/o-1 \/ payments/)
  await expect.element(page.getByRole('tabpanel', { name: 'curl' })).toMatchTextContent(/X-Project-Identity: payments/)
  await radio('Exoscale').click()
  await expect.element(page.getByRole('combobox', { name: 'Project' })).not.toBeInTheDocument()
})

test('leaving asks first, and keeps or discards the draft', async () => {
  const router = open(atThalassa, 'name')
  await expect.element(field('Name')).toHaveFocus()
  await router.navigate('/keys')
  const dialog = page.getByRole('dialog', { name: 'Leave without creating the key?' })
  await dialog.getByRole('button', { name: 'Stay' }).click()
  expect(router.state.location.pathname).toBe('/keys/new')
  await router.navigate('/keys')
  await dialog.getByRole('button', { name: 'Discard and leave' }).click()
  await expect.poll(() => router.state.location.pathname).toBe('/keys')
  expect(sessionStorage.getItem('create-key-draft')).toBeNull()
})

test('Discard asks and starts over, and a step ahead of the draft redirects', async () => {
  const router = open({ ...emptyDraft, cloud: 'exoscale', name: 'Not wanted' }, 'name')
  await expect.poll(() => router.state.location.search).toBe('')
  await button('Discard draft').click()
  await button('Keep the draft').click()
  await radio('Thalassa Cloud').click()
  await toNext()
  await expect.element(field('Name')).toHaveValue('Not wanted')
  await button('Discard draft').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click()
  await expect.poll(() => router.state.location.search).toBe('')
  await expect.element(radio('Exoscale')).not.toBeChecked()
})

test('import is offered where the provider and the type allow it', async () => {
  open(atExoscale)
  const choice = page.getByRole('checkbox', { name: 'Import key material' })
  await expect.element(radio('ch-gva-2')).toBeChecked()
  await expect.element(choice).not.toBeInTheDocument()
  await radio('Thalassa Cloud').click()
  await choice.click()
  await expect.element(page.getByText(/^Step 1 of 3\./)).toBeVisible()
  await radio('Authenticate').click()
  await expect
    .element(choice)
    .toHaveAccessibleDescription(
      'Keys of type hmac-sha256 can’t be imported: the cloud always generates their material.',
    )
  await expect.element(choice).toHaveAttribute('aria-disabled', 'true')
  await expect.element(page.getByText(/^Step 1 of 2\./)).toBeVisible()
})

test('a refused creation is reported beside its button, and input is kept', async () => {
  const router = open(atThalassa, 'name')
  const refusal = { message: 'KMS is not available in this region' }
  answerCalls({}, { status: 403, body: refusal })
  await button('Create key').click()
  const alert = summary().getByRole('alert')
  await expect.element(alert).toMatchTextContent(/KMS is not available in this region\./)
  await expect.element(alert).toMatchTextContent(/POST \/v1\/kms\/nl-01\/keys · 403/)
  expect(router.state.location.search).toBe('?step=name')
  await expect.element(field('Name')).toHaveValue('orders')
})

test('a refusal of a choice that is not shown goes to its page and shows the choice', async () => {
  fillCache({
    clouds: [{ id: 'exoscale', mode: 'embedded' }],
    locations: [{ cloud: 'exoscale', id: 'ch-gva-2', available: true }],
  })
  sessionStorage.setItem('create-key-draft', JSON.stringify(atExoscale))
  const router = render(<CreateKeyPage />, { path: '/keys/new?step=name' })
  answerCalls({}, { status: 400, body: { title: 'Bad Request', detail: 'zone: takes no new keys' } })
  await button('Create key').click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/takes no new keys/)
  expect(router.state.location.search).toBe('')
  await expect.element(radio('ch-gva-2')).toHaveFocus()
})

test('a key created without its rotation is shown with a lasting warning', async () => {
  const id = '0198b1c4-0000-7000-8000-000000000009'
  const made = { id, name: 'orders', status: 'enabled', usage: 'AES_256', source: 'exoscale-kms' }
  const whole = {
    ...made,
    'multi-zone': false,
    'origin-zone': 'ch-gva-2',
    'created-at': '2026-11-22T12:00:00Z',
    'status-since': '2026-11-22T12:00:00Z',
    revision: { at: '2026-11-22T12:00:00Z', seq: 1 },
    material: { version: 1, automatic: true, 'created-at': '2026-11-22T12:00:00Z' },
    rotation: { automatic: true, 'rotation-period': 365, 'manual-count': 0, 'next-at': '2027-11-22T12:00:00Z' },
  }
  const rotation = { automatic: true, choice: '180', other: '', unit: 'days' as const }
  const router = open({ ...atExoscale, rotation }, 'name')
  answerCalls({ 'POST */enable-key-rotation': { status: 400, body: { title: 'internal error' } } }, { body: whole })
  await button('Create key').click()
  await expect.poll(() => router.state.location.pathname).toBe(`/keys/exoscale/ch-gva-2/${id}`)
  await expect.element(page.getByText(/its rotation was not set/).first()).toBeVisible()
})

test('long names fit 390 px: of the key, of the one that has it, and of labels', async () => {
  await narrowWindow()
  const long = 'n'.repeat(255)
  const pairs = [1, 2].map((id) => ({ id, name: long, value: long }))
  cacheConsole([keyWith({ id: 'kms-8', name: long, slug: long.slice(0, 63) })])
  sessionStorage.setItem('create-key-draft', JSON.stringify({ ...atThalassa, name: long, labels: pairs }))
  render(<CreateKeyPage />, { path: '/keys/new?step=name' })
  await expect.element(field('Name')).toHaveAccessibleDescription(/ is taken in nl-01 by n/)
  await button('Create key').click()
  await expect.element(page.getByText(/ is there twice\./)).toBeVisible()
  await expectNoOverflow()
  await field('Name').fill(`x${long.slice(1)}`)
  await expect.element(field('Name')).toHaveAccessibleDescription(/^Its slug: xn/)
  await expectNoOverflow()
})

test.each(['where', 'name'])('the step %s fits 390 px, and 320 × 256 px', async (step) => {
  await narrowWindow()
  open({ ...atThalassa, labels: [{ id: 1, name: 'env', value: 'prod' }] }, step)
  await expect.element(form()).toBeVisible()
  await expectNoOverflow()
  for (const control of form().element().querySelectorAll('button, input[type=text]'))
    expect(control.getBoundingClientRect().height, control.outerHTML).toBeGreaterThanOrEqual(44)
  await page.viewport(320, 256)
  await expectNoOverflow()
})
