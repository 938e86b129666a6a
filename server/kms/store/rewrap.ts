/** Changes the root key of a database: all secrets are wrapped, and all rows authenticated, under another one. */
import { closeSync, openSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { openAuditCommits } from './audit-commits.ts'
import { authenticate } from './authenticate.ts'
import { changeAlone, closeLog } from './database-file.ts'
import { openHead } from './head.ts'

const BUSY = 5

/**
 * Copies a database and keeps all other processes out of it until `finish` ends, which moves the copy or leaves it to be
 * removed.
 * @param to created with mode 0600
 * @returns false if another process has it open; nothing has happened then
 */
export function copyAlone(from: string, to: string, finish: () => void): boolean {
  if (!closeLog(from)) return false
  const database = new DatabaseSync(from)
  try {
    // The lock of this transaction lasts until the connection is closed.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return false
    throw error
  }
  try {
    // A copy that a killed process has left.
    rmSync(to, { force: true })
    closeSync(openSync(to, 'wx', 0o600))
    database.prepare('VACUUM INTO ?').run(to)
    finish()
    return true
  } finally {
    rmSync(to, { force: true })
    database.close()
  }
}

/** Changes the root key of a database that no other process has open. Its content must have been verified. */
export function rewrapDatabase(file: string, keys: { readonly from: KeyWrapper; readonly to: KeyWrapper }): void {
  changeAlone(file, (database) => {
    database.exec('PRAGMA secure_delete = ON; BEGIN')
    const head = openHead(database, keys.from, () => 0)
    openAuditCommits(database, { keyWrapper: keys.from, head }).move(Number.POSITIVE_INFINITY)
    authenticate(database, keys.to, keys.from)
    database.exec('COMMIT; VACUUM')
  })
}
