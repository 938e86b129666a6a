/** Output file that appears only when complete: written under a temporary name beside it, then renamed. */
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { Failure } from './failure.ts'

export interface Output {
  /** Appends all bytes. */
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Moves the file to its name. */
  readonly publish: () => Promise<void>
  /** Closes the file in any state. */
  readonly close: () => Promise<void>
  /** Removes the temporary file, unless published. */
  readonly discard: () => void
}

/** @throws Failure if the file exists and must not be overwritten */
export const checkFree = (path: string, force: boolean): void => {
  if (!force && existsSync(path)) {
    throw new Failure('usage', `${path} exists already. Choose another name with -o, or overwrite it with --force.`)
  }
}

/** File mode 0600, because the content is plaintext. */
const OWNER_ONLY = 0o600

/** @param onStop registers the removal of the temporary file for an early stop */
export const openOutput = async (path: string, force: boolean, onStop: (undo: () => void) => void): Promise<Output> => {
  checkFree(path, force)
  const partial = `${path}.${randomBytes(4).toString('hex')}.partial`
  const discard = () => rmSync(partial, { force: true })
  // Created and registered in one turn, so that no signal is handled in between.
  closeSync(openSync(partial, 'wx', OWNER_ONLY))
  onStop(discard)
  const handle = await open(partial, 'r+').catch((error: unknown) => {
    discard()
    throw error
  })
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
    },
    async publish() {
      await handle.sync()
      await handle.close()
      // The file may have been created meanwhile.
      checkFree(path, force)
      await rename(partial, path)
    },
    close: () => handle.close().catch(() => undefined),
    discard,
  }
}
