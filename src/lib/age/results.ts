/**
 * Where results are while they are made and until they are saved: files of the browser's own for this origin, seen by no one
 * else. Each has a lock for as long as its page lives, so that a later visit knows what was left behind.
 */

const FOLDER = 'file-results'

const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true })

const lockOf = (name: string) => `${FOLDER}/${name}`

export interface Result {
  readonly name: string
  /** What was written, as a file on disk: nothing of it is in memory. */
  readonly file: () => Promise<File>
  readonly remove: () => Promise<void>
}

async function removeEntry(name: string): Promise<void> {
  try {
    await (await folder()).removeEntry(name)
  } catch (error) {
    // Held open by a worker that is just ending, or gone: what is left is found by the next sweep.
    if (!(error instanceof DOMException)) throw error
  }
}

/** A place for a result, kept from other pages' sweeps until it is removed. */
export async function newResult(): Promise<Result> {
  const name = crypto.randomUUID()
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  void navigator.locks.request(lockOf(name), () => {
    locked.resolve()
    return held.promise
  })
  await locked.promise
  return {
    name,
    file: async () => (await (await folder()).getFileHandle(name)).getFile(),
    async remove() {
      await removeEntry(name)
      held.resolve()
    },
  }
}

/** Removes what earlier visits left behind: pages that were closed before they could. */
export async function sweepResults(): Promise<void> {
  const names: string[] = []
  for await (const name of (await folder()).keys()) names.push(name)
  await Promise.all(
    names.map((name) =>
      navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
        if (lock) await removeEntry(name)
      }),
    ),
  )
}

/** Bytes that a new result may have; undefined where the browser doesn't tell. */
export async function roomForResults(): Promise<number | undefined> {
  const { quota, usage = 0 } = await navigator.storage.estimate()
  return quota === undefined ? undefined : Math.max(0, quota - usage)
}

/** Whether this browser, over this connection, has what files need: workers, a place on disk, and a cipher. */
export const canKeepResults = (): boolean =>
  isSecureContext && 'locks' in navigator && typeof navigator.storage?.getDirectory === 'function'

interface SyncFile {
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
 * Opens a result for writing; workers only.
 * @param size bytes that it will have: room for them is asked for at once, and not having it is an error before any work
 */
export async function openResult(name: string, size: number): Promise<ResultWriter> {
  const handle = await (await folder()).getFileHandle(name, { create: true })
  if (!isSync(handle)) throw new TypeError('Files can’t be written in this browser.')
  const file = await handle.createSyncAccessHandle()
  const buffer = new Uint8Array(BUFFER)
  let buffered = 0
  let at = 0
  const flush = () => {
    if (buffered > 0) at += file.write(buffer.subarray(0, buffered), { at })
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
      if (bytes.length > BUFFER) {
        at += file.write(bytes, { at })
        return
      }
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
