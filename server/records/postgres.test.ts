/** PostgreSQL that fails at each point of a change. */
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startNetwork } from '../testing/cut-connections.ts'
import { type Postgres, startPostgres } from '../testing/postgres.ts'
import type { NewEvent } from './audit-log.ts'
import { type Database, DatabaseUnavailableError } from './database.ts'
import { openRecordsAt } from './open.ts'
import { openPostgres } from './postgres.ts'

let postgres: Postgres
let url = ''
let made = 0

beforeAll(async () => {
  postgres = await startPostgres()
})

beforeEach(async () => {
  made += 1
  url = await postgres.createDatabase(`faults_${made}`)
})

afterAll(() => postgres.close())

/** With one table. */
async function open(address = url, options?: Parameters<typeof openPostgres>[1]): Promise<Database> {
  const database = openPostgres(address, options)
  onTestFinished(() => database.close())
  await database.change((query) => query('CREATE TABLE IF NOT EXISTS notes (id BIGINT PRIMARY KEY, text TEXT)'))
  return database
}

const add = (database: Database, id: number) =>
  database.change((query) => query('INSERT INTO notes (id, text) VALUES ($1, $2)', [id, 'x']))

const idsIn = async (database: Database) =>
  (await database.read('SELECT id FROM notes ORDER BY id')).map(({ id }) => Number(id))

const failure = async (attempt: Promise<unknown>): Promise<unknown> => {
  try {
    await attempt
  } catch (error) {
    return error
  }
  throw new Error('It succeeded')
}

const notDone = { constructor: DatabaseUnavailableError, mayHaveHappened: false }
const maybeDone = { constructor: DatabaseUnavailableError, mayHaveHappened: true }

describe('the database stops', () => {
  test('before a change: nothing is done, and it goes on by itself afterwards', async () => {
    const database = await open()
    await add(database, 1)
    await postgres.stop()
    expect(await failure(add(database, 2))).toMatchObject(notDone)
    expect(await failure(idsIn(database))).toMatchObject(notDone)
    expect(await database.ready()).toBe(false)
    await postgres.start()
    await expect.poll(() => database.ready()).toBe(true)
    await add(database, 3)
    expect(await idsIn(database)).toEqual([1, 3])
  })

  test('within a change: it is undone', async () => {
    const database = await open()
    const attempt = database.change(async (query) => {
      await query('INSERT INTO notes (id, text) VALUES (1, $1)', ['x'])
      await postgres.crash()
      await query('INSERT INTO notes (id, text) VALUES (2, $1)', ['x'])
    })
    expect(await failure(attempt)).toMatchObject(notDone)
    await postgres.start()
    await expect.poll(() => database.ready()).toBe(true)
    expect(await idsIn(database)).toEqual([])
  })

  test.each([
    ['before', []],
    ['after', [1]],
  ] as const)('%s its commit: the outcome is told as unknown', async (when, stored) => {
    const network = await startNetwork(url)
    onTestFinished(() => network.close())
    const database = await open(network.url)
    network.cut({ at: 'COMMIT\0', when })
    expect(await failure(add(database, 1))).toMatchObject(maybeDone)
    expect(await idsIn(database)).toEqual(stored)
  })

  test('and does not answer: a change ends with an error all the same', async () => {
    const network = await startNetwork(url)
    onTestFinished(() => network.close())
    const database = await open(network.url, { limits: { connect: 2000, wait: 1000, statement: 1000 } })
    network.setSilent(true)
    // Of two changes at once, one is on a new connection.
    const both = [1, 2].map((id) => failure(add(database, id)))
    expect(await Promise.all(both)).toMatchObject([notDone, notDone])
    network.setSilent(false)
    await add(database, 3)
    expect(await idsIn(database)).toEqual([3])
  })

  test('a read whose connection ends is tried again', async () => {
    const network = await startNetwork(url)
    onTestFinished(() => network.close())
    const database = await open(network.url)
    await add(database, 1)
    network.cut({ at: 'SELECT id', when: 'before' })
    expect(await idsIn(database)).toEqual([1])
  })
})

describe('a change', () => {
  test('that fails is undone, and keeps its error', async () => {
    const database = await open()
    const attempt = database.change(async (query) => {
      await query('INSERT INTO notes (id, text) VALUES (1, $1)', ['x'])
      throw new RangeError('its own')
    })
    expect(await failure(attempt)).toBeInstanceOf(RangeError)
    expect(await idsIn(database)).toEqual([])
  })

  test('that goes on after a failed statement is not told as done', async () => {
    const database = await open()
    await add(database, 1)
    const attempt = database.change(async (query) => {
      await query('INSERT INTO notes (id, text) VALUES (1, $1)', ['x']).catch(() => undefined)
    })
    expect(await failure(attempt)).toMatchObject(notDone)
    await add(database, 2)
    expect(await idsIn(database)).toEqual([1, 2])
  })

  test('has nobody beside it, over all processes', async () => {
    const count = (database: Database) =>
      database.change(async (query) => {
        const [row] = await query('SELECT count(*) AS count FROM notes')
        await query('INSERT INTO notes (id, text) VALUES ($1, $2)', [Number(row?.count), 'x'])
      })
    const both = [await open(), await open()]
    await Promise.all(Array.from({ length: 10 }, () => both.map(count)).flat())
    expect(await idsIn(await open())).toEqual(Array.from({ length: 20 }, (_, nth) => nth))
  })
})

const event = (nth: number): NewEvent => ({
  at: nth,
  subject: 'ada',
  name: 'Ada',
  by: 'session',
  operation: 'encrypt',
  outcome: 'ok',
  request: `request-${nth}`,
})

test('no acknowledged event is lost in crashes under load, and the chain is whole', async () => {
  const records = await Promise.all([0, 1].map(() => openRecordsAt({ dataDir: '/nowhere', databaseUrl: url })))
  const acknowledged: string[] = []
  let isOver = false
  let nth = 0
  const write = async (one: (typeof records)[number]) => {
    while (!isOver) {
      nth += 1
      const next = event(nth)
      const isDone = await one.auditLog.append(next).then(
        () => true,
        (error: unknown) => {
          if (error instanceof DatabaseUnavailableError) return false
          throw error
        },
      )
      if (isDone) acknowledged.push(next.request)
    }
  }
  const writers = records.flatMap((one) => [0, 1, 2].map(() => write(one)))
  for (let crashes = 0; crashes < 3; crashes += 1) {
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before + 20)
    await postgres.crash()
    await postgres.start()
  }
  isOver = true
  await Promise.all(writers)
  const [one] = records
  const events = (await one?.auditLog.readAfter(0, 1_000_000)) ?? []
  const stored = new Set(events.map(({ request }) => request))
  expect(acknowledged.filter((request) => !stored.has(request))).toEqual([])
  expect(await one?.auditLog.verify()).toMatchObject({ rows: events.length })
  await Promise.all(records.map((one) => one.close()))
})

describe('a start', () => {
  const messageFor = async (changed: Partial<Pick<URL, 'password' | 'pathname' | 'port'>>) => {
    const databaseUrl = Object.assign(new URL(url), changed).href
    const error = await failure(openRecordsAt({ dataDir: '/nowhere', databaseUrl }))
    return error instanceof Error ? error.message : ''
  }

  test.each([
    ['a wrong password', { password: 'wrong-one' }, /password authentication failed/],
    ['no such database', { pathname: '/nothing' }, /database "nothing" does not exist/],
    ['nobody there', { port: '1' }, /ECONNREFUSED/],
  ])('with %s says so, without the password', async (_what, changed, text) => {
    const message = await messageFor(changed)
    expect(message).toMatch(text)
    expect(message).not.toContain(new URL(url).password)
    expect(message).not.toContain('wrong-one')
  })

  test('of several processes at once makes the tables once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => openRecordsAt({ dataDir: '/nowhere', databaseUrl: url })))
    for (const records of all) {
      await records.auditLog.append(event(1))
      await records.close()
    }
    expect(all).toHaveLength(4)
  })
})
