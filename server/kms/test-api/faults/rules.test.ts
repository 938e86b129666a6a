import { expect, test } from 'vitest'
import { startTestKms } from '../testing/server.ts'

const ok = { status: 503 }

const wrong: readonly (readonly [what: string, rules: unknown, message: string])[] = [
  ['no list', {}, 'rules: must be a list of rules'],
  ['too many', { rules: Array.from({ length: 101 }, () => ok) }, 'rules: must be at most 100'],
  ['a seed that is a text', { rules: [], seed: '7' }, 'seed: must be a whole number from 0 to 4294967295'],
  ['a rule that is a text', { rules: ['x'] }, 'rules[0]: must be an object'],
  ['an unknown member', { rules: [ok, { ...ok, times: 3 }] }, 'rules[1]: times is not known here'],
  [
    'no effect',
    { rules: [{ path: '/v1/**' }] },
    'rules[0].status: is missing: a rule needs one of status, contentType',
  ],
  ['a method in lower case', { rules: [{ ...ok, method: 'post' }] }, 'rules[0].method: must be a method in capitals'],
  ['a path without a slash', { rules: [{ ...ok, path: 'v1' }] }, 'rules[0].path: must begin with / or *'],
  ['a path too long', { rules: [{ ...ok, path: `/${'x'.repeat(200)}` }] }, 'rules[0].path: must have at most 200'],
  ['a count of none', { rules: [{ ...ok, count: 0 }] }, 'rules[0].count: must be a whole number from 1 to 1000000'],
  ['chance of none', { rules: [{ ...ok, probability: 0 }] }, 'rules[0].probability: must be a number above 0'],
  ['chance above one', { rules: [{ ...ok, probability: 1.1 }] }, 'rules[0].probability: must be a number above 0'],
  ['half a skip', { rules: [{ ...ok, skip: 0.5 }] }, 'rules[0].skip: must be a whole number from 0'],
  [
    'a status that is not final',
    { rules: [{ status: 100 }] },
    'rules[0].status: must be a whole number from 200 to 599',
  ],
  ['headers alone', { rules: [{ headers: {}, delay: 1 }] }, 'rules[0].headers: needs status or rateLimit beside it'],
  ['a body alone', { rules: [{ body: 'x', delay: 1 }] }, 'rules[0].body: needs status or rateLimit beside it'],
  ['a body for 204', { rules: [{ status: 204, body: 'x' }] }, 'rules[0].status: 204 has no body'],
  [
    'a body too long',
    { rules: [{ ...ok, body: 'x'.repeat(1_048_577) }] },
    'rules[0].body: must be at most 1048576 bytes',
  ],
  [
    'a Content-Length header',
    { rules: [{ ...ok, headers: { 'Content-Length': '1' } }] },
    'rules[0].headers: must not say how long',
  ],
  [
    'an invalid header name',
    { rules: [{ ...ok, headers: { 'a b': '1' } }] },
    'rules[0].headers: must have names of headers',
  ],
  [
    'a line break in a header',
    { rules: [{ ...ok, headers: { a: 'b\r\nc: d' } }] },
    'rules[0].headers.a: must be at most 1000 printable',
  ],
  [
    'a line break in a type',
    { rules: [{ contentType: 'a\nb' }] },
    'rules[0].contentType: must be at most 1000 printable',
  ],
  [
    'carried out without a status',
    { rules: [{ carryOut: true, delay: 1 }] },
    'rules[0].carryOut: needs status beside it',
  ],
  [
    'a delay above a minute',
    { rules: [{ delay: 60_001 }] },
    'rules[0].delay: must be a whole number of milliseconds from 0 to 60000',
  ],
  ['hang: false', { rules: [{ hang: false }] }, 'rules[0].hang: must be true, or left out'],
  ['hang and a status', { rules: [{ hang: true, ...ok }] }, "rules[0].hang: can't stand beside status"],
  [
    'a cut of the whole body',
    { rules: [{ cutBody: { fraction: 1 } }] },
    'rules[0].cutBody.fraction: must be {"fraction": F}',
  ],
  ['cut by both', { rules: [{ cutBody: { fraction: 0, bytes: 0 } }] }, 'rules[0].cutBody: must be {"fraction": F}'],
  ['reset at noon', { rules: [{ reset: 'noon' }] }, 'rules[0].reset: must be before or after'],
  ['reset and a status', { rules: [{ reset: 'after', ...ok }] }, "rules[0].reset: can't stand beside status"],
  [
    'a limit without a window',
    { rules: [{ rateLimit: { limit: 1 } }] },
    'rules[0].rateLimit.window: must be a whole number of seconds',
  ],
  [
    'a limit and a status',
    { rules: [{ rateLimit: { limit: 1, window: 1 }, ...ok }] },
    "rules[0].rateLimit: can't stand beside status",
  ],
  [
    'a skew of a century',
    { rules: [{ clockSkew: 3_155_692_600 }] },
    'rules[0].clockSkew: must be a whole number of seconds',
  ],
]

test('an invalid rule is refused with the names of its fields, and the former rules stay', async () => {
  const { api, stop } = await startTestKms()
  const kept = (await api('POST', '/faults', { rules: [ok] })).body
  const told = []
  for (const [what, body] of wrong) {
    const reply = await api('POST', '/faults', body)
    told.push([what, reply.status, reply.body.message])
  }
  expect(told).toEqual(wrong.map(([what, , message]) => [what, 400, expect.stringContaining(message)]))
  expect((await api('GET', '/faults')).body).toEqual(kept)
  await stop()
})
