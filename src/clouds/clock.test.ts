import { afterEach, expect, test } from 'vitest'
import { clockAhead, compareClocks, currentTime } from '../lib/current-time.ts'
import { DAY, MINUTE } from '../lib/dates.ts'
import { clockWarning } from './clock.ts'
import { loggedCalls } from './request-log.ts'
import { answerCalls } from './testing/answers.ts'
import { fakeKey, fakeOperations } from './testing/fake-provider/cloud.ts'

test.each([
  ['720', 'The gateway’s clock is 12 minutes ahead of Exoscale’s. Correct it first.'],
  ['-45', 'The gateway’s clock is 45 seconds behind Exoscale’s. Correct it first.'],
  ['119', 'The gateway’s clock is 119 seconds ahead of Exoscale’s. Correct it first.'],
  ['-10800', 'The gateway’s clock is 3 hours behind Exoscale’s. Correct it first.'],
  ['172800', 'The gateway’s clock is 2 days ahead of Exoscale’s. Correct it first.'],
])('%s seconds', (difference, sentence) => {
  expect(clockWarning(difference, 'Exoscale')).toBe(sentence)
})

test.each([null, '', 'soon', '1e9', '<b>'])('%j says nothing', (difference) => {
  expect(clockWarning(difference, 'Exoscale')).toBeUndefined()
})

afterEach(() => compareClocks(Date.now(), performance.now()))

test('each answer of the gateway corrects the browser’s clock, also the time of the call itself in the log', async () => {
  const gatewayTime = Date.now() - 40 * DAY
  answerCalls({ '*': { headers: { 'x-gateway-time': String(gatewayTime) }, body: { ciphertext: 'AA==' } } })
  await fakeOperations.encrypt.run(fakeKey(), { plaintext: new Uint8Array() })
  expect(Math.abs(clockAhead() - 40 * DAY)).toBeLessThan(MINUTE)
  expect(Math.abs(currentTime() - gatewayTime)).toBeLessThan(MINUTE)
  expect(Math.abs((loggedCalls().at(-1)?.at ?? 0) - gatewayTime)).toBeLessThan(MINUTE)
})

test('an answer without the gateway’s time leaves the clock alone', async () => {
  answerCalls({ '*': { body: { ciphertext: 'AA==' } } })
  await fakeOperations.encrypt.run(fakeKey(), { plaintext: new Uint8Array() })
  expect(clockAhead()).toBe(0)
})
