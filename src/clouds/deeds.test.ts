import { expect, test } from 'vitest'
import { deedOfAction, deedWords, factName, toldByCall } from './deeds.ts'

test.each([
  ['thalassa', 'POST', '/v1/kms/nl-01/keys', { deed: 'create', location: 'nl-01' }],
  ['thalassa', 'GET', '/v1/kms/nl-01/wrapping-key', { deed: 'readWrappingKey', location: 'nl-01' }],
  ['thalassa', 'DELETE', '/v1/kms/nl-01/keys/kms-1', { deed: 'scheduleDeletion', location: 'nl-01', key: 'kms-1' }],
  ['thalassa', 'POST', '/v1/kms/nl-01/keys/a%20b/encrypt', { deed: 'encrypt', location: 'nl-01', key: 'a b' }],
  ['thalassa', 'GET', '/v1/kms/summary', { deed: 'readLocations' }],
  ['exoscale', 'GET', '/v2/kms-key', { deed: 'listKeys' }],
  ['exoscale', 'POST', '/v2/kms-key/0198/disable-key-rotation', { deed: 'setRotation', key: '0198' }],
  ['thalassa', 'POST', '/v1/kms/nl-01/keys//encrypt', {}],
  ['thalassa', 'POST', '/v1/kms/nl-01/keys/kms-1/other', {}],
  ['exoscale', 'POST', '/v1/kms/nl-01/keys', {}],
] as const)('%s: %s %s', (cloud, method, path, told) => {
  expect(toldByCall(cloud, method, path)).toEqual(told)
})

test('a path that can’t be decoded is taken as it is', () => {
  expect(toldByCall('exoscale', 'GET', '/v2/kms-key/%E0%A4%A')).toEqual({ deed: 'readKey', key: '%E0%A4%A' })
})

test('an audit log’s names become deeds, unknown ones stay', () => {
  expect(deedOfAction('thalassa', 'kms.verify_hmac')).toBe('verifyHmac')
  expect(deedOfAction('thalassa', 'kms.rotate.scheduled')).toBe('rotateOnSchedule')
  expect(deedOfAction('thalassa', 'toString')).toBeUndefined()
  expect(deedOfAction('exoscale', 'kms.encrypt')).toBeUndefined()
  expect(deedOfAction('exoscale', 'update-iam-role-policy')).toBe('changeRole')
  expect(factName('thalassa', 'keyVersion')).toBe('Key version')
  expect(factName('thalassa', 'constructor')).toBe('constructor')
  expect(new Set(Object.values(deedWords)).size).toBe(Object.keys(deedWords).length)
})
