import { get } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type JsonList, jsonListBody } from './json-list.ts'
import { startThalassa } from './testing/thalassa-server.ts'

const page = Array.from({ length: 200 }, (_, index) => ({ name: `key ${index}`, note: 'x'.repeat(500) }))

/** Endless pages; `seen` counts the read ones and records the end. */
function endless() {
  const seen = { read: 0, ended: false }
  async function* pages() {
    try {
      for (;;) {
        seen.read += 1
        yield page
      }
    } finally {
      seen.ended = true
    }
  }
  return { seen, pages: pages() }
}

async function* pagesOf(...pages: object[][]): JsonList['pages'] {
  yield* pages
}

const textOf = async (list: JsonList) => {
  const body = await jsonListBody(list)
  return typeof body === 'string' ? body : Buffer.concat(await Array.fromAsync(body)).toString()
}

it('equals JSON.stringify of the whole list', async () => {
  expect(await textOf({ pages: pagesOf() })).toBe('[]')
  expect(await textOf({ pages: pagesOf([], [{ a: 1 }], [], [{ b: 2 }, { c: 3 }], []) })).toBe(
    '[{"a":1},{"b":2},{"c":3}]',
  )
  expect(await textOf({ before: '{"keys":', pages: pagesOf([]), after: '}' })).toBe('{"keys":[]}')
  const long = await textOf({ before: '{"keys":', pages: pagesOf(page, page, page), after: '}' })
  expect(long).toBe(JSON.stringify({ keys: [...page, ...page, ...page] }))
})

it('sends a short list at once, and reads a long one as fast as the client does', async () => {
  expect(await jsonListBody({ pages: pagesOf([{ a: 1 }]) })).toBe('[{"a":1}]')
  const { seen, pages } = endless()
  const body = await jsonListBody({ pages })
  if (typeof body === 'string') throw new Error('the list was sent whole')
  for (let taken = 1; taken <= 5; taken += 1) {
    await body.next()
    expect(seen.read).toBeLessThanOrEqual(taken + 2)
  }
  await body.return()
  expect(seen.ended).toBe(true)
})

it('stops reading if the client disconnects before the first result', async () => {
  const leaving = new AbortController()
  async function* nothing(): JsonList['pages'] {
    for (let read = 0; ; read += 1) {
      if (read === 10) leaving.abort()
      yield []
    }
  }
  await expect(jsonListBody({ pages: nothing() }, { signal: leaving.signal })).rejects.toThrow('aborted')
})

it('throws an early failure, and reports a later one', async () => {
  async function* failing(...before: object[][]): JsonList['pages'] {
    yield* before
    throw new Error('the disk')
  }
  await expect(jsonListBody({ pages: failing() })).rejects.toThrow('the disk')
  const reported: unknown[] = []
  const body = await jsonListBody({ pages: failing(page, page) }, { report: (error) => reported.push(error) })
  if (typeof body === 'string') throw new Error('the list was sent whole')
  await expect(Array.fromAsync(body)).rejects.toThrow('the disk')
  expect(reported).toEqual([new Error('the disk')])
})

it('answers other requests while a client reads slowly, and stops when it disconnects', async () => {
  const server = await startThalassa()
  try {
    await server.create()
    const { keyring } = server
    const list = keyring.list
    const ended = Promise.withResolvers<void>()
    keyring.list = async function* (space) {
      const [one] = (await list(space).next()).value ?? []
      try {
        for (; ; await setImmediate()) yield one ? Array.from({ length: 250 }, () => one) : []
      } finally {
        ended.resolve()
      }
    }
    const headers = { authorization: `Token ${server.token}`, 'x-organisation-identity': server.organisation }
    const began = Promise.withResolvers<void>()
    const request = get(`${server.base}/v1/kms/nl-01/keys`, { headers, agent: false }, (answer) => {
      answer
        .on('error', () => undefined)
        .once('data', () => {
          answer.pause()
          began.resolve()
        })
    })
    request.on('error', () => undefined)
    await began.promise
    expect((await server.call('GET', '/v1/kms/summary')).status).toBe(200)
    request.destroy()
    await ended.promise
    expect(server.failures).toEqual([])
  } finally {
    await server.close()
  }
})
