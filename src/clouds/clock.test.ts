import { expect, test } from 'vitest'
import { clockWarning } from './clock.ts'

test.each([
  ['720', 'The gateway’s clock is 12 minutes ahead of Exoscale’s. Set it right first.'],
  ['-45', 'The gateway’s clock is 45 seconds behind Exoscale’s. Set it right first.'],
  ['119', 'The gateway’s clock is 119 seconds ahead of Exoscale’s. Set it right first.'],
  ['-10800', 'The gateway’s clock is 3 hours behind Exoscale’s. Set it right first.'],
  ['172800', 'The gateway’s clock is 2 days ahead of Exoscale’s. Set it right first.'],
])('%s seconds', (difference, sentence) => {
  expect(clockWarning(difference, 'Exoscale')).toBe(sentence)
})

test.each([null, '', 'soon', '1e9', '<b>'])('%j says nothing', (difference) => {
  expect(clockWarning(difference, 'Exoscale')).toBeUndefined()
})
