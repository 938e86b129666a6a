import { expect, test } from 'vitest'
import { boundWarning } from './bounds.ts'

const deny = (expression: string) => boundWarning({ action: 'deny', expression })

test.each([
  "parameters['delay-days'] < 14",
  'parameters["delay-days"] < 14',
  'parameters.delay_days < 14',
  '14 > parameters.delay_days',
  "operation == 'schedule-kms-key-deletion' && parameters.delay_days <= 14",
  "!(parameters['delay-days'] >= 14)",
  'parameters.delay_days == 7',
  '7 == parameters.delay_days',
  '-1 != parameters.delay_days',
  'parameters.delay_days > -1',
  'int(parameters.delay_days) < 14',
  '(parameters.delay_days) < 14',
  'parameters.delay_days > resources.kms_key.rotation.rotation_period',
  "parameters.has('zone') && parameters.delay_days < 14",
  "'zone' in parameters && parameters.delay_days < 14",
  '// has(parameters.delay_days)\nparameters.delay_days < 14',
  "zone != 'has(parameters.delay_days)' && parameters.delay_days < 14",
])('deny %s warns of calls without the number', (expression) => {
  expect(deny(expression)).toMatch(/^A call without delay-days is not refused: .* has\(parameters\.delay_days\)/)
})

test.each([
  "!has(parameters.delay_days) || parameters['delay-days'] < 14",
  "!parameters.has('delay-days') || parameters.delay_days < 14",
  "!('delay-days' in parameters) || parameters.delay_days < 14",
  "'delay_days' in parameters && parameters.delay_days < 14",
  "parameters.zone == 'ch-gva-2'",
  "zone == 'parameters.delay_days < 14'",
  'resources.kms_key.parameters.x < 14',
  'resources.kms_key.material.version < 14',
  '// parameters.delay_days < 14\ntrue',
  '',
])('deny %s does not', (expression) => {
  expect(deny(expression)).toBeUndefined()
})

test('a rule that allows does not: without the number it allows nothing', () => {
  expect(boundWarning({ action: 'allow', expression: 'parameters.delay_days >= 14' })).toBeUndefined()
  expect(boundWarning({ expression: 'parameters.delay_days >= 14' })).toBeUndefined()
})

test('each open member is named once', () => {
  expect(deny('parameters.bytes_count < 32 || parameters.bytes_count > 64 || parameters.source.x < 1')).toContain(
    'without bytes-count, source.x is',
  )
})
