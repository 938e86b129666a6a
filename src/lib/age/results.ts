/**
 * Where results are while they are made and until they are saved: files of the browser's own for this origin, seen by no one
 * else. Each has a lock for as long as its page lives, so that a later visit knows what was left behind.
 */

import { readStored, store } from '../browser-storage.ts'

const FOLDER = 'file-results'

export const resultFolder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true })

/** Name of the result's lock and of its entry in localStorage. */
const storageKeyOf = (name: string) => `${FOLDER}/${name}`

/**
 * Milliseconds for which a result of that many bytes is left alone once the browser has been told to save it: it says nothing of
 * how far it has come, goes on when the page is gone, and a result taken from under it would be a broken download.
 */
export const savingTime = (size: number): number => 15_000 + Math.ceil(size / 20_000)

const untilThen = (time: number) => Math.max(0, time - Date.now())

export interface Result {
  readonly name: string
  /** The result as a file on disk, not in memory. */
  readonly file: () => Promise<File>
  /** Called before the download starts. `size` is in bytes. */
  readonly saving: (size: number) => void
  /** Resolves when the result may be deleted. */
  readonly saved: () => Promise<void>
  readonly remove: () => Promise<void>
}

async function removeFrom(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name)
    store('localStorage', storageKeyOf(name), undefined)
  } catch (error) {
    // Held open by a worker that is just ending, or gone: what is left is found by the next sweep.
    if (!(error instanceof DOMException)) throw error
  }
}

/** A place for a result, kept from other pages' sweeps until it is removed. */
export async function newResult(): Promise<Result> {
  const name = crypto.randomUUID()
  const folder = await resultFolder()
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  navigator.locks
    .request(storageKeyOf(name), () => {
      locked.resolve()
      return held.promise
    })
    .catch(locked.reject)
  await locked.promise
  let savedBy = 0
  // A page that goes has time to ask, and none for an answer. One that the browser keeps may offer the result again.
  const onPageHide = ({ persisted }: PageTransitionEvent) => {
    if (!persisted && untilThen(savedBy) === 0) void removeFrom(folder, name)
  }
  addEventListener('pagehide', onPageHide)
  return {
    name,
    file: async () => (await folder.getFileHandle(name)).getFile(),
    saving(size) {
      savedBy = Date.now() + savingTime(size)
      // For the next visit, should the page be gone by then. Where it can't be stored, a visit at once breaks the download.
      store('localStorage', storageKeyOf(name), String(savedBy))
    },
    saved: () => new Promise((resolve) => setTimeout(resolve, untilThen(savedBy))),
    async remove() {
      removeEventListener('pagehide', onPageHide)
      await removeFrom(folder, name)
      held.resolve()
    },
  }
}

/**
 * Removes what earlier visits left behind: pages that were closed before they could. Answers with the milliseconds after which
 * there is more to remove, which may still be being saved now; undefined when there is nothing.
 */
export async function deleteLeftoverResults(): Promise<number | undefined> {
  const folder = await resultFolder()
  const names: string[] = []
  for await (const name of folder.keys()) names.push(name)
  const waits = await Promise.all(
    names.map((name) =>
      navigator.locks.request(storageKeyOf(name), { ifAvailable: true }, async (lock) => {
        if (!lock) return 0
        const wait = untilThen(Number(readStored('localStorage', storageKeyOf(name)) ?? 0))
        if (wait === 0) await removeFrom(folder, name)
        return wait
      }),
    ),
  )
  const due = waits.filter((wait) => wait > 0)
  return due.length > 0 ? Math.min(...due) : undefined
}

/** Bytes that a new result may have; undefined where the browser doesn't tell. */
export async function freeSpaceForResults(): Promise<number | undefined> {
  const { quota, usage = 0 } = await navigator.storage.estimate()
  return quota === undefined ? undefined : Math.max(0, quota - usage)
}

/** Why results can't be kept: the page's address is neither https nor localhost, an old browser, or one that blocks storage. */
export type ResultsRefusal = 'insecure' | 'old' | 'blocked'

/** The refusal that is known without a try. */
export function resultsRefusal(): ResultsRefusal | undefined {
  if (!isSecureContext) return 'insecure'
  return 'locks' in navigator && typeof navigator.storage?.getDirectory === 'function' ? undefined : 'old'
}

/** Tries the place on disk and the locks, which a browser that blocks all cookies has and refuses. */
export async function tryResults(): Promise<ResultsRefusal | undefined> {
  const known = resultsRefusal()
  if (known) return known
  try {
    await Promise.all([resultFolder(), navigator.locks.query()])
    return undefined
  } catch {
    return 'blocked'
  }
}
