/** Code of a key: in its tab, and beside the forms of its actions, which it follows. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { codeOf } from '../../clouds/code-registry.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import type { Snippet } from '../../clouds/snippet.ts'
import { answerCalls } from '../../clouds/testing/answers.ts'
import { render } from '../../testing/render.tsx'
import { linksIn } from '../paths.ts'
import { opaqueKey, opaqueSigningKey, versionedKey } from '../shared/testing/provider-keys.ts'
import { codeOperations } from './code-operations.ts'
import { KeyContent } from './KeyContent.tsx'
import { ReplicateDialog } from './ReplicateDialog.tsx'

const exportable: KmsKey = { ...versionedKey, traits: ['exportable'] }

function open(key: KmsKey, search: { tab?: string; op?: string } = {}) {
  answerCalls({}, 'none')
  queryClient.setQueryData(queries.session().queryKey, { version: '1.0.0', readOnly: false, clouds: [] })
  const path = `${linksIn().key(addressOf(key))}?${new URLSearchParams(search)}`
  return render(
    <main className="px-(--gutter)">
      <KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => undefined} />
    </main>,
    { path },
  )
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const dialog = page.getByRole('dialog')
const within = dialog.getByRole('button', { name: 'Show code' })
const code = (language: string) => page.getByRole('tabpanel', { name: language, exact: true })
const shows = (language: string, words: string) =>
  expect.element(code(language)).toMatchTextContent(new RegExp(RegExp.escape(words)))

async function startAction(name: string) {
  await page.getByRole('button', { name: /^(More )?[Aa]ctions/ }).click()
  await page.getByRole('menuitem', { name }).click()
}

/** The text of each language is the code of its snippet; empty lines apart, as lines are elements of their own. */
async function expectShown(snippets: readonly Snippet[]) {
  const withoutEmptyLines = (text: string) => text.replaceAll(/\n+/g, '\n').trim()
  for (const { label, code: text } of snippets) {
    await page.getByRole('tab', { name: label, exact: true }).click()
    const shown = () => {
      const element = code(label).query()
      return element instanceof HTMLElement ? withoutEmptyLines(element.innerText) : undefined
    }
    await expect.poll(shown).toBe(withoutEmptyLines(text))
  }
}

test('the tab has the code of every operation, and the chosen one is a link', async () => {
  const router = open(exportable, { tab: 'code' })
  const operation = page.getByRole('combobox', { name: 'Operation' })
  const all = codeOperations(exportable)
  await operation.click()
  await expect.element(page.getByRole('option')).toHaveLength(all.length)
  await page.getByRole('option', { name: 'Set rotation' }).click()
  await expect.element(operation).toHaveTextContent('Set rotation')
  expect(router.state.location.search).toBe('?tab=code&op=setRotation')
  await expectShown(all.find(({ id }) => id === 'setRotation')?.snippets ?? [])
  await expectShown(codeOf('thalassa').resource(exportable))
  await operation.click()
  await page.getByRole('option', { name: 'Encrypt' }).click()
  await expect.poll(() => router.state.location.search).toBe('?tab=code')
  await expect.element(page.getByText(/aGVsbG8= is “hello” in base64: replace it with your data\./)).toBeVisible()
})

test('a link opens the code of its operation, with the reason why it is not possible now', async () => {
  await page.viewport(390, 844)
  open({ ...opaqueKey, status: 'disabled' }, { tab: 'code', op: 'decrypt' })
  await expect.element(page.getByRole('combobox', { name: 'Operation' })).toHaveTextContent('Decrypt')
  await expect.element(page.getByText(/Not possible now: The key is disabled\. Enable it first\./)).toBeVisible()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth)
  await page.viewport(1280, 720)
})

test('a language names the release that it needs, and a key without a resource says why', async () => {
  await page.viewport(390, 844)
  const never = 'Only symmetric keys rotate.'
  const signer: KmsKey = { ...opaqueSigningKey('ML_DSA_65'), rotation: { automatic: false, never } }
  open(signer, { tab: 'code' })
  await expect.element(page.getByRole('combobox', { name: 'Operation' })).toHaveTextContent('Sign')
  await shows('curl', '"signing-algorithm":"ML_DSA_SHAKE_256"')
  const needs = page.getByText(/^Needs /)
  await expect.element(needs).not.toBeInTheDocument()
  await page.getByRole('tab', { name: 'exo', exact: true }).click()
  await expect.element(needs).toMatchTextContent(/^Needs exo 1\.102\.1 or newer\. aGVsbG8= is/)
  await page.getByRole('tab', { name: 'Go', exact: true }).click()
  await expect.element(needs).toMatchTextContent(/^Needs egoscale newer than v3\.1\.59\. /)
  await expect.element(page.getByText(/^Exoscale’s Terraform provider can’t hold this key: /)).toBeVisible()
  await expect.element(page.getByRole('tab', { name: 'Terraform' })).not.toBeInTheDocument()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth)
  await page.viewport(1280, 720)
})

test('a dialog shows the request of its action, and keeps the focus on the button that changes nothing', async () => {
  open(versionedKey)
  await button('Rotate now').click()
  await expect.element(dialog.getByRole('button', { name: 'Not now' })).toHaveFocus()
  await expect.element(within).toHaveAttribute('aria-expanded', 'false')
  await within.click()
  await expect.element(dialog.getByRole('button', { name: 'Hide code' })).toHaveAttribute('aria-expanded', 'true')
  await shows('curl', `/keys/${versionedKey.id}/rotate`)
  await dialog.getByRole('tab', { name: 'tcloud' }).click()
  await shows('tcloud', `tcloud kms keys rotate ${versionedKey.id}`)
  await dialog.getByRole('button', { name: 'Hide code' }).click()
  await expect.element(code('tcloud')).not.toBeInTheDocument()
})

test('the days of a deletion are in its code, and the usual ones while they are not valid', async () => {
  await page.viewport(390, 844)
  open(opaqueKey)
  await startAction('Schedule deletion…')
  await within.click()
  await shows('exo', '--delay-days 30')
  await dialog.getByRole('button', { name: '14 days' }).click()
  await shows('exo', '--delay-days 14')
  await dialog.getByRole('textbox', { name: 'Days until deletion' }).fill('99')
  await shows('exo', '--delay-days 30')
  await expect.element(dialog).toMatchTextContent(/The number of days is not valid yet: the code has the usual 30\./)

  await dialog.getByRole('tab', { name: 'Go' }).click()
  const program = code('Go').element()
  expect(program.scrollHeight).toBeGreaterThan(program.clientHeight)
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth)
  await page.viewport(1280, 720)
})

test('the period of a rotation is in its code, and the usual one while it is not valid', async () => {
  open(versionedKey, { tab: 'rotation' })
  await page.getByRole('button', { name: 'Show code' }).click()
  await shows('curl', '"keyRotationEnabled": false')
  await page.getByRole('switch', { name: 'Rotate automatically' }).click()
  await page.getByRole('radio', { name: '180' }).click()
  await shows('curl', '"rotationPeriodInDays": 180')
  await page.getByRole('tab', { name: 'Terraform' }).click()
  await shows('Terraform', 'rotation_period_in_days = 180')
  await page.getByRole('radio', { name: 'Other' }).click()
  await page.getByRole('textbox', { name: 'Period in days' }).fill('often')
  await shows('Terraform', 'rotation_period_in_days = 90')
  await expect.element(page.getByText(/The period is not valid yet: the code has the usual 90\./)).toBeVisible()
})

test('an export shows the code of its version, and asks for the name', async () => {
  open(exportable, { tab: 'export' })
  await expect.element(dialog).toMatchTextContent(/Anyone who has the copy can use this version without the KMS/)
  await dialog.getByRole('textbox').fill(exportable.name.toUpperCase())
  await expect
    .element(dialog.getByRole('button', { name: 'Export key material' }))
    .toHaveAccessibleDescription('Type the name of the key first.')
  await within.click()
  await shows('curl', '"keyVersion": "7"')
  await expect.element(dialog).toMatchTextContent(/It prints the key material\./)
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
})

test('the rotation of an exportable key names exported copies', async () => {
  open(exportable)
  await button('Rotate now').click()
  await expect.element(dialog).toMatchTextContent(/Version 8 encrypts from now on\./)
  await expect.element(dialog).toMatchTextContent(/Exported copies do not have version 8\./)
})

test('the zone of a replica is in its code once it is chosen', async () => {
  const session = { version: '1.0.0', readOnly: false, clouds: [] }
  queryClient.setQueryData(queries.session().queryKey, session)
  const zones = ['ch-gva-2', 'de-fra-1'].map((id) => ({ cloud: 'exoscale', id, available: true }))
  queryClient.setQueryData(queries.locations('exoscale').queryKey, zones)
  render(<ReplicateDialog kmsKey={opaqueKey} existing={['ch-gva-2']} onClose={() => undefined} />)
  await within.click()
  await shows('exo', ' ZONE ')
  await expect.element(dialog).toMatchTextContent(/Replace ZONE by the zone/)
  await dialog.getByRole('checkbox', { name: /^de-fra-1/ }).click()
  await shows('exo', ' de-fra-1 ')
})

test('operation and language are chosen with the keyboard', async () => {
  const router = open(versionedKey, { tab: 'code' })
  const operation = page.getByRole('combobox', { name: 'Operation' })
  await expect.element(operation).toHaveTextContent('Encrypt')
  operation.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('option', { selected: true })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(operation).toHaveTextContent('Decrypt')
  await expect.poll(() => router.state.location.search).toBe('?tab=code&op=decrypt')
  page.getByRole('tab', { name: 'curl', exact: true }).element().focus()
  await userEvent.keyboard('{ArrowRight}{Enter}')
  await shows('tcloud', 'decrypt')
})
