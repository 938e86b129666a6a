/** The step for imported material: what is refused and kept nowhere, and what the other steps make of it. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { queries, queryKeys } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { toBase64, toHex } from '../../lib/encodings.ts'
import { toPem } from '../../lib/pem.ts'
import { copiedText } from '../../testing/clipboard.ts'
import { cacheConsole } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow, narrowWindow } from '../../testing/window.ts'
import CreateKeyPage from './CreateKeyPage.tsx'
import { type Draft, emptyDraft, type MaterialDraft } from './draft.ts'

const draftWith = (material: Partial<MaterialDraft> = {}): Draft => ({
  ...emptyDraft,
  cloud: 'thalassa',
  locations: { thalassa: 'nl-01' },
  name: 'orders',
  material: { hash: 'SHA256', allowRotation: false, given: false, ...material },
})

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
/** As long as a wrapped AES-256 key. */
const wrapped = toBase64(new Uint8Array([1, ...random(551)]))
const BARE = 'This looks like the key itself: wrap it first. It was not kept.'
const der = random(294)
const pem = toPem(der)

function open(draft = draftWith()) {
  cacheConsole()
  queryClient.setQueryData(queries.wrappingKey('thalassa', 'nl-01').queryKey, pem)
  sessionStorage.setItem('create-key-draft', JSON.stringify(draft))
  return render(<CreateKeyPage />, { path: '/keys/new?step=material' })
}

const material = () => page.getByRole('textbox', { name: 'Wrapped material' })
const button = (name: string) => page.getByRole('button', { name })
const toNext = () => button('Continue').click()
const chooseFile = (name: string, content: Uint8Array<ArrayBuffer> | string) =>
  page.getByLabelText('File with wrapped material').upload(new File([content], name))

test('the wrapping key is shown with its fingerprint and the commands that use it', async () => {
  open()
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', der))
  await expect.element(page.getByText(toHex(hash))).toBeVisible()
  await button('Copy wrapping key').click()
  await expect.element(page.getByText('Copied', { exact: true }).first()).toBeInTheDocument()
  expect(copiedText()).toBe(pem)
  const commands = page.getByRole('region', { name: 'Wrap the key offline' })
  await expect.element(commands).toMatchTextContent(/rsa_oaep_md:sha256/)
  await commands.getByRole('tab', { name: 'A new key' }).click()
  await expect.element(commands).toMatchTextContent(/openssl rand -out target\.bin 32/)
})

test('a wrapping key that can’t be read is reported in place, and Retry reads it', async () => {
  const answers: Answers = { 'GET *': { status: 404, body: { message: 'kms key not found' } } }
  answerCalls(answers)
  open()
  queryClient.removeQueries({ queryKey: queryKeys.wrappingKey('thalassa', 'nl-01') })
  await expect.element(page.getByText('The wrapping key could not be read')).toBeVisible()
  answers['GET *'] = { body: { publicKey: pem } }
  await button('Retry').click()
  await expect.element(button('Copy wrapping key')).toBeVisible()
})

test('a key in clear is dropped at once, pasted or from a file', async () => {
  open()
  await material().fill(toBase64(random(32)))
  await expect.element(material()).toHaveAccessibleDescription(BARE)
  await expect.element(material()).toHaveValue('')
  await material().fill('x')
  await expect.element(material()).not.toHaveAccessibleDescription(BARE)
  await chooseFile('key.bin', random(32))
  await expect.element(page.getByRole('alert')).toHaveTextContent(BARE)
  await expect.element(material()).toHaveValue('')
})

test('what is no wrapped material is refused at the field', async () => {
  open()
  await toNext()
  await expect.element(material()).toHaveFocus()
  await expect
    .element(material())
    .toHaveAccessibleDescription('Enter the wrapped material: paste it, or choose or drop import.b64.')
  await material().fill(toBase64(new Uint8Array([1, ...random(550)])))
  await expect
    .element(material())
    .toHaveAccessibleDescription(/^This has 551 bytes, but a wrapped aes256-gcm96 key has 552\. Check/)
  await chooseFile('picture.png', random(900))
  await expect
    .element(material())
    .toHaveAccessibleDescription('This file is not base64. Choose import.b64, the file that step 5 writes.')
  await chooseFile('large.b64', 'A'.repeat(70_000))
  await expect.element(material()).toHaveAccessibleDescription(/^This file is too large for a wrapped key/)
})

test('material is measured again for an algorithm that is chosen afterwards', async () => {
  const router = open()
  await material().fill(wrapped)
  await expect.element(material()).toHaveAccessibleDescription(/^552 bytes, the size of a wrapped/)
  await router.navigate('/keys/new')
  await page.getByRole('radio', { name: 'aes128-gcm96' }).click()
  await toNext()
  await expect
    .element(material())
    .toHaveAccessibleDescription(/^This has 552 bytes, but a wrapped aes128-gcm96 key has 536/)
})

test('a dropped file is read, and material without rotation switches rotation off with the reason', async () => {
  open()
  await expect.element(material()).toBeVisible()
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([wrapped], 'import.b64'))
  material()
    .element()
    .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  await expect.element(material()).toHaveValue(wrapped)
  await expect.element(material()).toHaveAccessibleDescription('552 bytes, the size of a wrapped aes256-gcm96 key.')
  await toNext()
  const automatic = page.getByRole('switch', { name: 'Rotate automatically' })
  await expect.element(automatic).toHaveAttribute('aria-disabled', 'true')
  await expect.element(automatic).toHaveAccessibleDescription(/imported material does not allow rotation/)
  await expect
    .element(page.getByRole('region', { name: 'Summary' }))
    .toMatchTextContent(/Imported, 552 bytes, SHA256.*RotationNever/)
  expect(JSON.stringify(sessionStorage)).not.toContain(wrapped.slice(0, 40))
})

test('a kept draft has the choices and asks for the material again', async () => {
  open(draftWith({ hash: 'SHA384', allowRotation: true, given: true }))
  await expect.element(page.getByText('Enter the wrapped material again.')).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: 'Allow rotation' })).toBeChecked()
  await expect.element(page.getByRole('combobox', { name: 'Hash function' })).toHaveTextContent('SHA384')
  await material().fill(wrapped)
  await expect.element(page.getByText('Enter the wrapped material again.')).not.toBeInTheDocument()
})

test('leaving warns that the material is lost, and switching import off drops it', async () => {
  const router = open()
  await material().fill(wrapped)
  await router.navigate('/keys')
  const dialog = page.getByRole('dialog', { name: 'Leave without creating the key?' })
  await expect.element(dialog).toMatchTextContent(/The wrapped material is not kept\./)
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await router.navigate('/keys/new')
  const choice = page.getByRole('checkbox', { name: 'Import key material' })
  await choice.click()
  await choice.click()
  await router.navigate('/keys/new?step=material')
  await expect.element(material()).toHaveValue('')
})

test('the step fits 390 px with touch targets', async () => {
  await narrowWindow()
  open()
  await material().fill(wrapped)
  await expectNoOverflow()
  for (const name of ['Download wrapping.pem', 'Choose file', 'Continue', 'Back'])
    expect(button(name).element().getBoundingClientRect().height, name).toBeGreaterThanOrEqual(44)
})
