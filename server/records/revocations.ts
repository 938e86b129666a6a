/** Sessions that were ended before their time, kept in memory and read again when another process ends one. */
import type { Ended, Revocations } from '../sign-in/sessions.ts'
import { type Database, numberOf, textOf } from './database.ts'

const COUNTER = 'revocations'

interface Known {
  readonly version: number
  readonly ids: ReadonlySet<string>
  /** When all sessions of a subject were ended, in milliseconds. */
  readonly subjects: ReadonlyMap<string, number>
}

/** @param now milliseconds since the epoch */
export function openRevocations(database: Database, now: () => number): Revocations {
  let known: Known | undefined
  let asked: Promise<Known> | undefined

  async function readVersion(): Promise<number> {
    const [row] = await database.read('SELECT value FROM console_counters WHERE name = $1', [COUNTER])
    return row ? numberOf(row.value) : 0
  }

  async function readAll(version: number): Promise<Known> {
    const rows = await database.read('SELECT kind, value, at FROM console_revocations WHERE until > $1', [now()])
    const ofKind = (kind: string) => rows.filter((row) => row.kind === kind)
    return {
      version,
      ids: new Set(ofKind('id').map(({ value }) => textOf(value))),
      subjects: new Map(ofKind('subject').map(({ value, at }) => [textOf(value), numberOf(at)])),
    }
  }

  async function refresh(): Promise<Known> {
    const version = await readVersion()
    if (known?.version !== version) known = await readAll(version)
    return known
  }

  /** The state after this call began: requests that come before the question is sent share it. */
  function current(): Promise<Known> {
    asked ??= Promise.resolve().then(() => {
      asked = undefined
      return refresh()
    })
    return asked
  }

  return {
    async isRevoked({ id, subject, at }) {
      const { ids, subjects } = await current()
      return ids.has(id) || at <= (subjects.get(subject) ?? -1)
    },
    revoke: (ended: Ended, until) =>
      database.change(async (query) => {
        const [kind, value] = 'id' in ended ? ['id', ended.id] : ['subject', ended.subject]
        await query('DELETE FROM console_revocations WHERE until <= $1', [now()])
        await query(
          `INSERT INTO console_revocations (kind, value, at, until) VALUES ($1, $2, $3, $4)
          ON CONFLICT (kind, value) DO UPDATE SET at = excluded.at, until = excluded.until`,
          [kind, value, now(), until],
        )
        await query(
          `INSERT INTO console_counters (name, value) VALUES ($1, 1)
          ON CONFLICT (name) DO UPDATE SET value = console_counters.value + 1`,
          [COUNTER],
        )
      }),
  }
}
