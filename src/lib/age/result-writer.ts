/** Writing a result, which only workers can. */
import { AgeError } from './problem.ts'
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

/** Few large writes: each of them is a call to the system. */
const BUFFER = 1 << 20

export interface ResultWriter {
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
  const buffer = new Uint8Array(BUFFER)
  let buffered = 0
  let at = 0
  const append = (bytes: Uint8Array) => {
    // A disk that fills up takes a part of it, and that is no error to the browser.
    if (file.write(bytes, { at }) !== bytes.length) throw new AgeError({ kind: 'no-space' })
    at += bytes.length
  }
  const flush = () => {
    if (buffered > 0) append(buffer.subarray(0, buffered))
    buffered = 0
  }
  try {
    file.truncate(size)
  } catch (error) {
    file.close()
    throw error
  }
  return {
    write(bytes) {
      if (buffered + bytes.length > BUFFER) flush()
      if (bytes.length > BUFFER) return append(bytes)
      buffer.set(bytes, buffered)
      buffered += bytes.length
    },
    finish() {
      flush()
      file.truncate(at)
      file.close()
      return at
    },
    close: () => file.close(),
  }
}
