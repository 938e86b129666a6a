/** A third provider, registered with one line, works on every screen's pure part without an edit outside its folder. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMatch, termsOf } from '../app/palette/search-keys.ts'
import { operationCode, registerCode } from '../clouds/code-registry.ts'
import { deletionDelayOf, offersOperation, operationRefusal } from '../clouds/key-operations.ts'
import { hasUnknownStatus, isUsable, statusOf } from '../clouds/key-status.ts'
import { addressOf } from '../clouds/model.ts'
import { operationsOf, playgroundRefusal, refusalOf } from '../clouds/offered-operations.ts'
import { registerOperations } from '../clouds/operations-registry.ts'
import { cloudOf, register } from '../clouds/registry.ts'
import { groupReplicas } from '../clouds/replica-groups.ts'
import { rotationState } from '../clouds/rotation-state.ts'
import { fake, fakeCode, fakeKey, fakeOperations } from '../clouds/testing/fake-provider/cloud.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { HOUR } from '../lib/dates.ts'
import { utf8 } from '../lib/encodings.ts'
import { type Draft, emptyDraft, newKeyOf, type RotationDraft, readDraft, rotationOf } from './create-key/draft.ts'
import { formatRotation } from './create-key/labels.ts'
import { validateDraft } from './create-key/validate.ts'
import { draftOf, inputOf } from './key/rotation-form.ts'
import { plannedDates } from './key/rotation-plan.ts'
import { formatKeyAddress, parseKeyAddress } from './key-address.ts'
import { keysViewFormat } from './keys/keys-view.ts'
import { filterOptions, filterRows, prepareRows, sortRows } from './keys/testing/rows.ts'
import { decisionsIn } from './overview/decisions.ts'
import { countFigures, figures } from './overview/KeyFigures.tsx'
import { linksIn } from './paths.ts'
import { signOptionsOf } from './playground/hashing.ts'
import { prepareRequest } from './playground/operation.ts'
import { dataKey } from './playground/operations/data-key.ts'
import { encrypt } from './playground/operations/EncryptForm.tsx'
import { sign } from './playground/operations/SignForm.tsx'
import { logsOf } from './shared/activity/use-cloud-logs.ts'
import { keyActionItems } from './shared/key-actions/actions.ts'

const key = fakeKey()
let unregister = () => {}

beforeAll(() => {
  const unregisters = [register(fake), registerOperations('fake', fakeOperations), registerCode('fake', fakeCode)]
  unregister = () => {
    for (const one of unregisters) one()
  }
})
afterAll(() => unregister())

test('the list shows its keys in rows, offers its values as filters and finds them by search', () => {
  const rows = prepareRows([keyWith(), key])
  const view = keysViewFormat.read(new URLSearchParams({ cloud: 'fake' }))
  expect(view.filters.cloud).toEqual(['fake'])
  expect(filterRows(rows, view, 0).map((row) => row.key.name)).toEqual(['orders'])
  const { cloud, location } = filterOptions(rows, view.filters, 0)
  expect(cloud).toContainEqual({ value: 'fake', label: 'Fake', count: 1 })
  expect(location.map(({ value }) => value)).toContain('team a/transit')
  expect(groupReplicas([key])).toEqual([[key]])
})

test('an address with slash, space and percent sign survives links and parameters', () => {
  expect(linksIn().key(addressOf(key))).toBe('/keys/fake/team%20a%2Ftransit/orders%2F2026%2050%25')
  const text = formatKeyAddress({ cloud: key.cloud, location: key.location, key: key.id })
  expect(parseKeyAddress(text)).toEqual(addressOf(key))
})

test('the wizard keeps a draft for it, checks it and makes a key without what the provider lacks', () => {
  const draft: Draft = {
    ...emptyDraft,
    description: 'kept for others',
    cloud: 'fake',
    locations: { fake: 'team a/transit' },
    name: 'orders',
  }
  expect(readDraft(JSON.stringify(draft))).toEqual(draft)
  const { capabilities } = cloudOf('fake')
  expect(validateDraft(draft, capabilities, 'team a/transit')).toEqual({})
  expect(validateDraft({ ...draft, name: 'x'.repeat(129) }, capabilities, 'team a/transit')).toHaveProperty('name')
  expect(validateDraft({ ...draft, name: 'Orders 1' }, capabilities, 'team a/transit')).toEqual({
    name: 'Use lower-case letters, digits and dashes.',
  })
  expect(newKeyOf(draft, capabilities, { location: 'team a/transit' })).toMatchObject({
    type: 'aes256-gcm96',
    description: '',
    rotation: { automatic: false },
  })
})

test('its rotation period is in hours, in the wizard and in the settings of a key', () => {
  const { capabilities } = cloudOf('fake')
  const wizard = (members: Partial<RotationDraft>): Draft => ({
    ...emptyDraft,
    cloud: 'fake',
    name: 'orders',
    rotation: { ...rotationOf(emptyDraft, capabilities), automatic: true, ...members },
  })
  const { rotation } = newKeyOf(wizard({}), capabilities, { location: 'team a/transit' })
  expect(rotation).toEqual({ automatic: true, period: { value: 24, unit: 'hours' } })
  expect(formatRotation(wizard({ choice: '6' }), capabilities)).toBe('Every 6 hours')
  expect(validateDraft(wizard({ choice: 'other', other: '721' }), capabilities, 'team a/transit')).toEqual({
    rotationPeriod: 'Choose whole hours, from 1 to 720.',
  })
  // A period in days, chosen for another provider, is not taken over.
  expect(rotationOf(wizard({ choice: '365', unit: 'days' }), capabilities)).toMatchObject({
    choice: '24',
    unit: 'hours',
  })

  const rotating = fakeKey({ rotation: { automatic: true, period: { value: 6, unit: 'hours' }, nextAt: 6 * HOUR } })
  expect(plannedDates(rotating, 0)).toEqual([6, 12, 18, 24].map((hours) => hours * HOUR))
  expect(rotationState(rotating, 3 * HOUR)).toMatchObject({ kind: 'planned', progress: 0.5 })
  expect(inputOf(draftOf(rotating, capabilities.rotationPeriod))).toEqual({
    automatic: true,
    period: { value: 6, unit: 'hours' },
  })
})

test('menus offer no action that it lacks', () => {
  expect(keyActionItems(key)).toEqual([])
  expect(offersOperation(key, 'setRotation')).toBe(false)
  expect(operationRefusal(key, 'rotate')).toBe('Fake KMS has no such operation.')
  expect(operationCode(key, 'rotate', {})).toEqual([])
})

test('the playground offers what it has, with the reason where the status forbids it', () => {
  expect(operationsOf(key)).toEqual(['encrypt', 'decrypt', 'dataKey'])
  expect(playgroundRefusal(key)).toBeUndefined()
  expect(playgroundRefusal(fakeKey({ status: 'sealed' }))).toBe('The mount is sealed.')
  expect(refusalOf(key, 'hmac')).toMatch(/^Keys of Fake KMS can’t /)
})

test('its two statuses are shown, counted and filtered by their group', () => {
  const sealed = fakeKey({ id: 'b', name: 'invoices', status: 'sealed' })
  expect([key, sealed].map((one) => statusOf(one).label)).toEqual(['Open', 'Sealed'])
  expect(isUsable(key)).toBe(true)
  expect(hasUnknownStatus(sealed)).toBe(false)
  const rows = prepareRows([key, sealed])
  const view = keysViewFormat.read(new URLSearchParams({ status: 'disabled' }))
  expect(filterRows(rows, view, 0).map((row) => row.key.name)).toEqual(['invoices'])
  const counted = countFigures([[key], [sealed]], 0)
  expect(counted[figures.findIndex(({ label }) => label === 'Active')]).toBe(1)
})

test('a key whose time of creation is not known sorts last in either direction and needs no decision', () => {
  const rows = prepareRows([key, keyWith({ createdAt: 1 }), keyWith({ id: 'kms-2', createdAt: 2 })])
  for (const descending of [false, true])
    expect(sortRows(rows, { column: 'created', descending }).at(-1)?.key).toBe(key)
  expect(decisionsIn([[key]], { read: new Map(), missing: [], outdated: [] }, Date.UTC(2026, 0))).toEqual([])
})

test('signing has the options that the provider lists for the key, and sends those that are chosen', () => {
  const rsa = fakeKey({ type: 'rsa-2048', purpose: 'sign', can: ['sign'] })
  const draft = { ...sign.emptyDraft, message: { value: 'x', encoding: 'text' as const } }
  expect(signOptionsOf(rsa).map(({ label }) => label)).toEqual(['Scheme'])
  expect(signOptionsOf(key)).toEqual([])
  expect(sign.validate(draft, rsa)).not.toHaveProperty('input.options')
  const chosen = sign.validate({ ...draft, options: { scheme: 'pkcs1v15', salt: 'auto' } }, rsa)
  expect(chosen).toHaveProperty('input.options', { scheme: 'pkcs1v15' })
  expect(prepareRequest('sign', sign, { ...draft, options: { scheme: 'nothing' } }, rsa).errors).toBeUndefined()
})

test('associated data and the derivation context are inputs of their own, each where the key takes it', () => {
  const text = (value: string) => ({ value, encoding: 'text' as const })
  const draft = { ...encrypt.emptyDraft, plaintext: text('x') }
  const bound = { associatedData: text('a'), derivationContext: text('d') }
  expect(encrypt.validate({ ...draft, bound }, key)).toEqual({
    input: { plaintext: utf8('x'), associatedData: utf8('a') },
  })
  const derived = fakeKey({ annotations: { derived: 'true' } })
  expect(encrypt.validate({ ...draft, bound }, derived)).toMatchObject({ input: { derivationContext: utf8('d') } })
  expect(encrypt.validate(draft, derived)).toMatchObject({
    errors: { bound: 'Derivation context is missing: this key needs one.' },
  })
  const long = encrypt.validate({ ...draft, bound: { associatedData: text('a'.repeat(65)) } }, key)
  expect(long).toMatchObject({ errors: { bound: 'This is 65 bytes, and up to 64 fit. Shorten it.' } })
  const other = encrypt.validate({ ...draft, bound }, keyWith())
  expect(other).toEqual({ input: { plaintext: utf8('x') } })
})

test('data keys have one of the listed sizes', () => {
  const validate = (bytes: string) => dataKey.validate({ ...dataKey.emptyDraft, size: 'chosen', bytes }, key)
  expect(validate('64')).toEqual({ input: { bytes: 64 } })
  expect(validate('24')).toMatchObject({ errors: { bytes: 'Choose one of the sizes.' } })
})

test('a provider that schedules no deletion has no delay', () => {
  expect(deletionDelayOf('fake')).toEqual({ min: 0, max: 0, default: 0 })
})

test('code of its requests encodes the id', () => {
  const [curl] = operationCode(key, 'decrypt', { ciphertext: 'AAEC' })
  expect(curl?.code).toContain('/v1/team%20a%2Ftransit/keys/orders%2F2026%2050%25/decrypt')
})

test('the palette finds its keys', () => {
  const terms = termsOf('orders fake')
  expect([keyWith(), key].filter((one) => isMatch(one, terms))).toEqual([key])
})

test('its requests have kinds of activity, its ciphertexts a format, and no audit log is asked for', async () => {
  const { activityVocabulary, ciphertextFormat } = cloudOf('fake')
  const { endpoints } = await activityVocabulary()
  expect(endpoints['create-key']).toMatchObject({ effect: 'change', activity: 'create' })
  expect((await ciphertextFormat()).layout(key, 10)).toBeUndefined()
  expect(logsOf([{ id: 'fake', mode: 'live' }], undefined)).toEqual([])
})

test('its connection names the variables that it needs', async () => {
  const { credentials } = await cloudOf('fake').connectionCheck()
  expect(credentials.flatMap(({ secrets }) => secrets)).toEqual(['FAKE_TOKEN'])
})
