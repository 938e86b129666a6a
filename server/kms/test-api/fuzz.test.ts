import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runs } from '../../testing/runs.ts'
import { startTestKms, type TestKms } from './testing/server.ts'

let running: TestKms
beforeAll(async () => {
  running = await startTestKms()
})
afterAll(() => running.stop())

/** Values at the limits of each member, and invalid ones. */
const values: Readonly<Record<string, { readonly right: readonly unknown[]; readonly wrong: readonly unknown[] }>> = {
  method: { right: ['GET', 'POST'], wrong: ['get', ''] },
  path: { right: ['/v1/**', '**', '/v1/kms/*/keys', `/${'*'.repeat(199)}`], wrong: ['x', 7] },
  count: { right: [1, 1_000_000], wrong: [0] },
  probability: { right: [0.5, 1], wrong: [0, 2] },
  skip: { right: [0, 1], wrong: [-1] },
  status: { right: [200, 204, 304, 404, 599], wrong: [600, 100, '200'] },
  headers: {
    right: [{}, { 'x-a': 'b' }, { 'set-cookie': 'a=b' }],
    wrong: [{ 'content-length': '3' }, { a: 'b\n' }, []],
  },
  body: { right: ['', 'x', { a: 1 }, [], null, 7], wrong: [] },
  carryOut: { right: [true, false], wrong: ['yes'] },
  contentType: { right: ['text/html', ''], wrong: ['ä'] },
  delay: { right: [0, 1], wrong: [-1] },
  cutBody: { right: [{ fraction: 0 }, { fraction: 0.99 }, { bytes: 0 }, { bytes: 9 }], wrong: [{}, 0.5] },
  reset: { right: ['before', 'after'], wrong: [true] },
  rateLimit: {
    right: [
      { limit: 0, window: 1 },
      { limit: 1, window: 3600, retryAfter: 'date' },
    ],
    wrong: [{ limit: 1 }, 5],
  },
  clockSkew: { right: [3600, -315_360_000], wrong: [1e12] },
  unknown: { right: [], wrong: [1] },
}

const memberOf = (name: string) => {
  const { right, wrong } = values[name] ?? { right: [], wrong: [] }
  return fc.oneof(
    { weight: right.length > 0 ? 9 : 0, arbitrary: fc.constantFrom(...(right.length > 0 ? right : wrong)) },
    { weight: 1, arbitrary: fc.constantFrom(...(wrong.length > 0 ? wrong : right)) },
  )
}

const rule = fc
  .subarray(Object.keys(values), { minLength: 1, maxLength: 4 })
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, memberOf(name)]))))
const rules = fc.array(rule, { minLength: 1, maxLength: 2 })

/** Status, or 0 for a broken connection. */
async function statusOf(path: string, init: RequestInit): Promise<number> {
  try {
    const reply = await fetch(running.url + path, init)
    await reply.text()
    return reply.status
  } catch {
    return 0
  }
}

test('any rules are accepted or refused with the field; later calls end, and the server keeps running', async () => {
  const taken = { yes: 0, no: 0 }
  await fc.assert(
    fc.asyncProperty(rules, async (given) => {
      const { status, body } = await running.api('POST', '/faults', { rules: given })
      expect([200, 400]).toContain(status)
      if (status === 400) expect(body.message).toMatch(/^rules\[\d\]/)
      taken[status === 200 ? 'yes' : 'no'] += 1
      const content = JSON.stringify({ name: 'x' })
      const calls = ['GET', 'POST', 'HEAD', 'OPTIONS'].map((method) =>
        statusOf('/v1/kms/nl-01/keys', { method, ...(method === 'POST' && { body: content }) }),
      )
      await Promise.all(calls)
      expect((await running.api('GET', '/faults')).status).toBe(200)
    }),
    { numRuns: runs(300), seed: 20261129 },
  )
  expect(taken.yes).toBeGreaterThan(runs(20))
  expect(taken.no).toBeGreaterThan(runs(20))
  expect((await running.api('POST', '/reset')).status).toBe(200)
  expect((await running.thalassa('GET', '/keys')).status).toBe(200)
})

test.each(['/faults', '/snapshot', '/restore', '/clock'])('no body causes an internal failure: %s', async (path) => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
      const status = await statusOf(`/_kms${path}`, { method: 'POST', body })
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
    }),
    { numRuns: runs(100), seed: 20261129 },
  )
})
