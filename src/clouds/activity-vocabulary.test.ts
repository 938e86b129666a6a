import { expect, test } from 'vitest'
import { activityLabels, activityOfAction, activityOfCall, auditFactLabel } from './activity-vocabulary.ts'

test.each([
  ['thalassa', 'POST', '/v1/kms/nl-01/keys', { activity: 'create', location: 'nl-01' }],
  ['thalassa', 'GET', '/v1/kms/nl-01/wrapping-key', { activity: 'readWrappingKey', location: 'nl-01' }],
  ['thalassa', 'DELETE', '/v1/kms/nl-01/keys/kms-1', { activity: 'scheduleDeletion', location: 'nl-01', key: 'kms-1' }],
  ['thalassa', 'POST', '/v1/kms/nl-01/keys/a%20b/encrypt', { activity: 'encrypt', location: 'nl-01', key: 'a b' }],
  ['thalassa', 'GET', '/v1/kms/summary', { activity: 'readLocations' }],
  ['exoscale', 'GET', '/v2/kms-key', { activity: 'listKeys' }],
  ['exoscale', 'POST', '/v2/kms-key/0198/disable-key-rotation', { activity: 'setRotation', key: '0198' }],
  ['thalassa', 'POST', '/v1/kms/nl-01/keys//encrypt', {}],
  ['thalassa', 'POST', '/v1/kms/nl-01/keys/kms-1/other', {}],
  ['exoscale', 'POST', '/v1/kms/nl-01/keys', {}],
] as const)('%s: %s %s', (cloud, method, path, told) => {
  expect(activityOfCall(cloud, method, path)).toEqual(told)
})

test('a path that can’t be decoded is taken as it is', () => {
  expect(activityOfCall('exoscale', 'GET', '/v2/kms-key/%E0%A4%A')).toEqual({ activity: 'readKey', key: '%E0%A4%A' })
})

test('an audit log’s names become kinds of activity, unknown ones stay', () => {
  expect(activityOfAction('thalassa', 'kms.verify_hmac')).toBe('verifyHmac')
  expect(activityOfAction('thalassa', 'kms.rotate.scheduled')).toBe('rotateOnSchedule')
  expect(activityOfAction('thalassa', 'toString')).toBeUndefined()
  expect(activityOfAction('exoscale', 'kms.encrypt')).toBeUndefined()
  expect(activityOfAction('exoscale', 'update-iam-role-policy')).toBe('changeRole')
  expect(auditFactLabel('thalassa', 'keyVersion')).toBe('Key version')
  expect(auditFactLabel('thalassa', 'constructor')).toBe('constructor')
  expect(new Set(Object.values(activityLabels)).size).toBe(Object.keys(activityLabels).length)
})
