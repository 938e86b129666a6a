/** Writes a result to the origin's private file system; only workers can do this synchronously. */

import { AgeError, ageProblemOf } from './age-error.ts'
import type { FromWriter, ToWriter } from './messages.ts'
import { resultFolder } from './results.ts'

interface SyncFile {
  /** Returns the number of bytes written, which may be less than asked. */
  write(bytes: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  close(): void
}

interface SyncFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncFile>
}

/** Exists only in workers, so the DOM types of a page lack it. */
const isSync = (handle: FileSystemFileHandle): handle is SyncFileHandle => 'createSyncAccessHandle' in handle

export interface ResultWriter {
  /** Appends bytes with one system call. */
  readonly write: (bytes: Uint8Array) => void
  /** Closes the file; returns its size in bytes. */
  readonly finish: () => number
  /** Closes the file in any state. */
  readonly close: () => void
}

/**
 * Opens a result for writing. Its methods throw AgeError when the disk is full.
 * @param size of the result in bytes; reserved at once, so that a full disk is reported before any work
 */
export async function openResult(name: string, size: number): Promise<ResultWriter> {
  const handle = await (await resultFolder()).getFileHandle(name, { create: true })
  if (!isSync(handle)) throw new TypeError('Files can’t be written in this browser.')
  const file = await handle.createSyncAccessHandle()
  let at = 0
  try {
    file.truncate(size)
  } catch (error) {
    file.close()
    throw error
  }
  return {
    write(bytes) {
      // On a full disk the browser writes a part and reports no error.
      if (file.write(bytes, { at }) !== bytes.length) throw new AgeError({ kind: 'no-space' })
      at += bytes.length
    },
    finish() {
      file.truncate(at)
      file.close()
      return at
    },
    close: () => file.close(),
  }
}

/** Writes one result on request of the other end of the port; answers every message in order. */
export function serveResult(port: MessagePort): void {
  let result: ResultWriter | undefined
  const writer = () => {
    if (!result) throw new TypeError('Nothing is open.')
    return result
  }
  const answer = async (message: ToWriter): Promise<FromWriter> => {
    switch (message.type) {
      case 'open':
        result = await openResult(message.name, message.size)
        return { type: 'opened' }
      case 'write':
        writer().write(new Uint8Array(message.block, 0, message.length))
        return { type: 'free', block: message.block }
      case 'finish':
        return { type: 'finished', size: writer().finish() }
      case 'close':
        result?.close()
        return { type: 'closed' }
    }
  }
  const reply = async (message: ToWriter) => {
    const told = await answer(message).catch((error): FromWriter => ({ type: 'failed', problem: ageProblemOf(error) }))
    port.postMessage(told, told.type === 'free' ? [told.block] : [])
  }
  port.addEventListener('message', ({ data }: MessageEvent<ToWriter>) => void reply(data))
  port.start()
}
