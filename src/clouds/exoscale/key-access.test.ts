import { expect, test } from 'vitest'
import type { ActivityKind } from '../endpoint.ts'
import { type Answers, answerCalls } from '../testing/answers.ts'
import { keyWith } from '../testing/key.ts'
import { keyAccess } from './key-access.ts'
import { readRole } from './policy.ts'

const KEY = '0197c3a0-0000-7000-8000-000000000001'
const key = keyWith({ cloud: 'exoscale', location: 'ch-gva-2', id: KEY })

const allowAll = { 'default-service-strategy': 'allow', services: {} }
const rules = (...expressions: readonly (readonly [action: string, expression: string])[]) => ({
  'default-service-strategy': 'deny',
  services: { kms: { type: 'rules', rules: expressions.map(([action, expression]) => ({ action, expression })) } },
})

const wireKey: Answers = { [`GET /api/exoscale/ch-gva-2/kms-key/${KEY}`]: { body: { id: KEY, name: 'billing' } } }

/** What each activity comes to for a role with the policy: `allowed by rule 1`. */
async function decisions(
  policy: object | undefined,
  activities: readonly ActivityKind[],
  organisation: Answers[string] = { body: allowAll },
) {
  answerCalls({ ...wireKey, 'GET /api/exoscale/ch-gva-2/iam-organization-policy': organisation })
  if (keyAccess.by !== 'roles') throw new TypeError('roles decide')
  const role = readRole({ id: 'r-1', name: 'app', ...(policy && { policy }) })
  const { roles, note } = await keyAccess.decide(key, [role], activities)
  const words = [...(roles[0]?.decisions ?? [])].map(([id, { verdict, because }]) => `${id}: ${verdict} ${because}`)
  return { words, note }
}

test('a role’s rules decide, by their number', async () => {
  const policy = rules(
    ['deny', "operation.startsWith('schedule')"],
    ['allow', "operation in ['encrypt', 'schedule-kms-key-deletion']"],
    ['allow', "operation == 'decrypt' && source_ip == '192.0.2.7'"],
  )
  expect(await decisions(policy, ['encrypt', 'decrypt', 'scheduleDeletion', 'rotate'])).toEqual({
    words: [
      'encrypt: allowed by rule 2',
      'decrypt: depends on source_ip (rule 3)',
      'scheduleDeletion: refused by rule 1',
      'rotate: refused because no rule matches',
    ],
    note: undefined,
  })
})

test('without rules the service or the default decides, also for a role without a policy', async () => {
  expect((await decisions(undefined, ['encrypt'])).words).toEqual(['encrypt: allowed by default'])
  const refused = { ...allowAll, services: { kms: { type: 'deny' } } }
  expect((await decisions(refused, ['encrypt'])).words).toEqual(['encrypt: refused with all of kms'])
})

test('the organisation’s policy must allow it too', async () => {
  const policy = rules(['deny', "operation == 'decrypt'"], ['allow', "source_ip == '192.0.2.7' || operation == 'sign'"])
  expect((await decisions(undefined, ['decrypt', 'encrypt', 'sign'], { body: policy })).words).toEqual([
    'decrypt: refused by rule 1 of the organisation’s policy',
    'encrypt: depends on source_ip (rule 2 of the organisation’s policy)',
    'sign: allowed by default',
  ])
})

test('an organisation’s policy that may not be read is told', async () => {
  const forbidden = { status: 403, body: { message: 'Forbidden by role policy' } }
  const { words, note } = await decisions(undefined, ['encrypt'], forbidden)
  expect(words).toEqual(['encrypt: allowed by default'])
  expect(note).toBe('The organisation’s policy could not be read. It may refuse the call.')
})

test('an activity of two operations depends where they differ, and one without any is left out', async () => {
  const on = rules(['allow', "operation == 'enable-kms-key-rotation'"])
  expect((await decisions(on, ['setRotation', 'export'])).words).toEqual([
    'setRotation: depends on which way it is changed',
  ])
  expect((await decisions(rules(['allow', 'true']), ['setRotation'])).words).toEqual(['setRotation: allowed by rule 1'])
})

test('a key that can’t be read is the call’s failure', async () => {
  answerCalls({}, { status: 503, body: { message: 'Service Unavailable' } })
  if (keyAccess.by !== 'roles') throw new TypeError('roles decide')
  await expect(keyAccess.decide(key, [], ['encrypt'])).rejects.toThrow()
})
