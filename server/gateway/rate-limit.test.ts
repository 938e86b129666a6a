import { expect, test } from 'vitest'
import { clientNetwork } from './client-address.ts'
import { openRateLimit } from './rate-limit.ts'

test('what was saved up may come at once, then as many a second as allowed', () => {
  let time = 0
  const { take } = openRateLimit({ rate: 10, burst: 20, now: () => time })
  const taken = () => Array.from({ length: 50 }, () => take('ada')).filter((wait) => wait === 0).length
  expect(taken()).toBe(20)
  expect(take('ada')).toBe(1)
  expect(take('grace')).toBe(0)
  time += 1000
  expect(taken()).toBe(10)
  time += 3_600_000
  expect(taken()).toBe(20)
})

test('a slow rate says how long to wait', () => {
  const { take } = openRateLimit({ rate: 0.1, burst: 1, now: () => 0 })
  expect([take('ada'), take('ada')]).toEqual([0, 10])
})

test('the least recently seen are forgotten, whoever uses up theirs is not', () => {
  const { take } = openRateLimit({ rate: 1, burst: 1, now: () => 0 })
  take('first')
  take('busy')
  for (let at = 0; at < 9_999; at += 1) {
    take(`address ${at}`)
    expect(take('busy')).toBe(1)
  }
  expect(take('first')).toBe(0)
})

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('the network of %j is %j', (address, network) => {
  expect(clientNetwork(address)).toBe(network)
})
