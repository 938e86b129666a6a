import { describe, expect, test } from 'vitest'
import type { Capabilities } from '../../clouds/capabilities.ts'
import { exoscale } from '../../clouds/exoscale/cloud.ts'
import { thalassa } from '../../clouds/thalassa/cloud.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { errorsOf, furthestStep, stepOfField, stepsFor, validateDraft } from './validate.ts'

const wrong = (
  part: Partial<Draft>,
  capabilities: Capabilities = thalassa.capabilities,
  location: string | undefined = 'nl-01',
) => validateDraft({ ...emptyDraft, name: 'orders', ...part }, capabilities, location)

const withDays = (other: string) => ({ rotation: { automatic: true, choice: 'other', other, unit: 'days' as const } })

test('a draft that can be sent has nothing wrong', () => {
  expect(wrong({})).toEqual({})
  expect(wrong({}, exoscale.capabilities)).toEqual({})
})

test('cloud and location are asked for first', () => {
  expect(validateDraft(emptyDraft, undefined, undefined)).toEqual({ cloud: 'Choose a cloud.' })
  expect(validateDraft({ ...emptyDraft, name: 'orders' }, exoscale.capabilities, undefined)).toEqual({
    location: 'Choose a zone.',
  })
})

describe('name', () => {
  test.each(['', '   '])('%j is none', (name) => {
    expect(wrong({ name })).toEqual({ name: 'Enter a name of 1 to 255 characters.' })
  })

  test('255 characters fit, a pair of surrogates being one', () => {
    expect(wrong({ name: `a${'🔑'.repeat(254)}` })).toEqual({})
    expect(wrong({ name: 'a'.repeat(256) })).toEqual({
      name: 'The name has 256 characters and 255 fit. Shorten it by 1.',
    })
  })

  test('only a slug needs letters or digits', () => {
    expect(wrong({ name: '🔑 !' })).toEqual({ name: 'Add a letter a-z or a digit: the slug needs one.' })
    expect(wrong({ name: '🔑 !' }, exoscale.capabilities)).toEqual({})
  })
})

test('the description’s limit is the cloud’s', () => {
  expect(wrong({ description: 'd'.repeat(1024) })).toEqual({})
  expect(wrong({ description: 'd'.repeat(1025) }).description).toMatch('1,025 characters and 1,024 fit')
  expect(wrong({ description: 'd'.repeat(256) }, exoscale.capabilities).description).toMatch('Shorten it by 1.')
})

describe('labels', () => {
  const labels = (...rows: [string, string][]) => ({
    labels: rows.map(([name, value], index) => ({ id: index + 1, name, value })),
  })

  test('blank rows count for nothing', () => expect(wrong(labels(['', ''], ['', '']))).toEqual({}))

  test('the second of two equal names is wrong', () => {
    expect(wrong(labels(['env', 'a'], ['team', 'b'], [' env ', 'c']))).toEqual({
      'labels.2.name': '“env” is there twice. Rename this label or remove its row.',
    })
  })

  test('a value needs a name', () => {
    expect(wrong(labels(['', 'prod']))).toEqual({ 'labels.0.name': 'Give this label a name, or remove its row.' })
  })

  test('names, values and their number have limits', () => {
    expect(Object.keys(wrong(labels(['n'.repeat(256), ''], ['n', 'v'.repeat(1025)])))).toEqual([
      'labels.0.name',
      'labels.1.value',
    ])
    const many = Array.from({ length: 65 }, (_, index): [string, string] => [`n${index}`, ''])
    expect(wrong(labels(...many))).toEqual({ labels: 'A key has at most 64 labels. Remove some.' })
  })

  test('are not looked at where keys carry none', () => {
    expect(wrong(labels(['', 'prod']), exoscale.capabilities)).toEqual({})
  })
})

describe('period', () => {
  test.each(['0', '3651', '1.5', '', 'x'])('%j days is refused', (days) => {
    expect(wrong(withDays(days))).toEqual({ rotationPeriod: 'Choose whole days, from 1 to 3,650.' })
  })

  test('the range is the cloud’s', () => {
    for (const days of ['1', '3650']) expect(wrong(withDays(days))).toEqual({})
    for (const days of ['90', '2560']) expect(wrong(withDays(days), exoscale.capabilities)).toEqual({})
    for (const days of ['89', '2561'])
      expect(wrong(withDays(days), exoscale.capabilities)).toEqual({
        rotationPeriod: 'Choose whole days, from 90 to 2,560.',
      })
  })

  test('a preset that another cloud allowed is refused too', () => {
    const rotation = { automatic: true, choice: '30', other: '', unit: 'days' as const }
    expect(wrong({ rotation })).toEqual({})
    expect(Object.keys(wrong({ rotation }, exoscale.capabilities))).toEqual(['rotationPeriod'])
  })

  test('does not matter while rotation is off', () => {
    expect(wrong({ rotation: { automatic: false, choice: 'other', other: 'x', unit: 'days' } })).toEqual({})
  })
})

test('errors know their step', () => {
  const errors = wrong({ name: '', ...withDays('0') })
  expect(furthestStep(errors)).toBe('name')
  expect(furthestStep({ location: 'x', ...errors })).toBe('where')
  expect(furthestStep({})).toBe('name')
  expect(Object.keys(errorsOf(errors, (field, step) => step === 'name' && field !== 'name'))).toEqual([
    'rotationPeriod',
  ])
  expect(stepOfField('labels.3.name')).toBe('name')
  expect(stepOfField('plaintext')).toBeUndefined()
})

test('material has a step before the name, only where it is imported', () => {
  expect(stepsFor(true)).toEqual(['where', 'material', 'name'])
  expect(stepsFor(false)).toEqual(['where', 'name'])
  expect(furthestStep({ material: 'x', ...wrong(withDays('0')) })).toBe('material')
})
