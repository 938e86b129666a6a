/** PostgreSQL as database of the console's records, for processes on several machines. */
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import {
  type Database,
  DatabaseUnavailableError,
  type Query,
  type SqlRow,
  type SqlValue,
  storable,
} from './database.ts'

/** In milliseconds. */
interface Limits {
  /** For a connection, also for a wait for a free one. */
  readonly connect: number
  /** For the transaction of another process. */
  readonly wait: number
  /** For a statement. */
  readonly statement: number
}

const standard: Limits = { connect: 3000, wait: 3000, statement: 5000 }

/** Milliseconds within which a read is tried again, and between two tries. */
const RETRIED = 1000
const PAUSE = 100

/** Connections of a process for reads, and for changes, of which the database carries out one at a time. */
const READERS = 8
const WRITERS = 2

/** Prepared statements that are kept. */
const MOST_STATEMENTS = 200

/** Advisory locks of changes: any numbers that are the same in every process. */
const locks = { records: 7_301_884_105, kms: 7_301_884_106 } as const

/** An acknowledged change is on the disk, also where the database's default is another. */
const beginUnder = (lock: number) => `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
SELECT pg_advisory_xact_lock(${lock})`

/**
 * States of errors that are the database's, not the statement's: connection, authentication, resources, operator, system,
 * read-only, missing database, locks, and internal errors.
 */
const ofDatabase = /^(08|28|53|57|58|XX|40|25006|3D000|55P03)/

/** States in which a commit may have happened all the same: those of a connection that ends. */
const ofConnection = /^(08|57)/

const reasonOf = (error: unknown): string => {
  // Node gathers the errors of a host's addresses in one that has no message.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}

const isOfStatement = (error: unknown) => error instanceof pg.DatabaseError && !ofDatabase.test(error.code ?? '')

const unavailable = (error: unknown, mayHaveHappened = false) =>
  new DatabaseUnavailableError(`The database can’t be read or written: ${reasonOf(error)}.`, {
    cause: error,
    mayHaveHappened,
  })

/** The error of a statement itself, or that the database is not there. */
const told = (error: unknown) => (isOfStatement(error) ? error : unavailable(error))

/** Names by text: a statement with a name is prepared once for each connection. */
function createNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MOST_STATEMENTS) return known
    const name = `console_${names.size}`
    names.set(text, name)
    return name
  }
}

function openPool(url: string, max: number, { connect, wait, statement }: Limits): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'kms-console',
    max,
    connectionTimeoutMillis: connect,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // The database ends a statement by itself; this is for one that does not answer.
    query_timeout: statement + wait,
    statement_timeout: statement,
    lock_timeout: wait,
    idle_in_transaction_session_timeout: statement,
  })
  // An idle connection that ends is replaced; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/**
 * @param url `postgres://USER:PASSWORD@HOST:PORT/DATABASE`; nothing is sent before the first question
 * @param of changes of what the transactions keep each other out of
 */
export function openPostgres(
  url: string,
  { of = 'records', limits = standard }: { readonly of?: keyof typeof locks; readonly limits?: Limits } = {},
): Database {
  const begin = beginUnder(locks[of])
  const readers = openPool(url, READERS, limits)
  const writers = openPool(url, WRITERS, limits)
  const nameOf = createNames()

  async function ask(
    to: Pick<pg.ClientBase, 'query'>,
    text: string,
    values: readonly SqlValue[] = [],
  ): Promise<readonly SqlRow[]> {
    const name = values.length > 0 ? nameOf(text) : undefined
    const stored = values.map((value) => (typeof value === 'string' ? storable(value) : value))
    const { rows } = await to.query<SqlRow>({ text, values: stored, ...(name !== undefined && { name }) })
    return rows
  }

  const read: Query = async (text, values) => {
    const deadline = performance.now() + RETRIED
    for (;;) {
      try {
        return await ask(readers, text, values)
      } catch (error) {
        if (isOfStatement(error)) throw error
        if (performance.now() > deadline) throw unavailable(error)
      }
      await setTimeout(PAUSE)
    }
  }

  async function commit(client: pg.ClientBase): Promise<void> {
    let command: string
    try {
      command = (await client.query('COMMIT')).command
    } catch (error) {
      const isRefused = error instanceof pg.DatabaseError && !ofConnection.test(error.code ?? '')
      throw unavailable(error, !isRefused)
    }
    // The answer to the commit of a transaction that has failed before.
    if (command !== 'COMMIT') throw unavailable(new Error('a statement of the transaction failed'))
  }

  /** Runs the transaction on a connection. @throws what the work throws */
  async function transact<T>(client: pg.ClientBase, work: (query: Query) => Promise<T>): Promise<T> {
    const query: Query = async (text, values) => {
      try {
        return await ask(client, text, values)
      } catch (error) {
        throw told(error)
      }
    }
    await query(begin)
    const result = await work(query)
    await commit(client)
    return result
  }

  async function connect(): Promise<pg.PoolClient> {
    try {
      return await writers.connect()
    } catch (error) {
      throw unavailable(error)
    }
  }

  return {
    read,
    async change(work) {
      const client = await connect()
      let isUsable = true
      const onError = () => {
        isUsable = false
      }
      client.on('error', onError)
      try {
        return await transact(client, work)
      } catch (error) {
        isUsable &&= !(error instanceof DatabaseUnavailableError)
        if (isUsable) await client.query('ROLLBACK').catch(onError)
        throw error
      } finally {
        client.off('error', onError)
        client.release(!isUsable)
      }
    },
    async ready() {
      try {
        const [row] = await ask(readers, 'SELECT pg_is_in_recovery() AS is_copy')
        return row?.is_copy === false
      } catch {
        return false
      }
    },
    async close() {
      await Promise.all([readers.end(), writers.end()])
    },
  }
}
