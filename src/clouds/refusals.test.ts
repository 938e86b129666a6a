import { describe, expect, test } from 'vitest'
import { rememberDefaultKey } from './exoscale/default-key.ts'
import type { KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import { providerOperations } from './operations-registry.ts'
import { inDays } from './period.ts'
import { cloudOf } from './registry.ts'

const base: Omit<KmsKey, 'cloud' | 'status'> = {
  location: 'somewhere',
  id: 'an-id',
  name: 'a key',
  labels: {},
  annotations: {},
  type: 'aes256-gcm96',
  purpose: 'encrypt',
  can: ['encrypt'],
  rotation: { automatic: true, period: inDays(365), manual: { used: 0, limit: 10 } },
  latestVersion: 1,
  createdAt: 0,
  traits: [],
}

const thalassa = (status: string): KmsKey => ({
  ...base,
  cloud: 'thalassa',
  status,
})
const exoscale = (status: string): KmsKey => ({
  ...base,
  cloud: 'exoscale',
  type: 'AES_256',
  status,
})

const allowed = (key: KmsKey) => {
  const operations = providerOperations(key.cloud)
  const ids = Object.keys(operations) as OperationId[]
  return ids.filter((id) => operations[id] !== undefined && operations[id].refusal(key) === undefined).sort()
}

describe('what the console offers in each status', () => {
  test('Thalassa', () => {
    expect(allowed(thalassa('active'))).toEqual(
      ['decrypt', 'disable', 'encrypt', 'rotate', 'scheduleDeletion', 'setRotation'].sort(),
    )
    expect(allowed(thalassa('disabled'))).toEqual(['enable', 'scheduleDeletion', 'setRotation'])
    expect(allowed(thalassa('pending_deletion'))).toEqual(['cancelDeletion'])
  })

  test('a status that this build doesn’t know', () => {
    const can = allowed(thalassa('suspended'))
    for (const id of ['decrypt', 'enable', 'encrypt', 'rotate', 'scheduleDeletion']) expect(can).toContain(id)
  })

  test('Exoscale', () => {
    expect(allowed(exoscale('enabled'))).toEqual(
      ['dataKey', 'decrypt', 'disable', 'encrypt', 'reEncrypt', 'rotate', 'scheduleDeletion', 'setRotation'].sort(),
    )
    expect(allowed(exoscale('disabled'))).toEqual(['enable', 'scheduleDeletion'])
    expect(allowed(exoscale('pending-deletion'))).toEqual(['cancelDeletion'])
  })

  test('Exoscale’s asymmetric keys, by usage', () => {
    const rsa = (status: string, purpose: 'encrypt' | 'sign'): KmsKey => ({
      ...exoscale(status),
      type: 'RSA_3072',
      purpose,
      can: [purpose],
      rotation: { automatic: false, never: 'Only symmetric keys rotate.' },
    })
    expect(allowed(rsa('enabled', 'encrypt'))).toEqual([
      'decrypt',
      'disable',
      'encrypt',
      'reEncrypt',
      'scheduleDeletion',
    ])
    expect(allowed(rsa('enabled', 'sign'))).toEqual(['disable', 'scheduleDeletion', 'sign', 'verify'])
    expect(allowed(rsa('disabled', 'sign'))).toEqual(['enable', 'scheduleDeletion'])
    expect(allowed(rsa('pending-deletion', 'sign'))).toEqual(['cancelDeletion'])
    const { publicKeyRefusal } = cloudOf('exoscale')
    const operations = providerOperations('exoscale')
    expect(operations.encrypt.refusal(rsa('enabled', 'sign'))).toMatch(/^Its usage is sign-verify/)
    expect(operations.sign?.refusal(rsa('enabled', 'encrypt'))).toMatch(/^Its usage is encrypt-decrypt/)
    expect(publicKeyRefusal?.(rsa('enabled', 'encrypt'))).toBeUndefined()
    expect(publicKeyRefusal?.(rsa('disabled', 'encrypt'))).toBe('The key is disabled. Enable it first.')
  })

  test('a replica keeps its own status and leaves the rest to its primary', () => {
    const replica: KmsKey = { ...exoscale('enabled'), traits: ['replica'], originZone: 'ch-gva-2' }
    expect(allowed(replica)).toEqual(['dataKey', 'decrypt', 'disable', 'encrypt', 'reEncrypt'])
    const operations = providerOperations('exoscale')
    for (const id of ['rotate', 'setRotation', 'scheduleDeletion', 'cancelDeletion', 'replicate'] as const)
      expect(operations[id]?.refusal(replica)).toBe('This is a replica. Do it on the primary in ch-gva-2.')
  })

  test('replication is for multi-zone keys, disabled ones too, until their deletion is scheduled', () => {
    const refusal = (key: KmsKey) => providerOperations('exoscale').replicate?.refusal(key)
    const multiZone = { traits: ['multi-zone'] } as const
    expect(refusal({ ...exoscale('enabled'), ...multiZone })).toBeUndefined()
    expect(refusal({ ...exoscale('disabled'), ...multiZone })).toBeUndefined()
    expect(refusal({ ...exoscale('pending-deletion'), ...multiZone })).toMatch(/pending deletion/)
    expect(refusal(exoscale('enabled'))).toMatch(/Only a multi-zone key, chosen at creation, can be replicated/)
  })

  test('the default key has no marker: a refusal tells it, and what Exoscale keeps to itself is off from then on', () => {
    const key: KmsKey = { ...exoscale('enabled'), id: '019ef461-0000-7c9c-94bd-081e70fe2b08' }
    expect(allowed(key)).toContain('disable')
    rememberDefaultKey(key.id)
    expect(allowed(key)).toEqual(['dataKey', 'decrypt', 'encrypt', 'rotate'])
    const operations = providerOperations('exoscale')
    for (const id of ['disable', 'setRotation', 'scheduleDeletion', 'replicate', 'reEncrypt'] as const)
      expect(operations[id]?.refusal(key)).toBe('This is the organisation’s default key, managed by Exoscale.')
    expect(allowed(exoscale('enabled'))).toContain('disable')
  })

  test('the eleventh manual rotation is refused before the click', () => {
    const key: KmsKey = {
      ...exoscale('enabled'),
      rotation: { automatic: true, manual: { used: 10, limit: 10 } },
    }
    expect(providerOperations('exoscale').rotate?.refusal(key)).toMatch(/All 10 manual rotations/)
  })

  test('a signing key says that it can’t encrypt', () => {
    const key: KmsKey = { ...thalassa('active'), type: 'ed25519', purpose: 'sign', can: ['sign'] }
    expect(providerOperations('thalassa').encrypt.refusal(key)).toBe('A key of type ed25519 can’t encrypt.')
  })
})
