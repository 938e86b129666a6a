/** A result that appears only when it is complete: written beside its place under a name of its own, then moved. */
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { Failure } from './failure.ts'

export interface Output {
  /** Appends all of it. */
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Puts it in its place. */
  readonly publish: () => Promise<void>
  /** Ends the writing, whatever state it is in. */
  readonly close: () => Promise<void>
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

/** @param onStop told how to remove what there is, should the program be stopped */
export const openOutput = async (path: string, force: boolean, onStop: (undo: () => void) => void): Promise<Output> => {
  checkFree(path, force)
  const partial = `${path}.${randomBytes(4).toString('hex')}.partial`
  const discard = () => rmSync(partial, { force: true })
  // Made and told in one turn: no signal is handled in between.
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
      // It may have come into being meanwhile.
      checkFree(path, force)
      await rename(partial, path)
    },
    close: () => handle.close().catch(() => undefined),
    discard,
  }
}
