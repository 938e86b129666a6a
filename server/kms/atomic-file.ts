/** Files that appear complete, under their own name, or not at all. */
import { randomBytes } from 'node:crypto'
import { closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A name in the same folder that nothing else uses, so that moving the file costs no copy. */
export const temporaryBeside = (file: string): string =>
  join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`)

/** With what SQLite may have left beside it. Never throws: the error that led here is the one to tell. */
export function removeTemporary(temporary: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) {
    try {
      rmSync(temporary + suffix, { force: true })
    } catch {
      // A file that stays is for its owner alone, and nothing reads it.
    }
  }
}

/** Windows opens no folder as a file; there NTFS writes its own journal of names. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Error codes of file systems without hard links (exFAT, some network shares). */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/** A copy under a name that nothing has yet. */
export function copyNew(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL)
  syncFile(to)
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!NO_LINKS.includes(codeOf(error))) throw error
    copyNew(from, to)
  }
}

/** Moves a finished file into place unless something has that name already: then it is removed and the answer false. */
export function placeNew(temporary: string, file: string): boolean {
  syncFile(temporary)
  try {
    linkOrCopy(temporary, file)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
  syncFolder(dirname(file))
  return true
}

/** Moves a finished file into place, over what has that name. */
export function placeOver(temporary: string, file: string): void {
  syncFile(temporary)
  renameSync(temporary, file)
  syncFolder(dirname(file))
}
