/** The disk below a database: whether the files are still in place, and its errors as sentences. */
import { type BigIntStats, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DiskError, IN_MEMORY } from '../engine/store.ts'

/** SQLite's primary error codes. */
const IO_ERROR = 10
const FULL = 13
/** Extended codes of errors while reading: of a damaged file, for example. */
const READ_ERRORS: ReadonlySet<number> = new Set([266, 522])

/** Bytes below which a disk counts as full: SQLite reports a full disk as a plain input or output error at times. */
const LEAST_SPACE = 65_536

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < LEAST_SPACE
  } catch {
    return false
  }
}

/** SQLite's extended error code, or the name of a file system error: of the error itself or of its cause. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error) return error.errcode
  return 'code' in error ? error.code : codeOf(error.cause)
}

/** Error of SQLite or the file system about a disk that can't hold more, as a DiskError; any other error unchanged. */
export function asDiskError(error: unknown, file: string): unknown {
  const folder = dirname(file)
  const code = codeOf(error)
  // The low byte is the primary code.
  const primary = Number(code) & 0xff
  const isWriteError = primary === IO_ERROR && !READ_ERRORS.has(Number(code))
  if (primary === FULL || code === 'ENOSPC' || code === 'EDQUOT' || (isWriteError && isFull(folder)))
    return new DiskError(`The disk of ${folder} is full. Free space on it.`, { cause: error })
  if (!isWriteError) return error
  return new DiskError(`The disk of ${folder} can't be written. Check its quota, limits and health.`, { cause: error })
}

const identityOf = (file: string): BigIntStats | undefined => statSync(file, { bigint: true, throwIfNoEntry: false })

/**
 * Reason why nothing may be written any more; undefined while a file and its log are those that were opened. SQLite goes
 * on writing to files that were deleted, moved or replaced, and everything written then is lost.
 */
export function placeCheck(file: string): () => string | undefined {
  if (file === IN_MEMORY) return () => undefined
  const opened = new Map([file, `${file}-wal`].map((one) => [one, identityOf(one)]))
  return () => {
    for (const [one, before] of opened) {
      const now = identityOf(one)
      // The log appears with the first change.
      if (before === undefined) opened.set(one, now)
      else if (now?.ino !== before.ino || now.dev !== before.dev)
        return `${one} was deleted, moved or replaced while the server runs, so nothing is written any more. Stop the server, put the data folder back, and start again.`
    }
    return undefined
  }
}
