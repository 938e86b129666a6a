/** SQLite file as database of the console's records. Several processes of one machine may use it at once. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { IN_MEMORY } from '../kms/engine/store.ts'
import { createQueue } from '../kms/queue.ts'
import { openLogSync } from '../kms/store/log-sync.ts'
import { type Database, DatabaseUnavailableError, type Query } from './database.ts'

/** Milliseconds to wait for another process's transaction, and between two tries. */
const LONGEST_WAIT = 5000
const PAUSE = 3

/** Syncs that run at once: the more, the fewer changes share one. */
const MOST_SYNCS = 3

/** Prepared statements that are kept. */
const MOST_STATEMENTS = 200

/** SQLite's code while another process writes. */
const BUSY = 5

const unavailable = (error: unknown) =>
  new DatabaseUnavailableError(
    `The console’s records can’t be read or written: ${error instanceof Error ? error.message : String(error)}.`,
    { cause: error },
  )

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  return database
}

function queryOf(database: DatabaseSync): Query {
  const prepared = new Map<string, StatementSync>()
  function statement(text: string): StatementSync {
    const known = prepared.get(text)
    if (known) return known
    const made = database.prepare(text.replaceAll(/\$(\d+)/g, '?$1'))
    if (prepared.size < MOST_STATEMENTS) prepared.set(text, made)
    return made
  }
  return async (text, values = []) => statement(text).all(...values)
}

const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === BUSY

/** Waits for other processes without holding up this one, as SQLite's own timeout would. */
async function begin(statement: StatementSync): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT
  for (;;) {
    try {
      statement.run()
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw unavailable(error)
      await setTimeout(PAUSE)
    }
  }
}

/** @param file absolute, or `:memory:`; its folder is made */
export function openSqlite(file: string): Database {
  if (file !== IN_MEMORY) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const sqlite = open(file)
  // A transaction waits between its statements, and nobody else may read what it has not committed.
  const reader = file === IN_MEMORY ? sqlite : open(file)
  const oneByOne = createQueue()
  const log = openLogSync(file)
  const query = queryOf(sqlite)
  const read = queryOf(reader)
  const beginning = sqlite.prepare('BEGIN IMMEDIATE')
  const ending = sqlite.prepare('COMMIT')
  /** Syncs of what is committed; none of them rejects. */
  const syncs = new Set<Promise<void>>()

  async function commit<T>(work: (query: Query) => Promise<T>): Promise<T> {
    await begin(beginning)
    let result: T
    try {
      result = await work(query)
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK')
      throw error
    }
    try {
      ending.run()
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK')
      throw unavailable(error)
    }
    return result
  }

  /** Resolves when all that was committed before survives a loss of power. The next transaction begins meanwhile. */
  async function sync(): Promise<void> {
    const running = log.syncLog()
    const settled = running.catch(() => undefined)
    syncs.add(settled)
    try {
      await running
    } catch (error) {
      throw unavailable(error)
    } finally {
      syncs.delete(settled)
    }
  }

  return {
    async read(text, values) {
      try {
        return await read(text, values)
      } catch (error) {
        throw unavailable(error)
      }
    },
    async change(work) {
      const result = await oneByOne(async () => {
        while (syncs.size >= MOST_SYNCS) await Promise.race(syncs)
        // Audit events of the same turn of the event loop share a transaction.
        await setImmediate()
        return commit(work)
      })
      await sync()
      return result
    },
    async ready() {
      try {
        return (await read('SELECT 1 AS one')).length === 1
      } catch {
        return false
      }
    },
    close: () =>
      oneByOne(async () => {
        await Promise.all(syncs)
        log.close()
        if (reader !== sqlite) reader.close()
        sqlite.close()
      }),
  }
}
