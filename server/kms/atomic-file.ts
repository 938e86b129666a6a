/** Atomic files: a file appears complete under its name, or not at all. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Unused name in the same folder, so that the file can be renamed without a copy. */
export const temporaryBeside = (file: string): string =>
  join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`)

const temporaryName = /^\.(.+)\.\d+-[0-9a-f]{8}\.tmp(-journal|-wal|-shm)?$/

/** Removes what killed processes left of writing these files. Only while no other process writes them. */
export function removeLeftovers(folder: string, files: readonly string[]): void {
  const names = files.map((file) => basename(file))
  for (const name of readdirSync(folder)) {
    const [, of] = temporaryName.exec(name) ?? []
    if (of !== undefined && names.includes(of)) rmSync(join(folder, name), { force: true })
  }
}

/** Removes a file with SQLite's side files. Never throws, so that the original error is reported. */
export function removeTemporary(temporary: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) {
    try {
      rmSync(temporary + suffix, { force: true })
    } catch {
      // A remaining file has mode 0600 and is not read.
    }
  }
}

/** Syncs a folder; skipped on Windows, which can't open folders, and where NTFS journals names. */
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

/** Copies a file to an unused name. */
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

/** Moves a finished file into place unless the name is taken: then the file is removed and the result is false. */
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

/** Moves a finished file into place and replaces an existing file. */
export function placeOver(temporary: string, file: string): void {
  syncFile(temporary)
  renameSync(temporary, file)
  syncFolder(dirname(file))
}
