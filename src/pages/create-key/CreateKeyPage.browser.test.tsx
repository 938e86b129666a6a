/** The wizard: errors at their fields, the draft, what each provider asks for, and refused creations. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { queryKeys } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { cacheConsole } from '../../testing/query-cache.ts'
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
const toNext = (what: string) => button(`Continue to ${what}`).click()
const summary = () => page.getByRole('complementary', { name: 'Summary and code' })
const form = () => page.getByRole('form')

async function expectWrong(name: string, message: string | RegExp) {
  await expect.element(field(name)).toHaveAttribute('aria-invalid', 'true')
  await expect.element(field(name)).toHaveAccessibleDescription(message)
  await expect.element(field(name)).toHaveFocus()
}

test('cloud and location are asked for first', async () => {
  open()
  await toNext('what for')
  await expect.element(page.getByRole('alert')).toHaveTextContent('Choose a cloud.')
  await expect.element(radio('Thalassa Cloud')).toHaveFocus()
  await radio('Exoscale').click()
  await expect.element(page.getByText('Choose a cloud.')).not.toBeInTheDocument()
  await toNext('what for')
  await expect.element(page.getByText('Choose a zone.')).toBeVisible()
})

test('the first invalid field of a step is focused with its error, and keeps its input', async () => {
  open({ ...atThalassa, name: '' }, 'details')
  await toNext('rotation')
  await expectWrong('Name', 'Enter a name of 1 to 255 characters.')
  await field('Name').fill('n'.repeat(256))
  await field('Description').fill('d'.repeat(1025))
  await toNext('rotation')
  await expectWrong('Name', 'The name has 256 characters and 255 fit. Shorten it by 1.')
  await field('Name').fill('orders')
  await toNext('rotation')
  await expectWrong('Description', /1,025 characters and 1,024 fit\. Shorten it by 1\.$/)
  await field('Description').fill('')
  await button('Add label').click()
  await expect.element(field('Label 1 name')).toHaveFocus()
  await field('Label 1 name').fill('env')
  await button('Add label').click()
  await field('Label 2 name').fill('env')
  await toNext('rotation')
  await expectWrong('Label 2 name', '“env” stands twice. Rename this label or remove its row.')
  await button('Remove label 2').click()
  await expect.element(button('Add label')).toHaveFocus()
  await toNext('rotation')
  await page.getByRole('switch', { name: 'Rotate automatically' }).click()
  await radio('Other').click()
  await field('Period in days').fill('3651')
  await toNext('review')
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
  answers['GET *'] = { body: { featureEnabled: true, regions: [{ ...region, ...figures }] } }
  await button('Retry').click()
  await expect.element(radio('nl-01')).toBeChecked()
})

test('at Exoscale there are no labels and no export, and rotation is on from the start', async () => {
  open(atExoscale, 'details')
  await expect.element(field('Name')).toHaveValue('orders')
  await expect.element(button('Add label')).not.toBeInTheDocument()
  await expect.element(page.getByRole('checkbox', { name: 'Allow export' })).not.toBeInTheDocument()
  await page.getByRole('checkbox', { name: 'Multi-zone' }).click()
  await expect.element(summary()).toMatchTextContent(/"multi-zone":true/)
  await toNext('rotation')
  await expect.element(page.getByRole('switch', { name: 'Rotate automatically' })).toBeChecked()
  await expect.element(radio('365')).toBeChecked()
})

test('a slug that is taken is shown before creation, with a link to its key', async () => {
  const router = open(atThalassa, 'details')
  await field('Name').fill('TAKEN ONE')
  const warning = page.getByRole('status').filter({ hasText: 'is taken in nl-01' })
  await expect.element(warning).toMatchTextContent(/by Taken one\. Choose another name or open that key\./)
  await warning.getByRole('link', { name: 'open that key' }).click()
  await button('Keep draft and leave').click()
  expect(router.state.location.pathname).toBe('/keys/thalassa/nl-01/kms-7')
})

test('leaving asks first, and keeps or discards the draft', async () => {
  const router = open(atThalassa, 'review')
  await page.getByRole('link', { name: 'Change what for' }).click()
  await expect.element(page.getByRole('heading', { name: 'What is the key for?' })).toHaveFocus()
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
  const router = open({ ...atThalassa, name: '' }, 'review')
  await expect.poll(() => router.state.location.search).toBe('?step=details')
  await field('Name').fill('Not wanted')
  await button('Discard').click()
  await button('Keep the draft').click()
  await expect.element(field('Name')).toHaveValue('Not wanted')
  await button('Discard').click()
  await button('Discard draft').click()
  await expect.poll(() => router.state.location.search).toBe('')
  await expect.element(radio('Thalassa Cloud')).not.toBeChecked()
})

test('import is offered where the provider and the type allow it', async () => {
  open(atExoscale, 'purpose')
  await expect.element(radio('encrypt-decrypt')).toBeChecked()
  await expect.element(button('Import key material')).not.toBeInTheDocument()
  await button('Back').click()
  await radio('Thalassa Cloud').click()
  await toNext('what for')
  await button('Import key material').click()
  await expect.element(page.getByRole('navigation', { name: 'Steps' })).toMatchTextContent(/Material/)
  await radio('Authenticate').click()
  await expect
    .element(page.getByRole('region', { name: 'Bring your own key material' }))
    .toMatchTextContent(/Keys of type hmac-sha256 can’t be imported: the cloud always makes their material\./)
  await expect.element(button('Import key material')).toHaveAttribute('aria-disabled', 'true')
  await expect.element(page.getByRole('navigation', { name: 'Steps' })).not.toMatchTextContent(/Material/)
})

test('a refused creation is reported in the form, and input is kept', async () => {
  const router = open(atThalassa, 'review')
  const refusal = { message: 'KMS is not available in this region' }
  answerCalls({}, { status: 403, body: refusal })
  await button('Create key').click()
  const alert = form().getByRole('alert')
  await expect.element(alert).toMatchTextContent(/KMS is not available in this region\./)
  await expect.element(alert).toMatchTextContent(/POST \/v1\/kms\/nl-01\/keys · 403/)
  expect(router.state.location.search).toBe('?step=review')
  await expect.element(form()).toMatchTextContent(/orders/)
})

test('a key created without its rotation is shown with a lasting warning', async () => {
  const id = '0198b1c4-0000-7000-8000-000000000009'
  const made = { id, name: 'orders', status: 'enabled', usage: 'encrypt-decrypt', source: 'exoscale-kms' }
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
  const router = open({ ...atExoscale, rotation }, 'review')
  answerCalls({ 'POST */enable-key-rotation': { status: 400, body: { title: 'internal error' } } }, { body: whole })
  await button('Create key').click()
  await expect.poll(() => router.state.location.pathname).toBe(`/keys/exoscale/ch-gva-2/${id}`)
  await expect.element(page.getByText(/its rotation was not set/).first()).toBeVisible()
})

test.each(['where', 'purpose', 'details', 'rotation', 'review'])(
  'the step %s fits 390 px, and 320 × 256 px',
  async (step) => {
    await narrowWindow()
    open({ ...atThalassa, labels: [{ id: 1, name: 'env', value: 'prod' }] }, step)
    await expect.element(form()).toBeVisible()
    await expectNoOverflow()
    for (const control of form().element().querySelectorAll('button, input[type=text]'))
      expect(control.getBoundingClientRect().height, control.outerHTML).toBeGreaterThanOrEqual(44)
    await page.viewport(320, 256)
    await expectNoOverflow()
  },
)
