/** Sessions that were ended before their time, kept in memory and read again when another process ends one. */
import type { Ended, Revocations } from '../sign-in/sessions.ts'
import { type Database, numberOf, textOf } from './database.ts'

const COUNTER = 'revocations'

interface Known {
  readonly version: number
  /** When sessions were ended, in milliseconds: by their id, and all of a subject. */
  readonly ids: ReadonlyMap<string, number>
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
    const ofKind = (kind: string) =>
      new Map(rows.filter((row) => row.kind === kind).map(({ value, at }) => [textOf(value), numberOf(at)]))
    return { version, ids: ofKind('id'), subjects: ofKind('subject') }
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
      // Who signs in again has a new session: with the same id where the session at the provider goes on.
      return at <= Math.max(ids.get(id) ?? -1, subjects.get(subject) ?? -1)
    },
    revoke: (ended: Ended, until) =>
      database.change(async (query) => {
        const [kind, value, at = 0] = 'id' in ended ? ['id', ended.id, ended.at] : ['subject', ended.subject]
        await query('DELETE FROM console_revocations WHERE until <= $1', [now()])
        await query(
          `INSERT INTO console_revocations (kind, value, at, until) VALUES ($1, $2, $3, $4)
          ON CONFLICT (kind, value) DO UPDATE SET at = excluded.at, until = excluded.until`,
          [kind, value, Math.max(now(), at), until],
        )
        await query(
          `INSERT INTO console_counters (name, value) VALUES ($1, 1)
          ON CONFLICT (name) DO UPDATE SET value = console_counters.value + 1`,
          [COUNTER],
        )
      }),
  }
}
