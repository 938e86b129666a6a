/** Both databases that records can be in, each empty, for tests that run over both. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inject } from 'vitest'
import { runSql } from '../../testing/postgres.ts'
import type { RecordsPlace } from '../open.ts'

export interface TestDatabase {
  readonly place: RecordsPlace
  /** Runs a statement beside the console. */
  run(statement: string): Promise<void>
  remove(): void
}

function sqlite(): TestDatabase {
  const dataDir = mkdtempSync(join(tmpdir(), 'records-'))
  return {
    place: { dataDir },
    async run(statement) {
      const database = new DatabaseSync(join(dataDir, 'console.sqlite'))
      database.exec(statement)
      database.close()
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** Address of an empty database of the server that all tests share. */
export async function newPostgresDatabase(): Promise<string> {
  const answer = await fetch(inject('postgresDatabases'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}

async function postgres(): Promise<TestDatabase> {
  const databaseUrl = await newPostgresDatabase()
  return {
    place: { dataDir: '/nowhere', databaseUrl },
    run: (statement) => runSql(databaseUrl, statement),
    remove: () => undefined,
  }
}

export const databases: readonly (readonly [name: string, create: () => Promise<TestDatabase>])[] = [
  ['SQLite', async () => sqlite()],
  ['PostgreSQL', postgres],
]

export const rootKeyOfTest = Buffer.alloc(32, 1).toString('base64')

/** Variables that put the records of a console in a database of their own. */
export const databaseSettings: readonly (readonly [name: string, () => Promise<Readonly<Record<string, string>>>])[] = [
  ['SQLite', async () => ({})],
  ['PostgreSQL', async () => ({ DATABASE_URL: await newPostgresDatabase(), KMS_ROOT_KEY: rootKeyOfTest })],
]
