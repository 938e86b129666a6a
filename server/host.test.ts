import { expect, test } from 'vitest'
import { canonicalHost, isLoopback } from './host.ts'

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['127.1', '127.0.0.1'],
  ['0', '0.0.0.0'],
  ['0x7f.1', '127.0.0.1'],
  ['::1', '::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['FE80::A', 'fe80::a'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
  ['::FFFF:C0A8:0A01', '192.168.10.1'],
  ['LOCALHOST', 'localhost'],
  ['kms_1.internal', 'kms_1.internal'],
])('%s is %s', (text, host) => {
  expect(canonicalHost(text)).toBe(host)
})

test.each(['', '[::1]', '256.1.1.1', '1.2.3.4.5', ':::', 'localhost:80', 'a b', 'http://x', 'x/y', 'x?y'])(
  '%j is no host',
  (text) => {
    expect(canonicalHost(text)).toBeUndefined()
  },
)

test('loopback addresses', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) expect(isLoopback(address)).toBe(true)
  for (const address of ['0.0.0.0', '::', '10.0.0.1', '::ffff:10.0.0.1', '12.7.0.1', 'fe80::1', '127.example'])
    expect(isLoopback(address)).toBe(false)
})
