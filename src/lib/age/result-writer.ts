/** Writing a result, which only workers can. */

import { AgeError, ageProblemOf } from './age-error.ts'
import type { FromWriter, ToWriter } from './messages.ts'
import { resultFolder } from './results.ts'

interface SyncFile {
  /** Answers with the bytes that were written, which may be fewer. */
  write(bytes: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  close(): void
}

interface SyncFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncFile>
}

/** Only in workers, which is why the page's types don't know it. */
const isSync = (handle: FileSystemFileHandle): handle is SyncFileHandle => 'createSyncAccessHandle' in handle

export interface ResultWriter {
  /** Appends them: one call to the system for each. */
  readonly write: (bytes: Uint8Array) => void
  /** Ends it; answers with the bytes written. */
  readonly finish: () => number
  /** Ends it whatever state it is in. */
  readonly close: () => void
}

/**
 * Opens a result for writing. Whatever is called of it throws when there is no room for what it was given.
 * @param size bytes that it will have: room for them is asked for at once, and not having it is an error before any work
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
      // A disk that fills up takes a part of it, and that is no error to the browser.
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

/** Writes one result for whoever is at the other end of the port: every message is answered, in order. */
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
