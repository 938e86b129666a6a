/** Links of a page on which a project is chosen keep it, also for keys of a provider without projects. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { queryClient } from '../app/query-client.ts'
import { addressOf, type KmsKey } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { answerCalls } from '../clouds/testing/answers.ts'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import CreateKeyPage from './create-key/CreateKeyPage.tsx'
import { emptyDraft } from './create-key/draft.ts'
import { KeyContent } from './key/KeyContent.tsx'
import KeysPage from './keys/KeysPage.tsx'
import PlaygroundPage from './playground/PlaygroundPage.tsx'
import { BulkActions } from './shared/key-actions/BulkActions.tsx'
import { closeBulkDialog } from './shared/key-actions/bulk-store.ts'
import { opaqueKey, opaqueKeyAnswer } from './shared/testing/provider-keys.ts'

const key: KmsKey = { ...opaqueKey, originZone: opaqueKey.location }
const primary: KmsKey = { ...key, traits: ['multi-zone'], replicas: ['bg-sof-1'] }
const replica: KmsKey = { ...key, traits: ['replica'], location: 'bg-sof-1' }

const wire = opaqueKeyAnswer({ 'multi-zone': true })

const keepsProject = async (link: Locator) => {
  await expect.element(link).toHaveAttribute('href', expect.stringMatching(/[?&]project=payments$/))
}
const link = (name: string, within: Locator = page.getByRole('tabpanel')) =>
  within.getByRole('link', { name, exact: true }).first()

/** The page of a key, with its zones answered. */
function openKey(of: KmsKey, tab: string) {
  const replicas = { replicas: ['bg-sof-1'], 'replicas-status': [{ zone: 'bg-sof-1', 'last-applied-watermark': 4 }] }
  answerCalls(
    {
      [`GET /api/exoscale/${key.location}/kms-key/${key.id}`]: { body: { ...wire, ...replicas } },
      [`GET /api/exoscale/bg-sof-1/kms-key/${key.id}`]: { body: wire },
    },
    'none',
  )
  fillCache({ keys: [of] })
  return render(<KeyContent kmsKey={of} stale={null} retrying={false} onRetry={() => undefined} />, {
    path: `/?tab=${tab}&project=payments`,
  })
}

test.each([
  [primary, 'replicas', 'bg-sof-1'],
  [replica, 'replicas', 'ch-gva-2'],
] as const)('between the zones of a key (%#)', async (of, tab, name) => {
  openKey(of, tab)
  await keepsProject(link(name))
})

test('from a file to its key', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [key] })
  queryClient.setQueryData(queries.key(addressOf(key)).queryKey, key)
  render(<PlaygroundPage />, { path: '/playground?op=file&tab=decrypt&project=payments' })
  await expect.element(page.getByLabelText('File to decrypt')).toBeInTheDocument()
  const stanza = `kms-console/v1 cloud=exoscale location=${key.location} key=${key.id}\nAAEC`
  const file = new File([`age-encryption.org/v1\n-> ${stanza}\n--- ${'A'.repeat(43)}\n`], 'note.txt.age')
  await userEvent.upload(page.getByLabelText('File to decrypt'), file)
  await keepsProject(page.getByRole('link', { name: key.name, exact: true }))
})

test('from a lost creation to the key that it may have made, also where the list is read in the same millisecond', async () => {
  vi.setSystemTime(Date.now())
  onTestFinished(() => void vi.useRealTimers())
  answerCalls({
    'POST *': { status: 502 },
    'GET /api/exoscale/ch-gva-2/kms-key': { body: { 'kms-keys': [{ ...wire, name: 'orders' }] } },
  })
  fillCache()
  const draft = { ...emptyDraft, cloud: 'exoscale', locations: { exoscale: 'ch-gva-2' }, name: 'orders' }
  sessionStorage.setItem('create-key-draft', JSON.stringify(draft))
  render(<CreateKeyPage />, { path: '/keys/new?step=name&project=payments' })
  await page.getByRole('button', { name: 'Create key' }).click()
  await keepsProject(link('open that key', page.getByRole('complementary').getByRole('alert')))
})

test('from a report of failures to the keys', async () => {
  answerCalls({}, { status: 400, body: { message: 'no' } })
  fillCache({ keys: [key] })
  onTestFinished(closeBulkDialog)
  render(
    <>
      <KeysPage />
      <BulkActions />
    </>,
    { path: '/keys?cloud=exoscale&project=payments' },
  )
  await page.getByRole('checkbox', { name: `Select ${key.name}, ${key.location}` }).click()
  await page
    .getByRole('toolbar', { name: 'Actions for the selection' })
    .getByRole('button', { name: 'Rotate now' })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate 1 key' }).click()
  await keepsProject(link(key.name, page.getByRole('dialog').getByRole('region', { name: 'Failed' })))
})
