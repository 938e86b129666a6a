/** A result that appears only when it is complete: written beside its place under a name of its own, then moved. */
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { Failure } from './failure.ts'

export interface Output {
  readonly handle: FileHandle
  /** Puts it in its place. */
  readonly publish: () => Promise<void>
  /** Removes what there is, unless it was published. */
  readonly discard: () => void
}

/** @throws Failure when the place is taken and may not be overwritten */
export const checkFree = (path: string, force: boolean): void => {
  if (!force && existsSync(path)) {
    throw new Failure('usage', `${path} exists already. Choose another name with -o, or overwrite it with --force.`)
  }
}

/** Readable by its owner alone, as what is decrypted should be. */
const OWNER_ONLY = 0o600

export const openOutput = async (path: string, force: boolean): Promise<Output> => {
  checkFree(path, force)
  const partial = `${path}.${randomBytes(4).toString('hex')}.partial`
  const handle = await open(partial, 'wx', OWNER_ONLY)
  return {
    handle,
    async publish() {
      await handle.sync()
      await handle.close()
      // It may have come into being meanwhile.
      checkFree(path, force)
      await rename(partial, path)
    },
    discard: () => rmSync(partial, { force: true }),
  }
}
