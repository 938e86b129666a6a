import { describe, expect, test } from 'vitest'
import type { Purpose } from '../../clouds/algorithms.ts'
import { exoscale } from '../../clouds/exoscale/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { inDays } from '../../clouds/period.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { thalassa } from '../../clouds/thalassa/cloud.ts'
import { adviceFor } from './advice.ts'
import {
  algorithmOf,
  algorithmsFor,
  algorithmsIn,
  canRotate,
  type Draft,
  emptyDraft,
  importOf,
  importRefusal,
  keyWithSameName,
  newKeyOf,
  periodOf,
  purposeOf,
  purposesOf,
  readDraft,
  rotationOf,
} from './draft.ts'
import { formatRotation } from './labels.ts'
import { validateDraft } from './validate.ts'

const draftOf = (part: Partial<Draft>): Draft => ({ ...emptyDraft, ...part })

describe('a stored draft', () => {
  test('comes back as it was', () => {
    const draft = draftOf({
      cloud: 'thalassa',
      locations: { thalassa: 'nl-01' },
      name: 'Ordérs 🔑',
      labels: [{ id: 1, name: 'env', value: 'prod' }],
      rotation: { automatic: true, choice: 'other', other: '45', unit: 'days' },
    })
    expect(readDraft(JSON.stringify(draft))).toEqual(draft)
  })

  test.each([null, '', '{', '[]', '{"cloud":"elsewhere"}'])('%j is no draft', (stored) => {
    expect(readDraft(stored)).toEqual(emptyDraft)
  })
})

describe('choices', () => {
  test('the recommended algorithm comes first and is chosen unless another is', () => {
    for (const purpose of purposesOf(thalassa.capabilities)) {
      const offered = algorithmsFor(draftOf({ purpose }), thalassa.capabilities)
      expect(offered[0]?.recommended).toBe(true)
      expect(offered.every((algorithm) => algorithm.purpose === purpose)).toBe(true)
      expect(algorithmOf(draftOf({ purpose }), thalassa.capabilities)).toBe(offered[0])
    }
    const draft = draftOf({ types: { encrypt: 'rsa-2048', sign: 'ed25519' } })
    expect(algorithmOf(draft, thalassa.capabilities)?.name).toBe('rsa-2048')
    expect(algorithmOf({ ...draft, purpose: 'sign' }, thalassa.capabilities)?.name).toBe('ed25519')
  })

  test('a purpose or algorithm that the cloud lacks gives way and is kept for the way back', () => {
    const draft = draftOf({ purpose: 'mac', types: { mac: 'hmac-sha512' } })
    expect(purposesOf(exoscale.capabilities)).toEqual(['encrypt', 'sign'])
    expect(purposeOf(draft, exoscale.capabilities)).toBe('encrypt')
    expect(algorithmOf(draft, exoscale.capabilities)?.name).toBe('aes256-gcm96')
    expect(algorithmOf(draft, thalassa.capabilities)?.name).toBe('hmac-sha512')
  })

  test('a location offers what its keys show; until they are read, the least or what was chosen', () => {
    const namesOf = (keys: readonly KmsKey[] | undefined, draft: Draft) =>
      algorithmsIn(exoscale.capabilities, keys, draft).map(({ name }) => name)
    const [all, chosen] = [exoscale.capabilities.algorithms, draftOf({ purpose: 'sign' })]
    expect(namesOf([keyWith()], emptyDraft)).toHaveLength(all.length)
    expect(namesOf([keyWith({ assumedType: true })], chosen)).toEqual(['aes256-gcm96'])
    expect(namesOf(undefined, emptyDraft)).toEqual(['aes256-gcm96'])
    expect(namesOf(undefined, chosen)).toHaveLength(all.length)
    expect(algorithmsIn(thalassa.capabilities, undefined, emptyDraft)).toBe(thalassa.capabilities.algorithms)
  })

  test('keys of an algorithm that does not rotate have no rotation, whatever was chosen', () => {
    const rotation = { automatic: true, choice: '180', other: '', unit: 'days' as const }
    const draft = draftOf({ purpose: 'sign', rotation })
    expect(canRotate(draft, exoscale.capabilities)).toBe(false)
    expect(formatRotation(draft, exoscale.capabilities)).toBe('Never')
    expect(newKeyOf(draft, exoscale.capabilities, { location: 'ch-gva-2' })).toMatchObject({
      type: 'ECC_NIST_P256',
      purpose: 'sign',
      rotation: { automatic: false },
    })
    expect(canRotate({ ...draft, purpose: 'encrypt' }, exoscale.capabilities)).toBe(true)
    expect(canRotate(draft, thalassa.capabilities)).toBe(true)
  })

  test('a key of a key store has the id of both, and neither rotation nor replicas; other algorithms stay in the cloud', () => {
    const external = { store: 's-1', key: ' hsm-7 ' }
    const draft = draftOf({ external, multiZone: true })
    expect(newKeyOf(draft, exoscale.capabilities, { location: 'ch-gva-2' })).toMatchObject({
      external: { store: 's-1', key: 'hsm-7' },
      multiZone: false,
      rotation: { automatic: false },
    })
    expect(validateDraft({ ...draft, name: 'a' }, exoscale.capabilities, 'ch-gva-2')).toEqual({})
    const wrong = draftOf({ external: { store: 's-1', key: 'a/b' }, name: 'a' })
    expect(validateDraft(wrong, exoscale.capabilities, 'ch-gva-2').externalKey).toMatch(/^Enter the id of the key/)
    for (const other of [draftOf({ external, purpose: 'sign' }), draftOf({ external, types: { encrypt: 'rsa-3072' } })])
      expect(newKeyOf(other, exoscale.capabilities, { location: 'ch-gva-2' })).not.toHaveProperty('external')
    expect(newKeyOf(draft, thalassa.capabilities, { location: 'nl-01' })).not.toHaveProperty('external')
  })

  test('advice for a key that only signs does not say what it could do elsewhere', () => {
    const rsa = ({ capabilities }: typeof exoscale, purpose: Purpose) =>
      algorithmsFor(draftOf({ purpose }), capabilities).filter(({ family }) => family === 'rsa')
    expect(new Set([...rsa(exoscale, 'encrypt'), ...rsa(exoscale, 'sign')].map(adviceFor)).size).toBe(4)
    expect(rsa(exoscale, 'encrypt').map(adviceFor).join(' ')).not.toMatch(/[Ss]ign/)
    expect(rsa(thalassa, 'encrypt').map(adviceFor)[0]).toMatch(/Signs too/)
  })

  test('untouched rotation follows the cloud', () => {
    expect(rotationOf(emptyDraft, thalassa.capabilities)).toEqual({
      automatic: false,
      choice: '90',
      other: '90',
      unit: 'days',
    })
    expect(rotationOf(emptyDraft, exoscale.capabilities)).toEqual({
      automatic: true,
      choice: '365',
      other: '365',
      unit: 'days',
    })
  })

  test('days are whole numbers only', () => {
    const days = (text: string) => periodOf({ automatic: true, choice: 'other', other: text, unit: 'days' }).value
    expect([days('45'), days(' 45 ')]).toEqual([45, 45])
    for (const text of ['', '1.5', '-1', '1e2', '0x10', 'ten']) expect(days(text)).toBeNaN()
    expect(periodOf({ automatic: true, choice: '180', other: 'left over', unit: 'days' })).toEqual(inDays(180))
  })
})

describe('the key that is asked for', () => {
  const full = draftOf({
    name: '  orders  ',
    description: ' for orders ',
    labels: [
      { id: 1, name: ' env ', value: 'prod' },
      { id: 2, name: '', value: '' },
    ],
    annotations: [{ id: 1, name: 'owner', value: '' }],
    exportAllowed: true,
    multiZone: true,
    rotation: { automatic: true, choice: '90', other: '', unit: 'days' },
  })

  test('has what the cloud’s keys have', () => {
    expect(newKeyOf(full, thalassa.capabilities, { location: 'nl-01', project: 'p' })).toEqual({
      location: 'nl-01',
      project: 'p',
      type: 'aes256-gcm96',
      purpose: 'encrypt',
      name: 'orders',
      description: 'for orders',
      labels: { env: 'prod' },
      annotations: { owner: '' },
      exportAllowed: true,
      multiZone: false,
      rotation: { automatic: true, period: inDays(90) },
    })
    expect(newKeyOf(full, exoscale.capabilities, { location: 'ch-gva-2' })).toMatchObject({
      labels: {},
      annotations: {},
      exportAllowed: false,
      multiZone: true,
    })
  })

  test('has no period while rotation is off', () => {
    const off = draftOf({ rotation: { automatic: false, choice: '90', other: '', unit: 'days' } })
    expect(newKeyOf(off, exoscale.capabilities, { location: 'ch-gva-2' }).rotation).toEqual({ automatic: false })
  })
})

describe('imported material', () => {
  const own = { hash: 'SHA384', allowRotation: false, given: true }
  const place = { location: 'nl-01' }
  const rotating = { automatic: true, choice: '30', other: '', unit: 'days' as const }

  test('goes into the key, wrapped, and never rotates unless allowed', () => {
    const draft = draftOf({ material: own, rotation: rotating })
    expect(newKeyOf(draft, thalassa.capabilities, place, 'AAAA')).toMatchObject({
      material: { wrapped: 'AAAA', hash: 'SHA384', allowRotation: false },
      rotation: { automatic: false },
    })
    const allowed = draftOf({ material: { ...own, allowRotation: true }, rotation: rotating })
    expect(newKeyOf(allowed, thalassa.capabilities, place).rotation).toEqual({ automatic: true, period: inDays(30) })
  })

  test('is left out where the algorithm or the cloud knows no import', () => {
    const mac = draftOf({ material: own, purpose: 'mac', rotation: rotating })
    expect(importRefusal(mac, thalassa.capabilities)).toMatch(/^Keys of type hmac-sha256 can’t be imported/)
    expect(newKeyOf(mac, thalassa.capabilities, place)).not.toHaveProperty('material')
    expect(newKeyOf(mac, thalassa.capabilities, place).rotation.automatic).toBe(true)
    expect(newKeyOf(draftOf({ material: own }), exoscale.capabilities, place)).not.toHaveProperty('material')
  })

  test('a hash that the cloud doesn’t know gives way to its default', () => {
    expect(importOf(draftOf({ material: { ...own, hash: 'MD5' } }), thalassa.capabilities)?.hash).toBe('SHA256')
  })

  test('a stored draft holds nothing of it but what was chosen', () => {
    const draft = draftOf({ material: own })
    const stored = { ...draft, material: { ...own, wrapped: 'AAAA' } }
    expect(readDraft(JSON.stringify(stored))).toEqual(draft)
  })
})

test('a name is taken by its slug where there are slugs, else by itself', () => {
  const key = (name: string, slug?: string) => keyWith({ name, ...(slug === undefined ? {} : { slug }) })
  const keys = [key('Card Vault', 'card-vault')]
  expect(keyWithSameName(' card  VAULT ', keys, thalassa.capabilities)).toBe(keys[0])
  expect(keyWithSameName('!!', keys, thalassa.capabilities)).toBeUndefined()
  expect(keyWithSameName('', [key('')], exoscale.capabilities)).toBeUndefined()
  expect(keyWithSameName('card vault', keys, exoscale.capabilities)).toBeUndefined()
  expect(keyWithSameName('Card Vault ', keys, exoscale.capabilities)).toBe(keys[0])
})
