/** A browser's storage, locks and events for tests: no more than results need of them. */
import { vi } from 'vitest'

/** A file that is open for writing, on a disk with room for so many bytes: like the browser's, it takes what fits. */
class SyncFile {
  bytes = new Uint8Array()
  private readonly room: number

  constructor(room: number) {
    this.room = room
  }

  write(bytes: Uint8Array, { at }: { readonly at: number }): number {
    const fits = bytes.subarray(0, Math.max(0, this.room - at))
    const end = at + fits.length
    if (end > this.bytes.length) this.truncate(end)
    this.bytes.set(fits, at)
    return fits.length
  }

  truncate(size: number): void {
    const whole = new Uint8Array(size)
    whole.set(this.bytes.subarray(0, size))
    this.bytes = whole
  }

  close(): void {}
}

export interface TestStorage {
  /** Names of the files in the folder of results. */
  readonly names: () => string[]
  /** What is in a file. */
  readonly content: (name: string) => Uint8Array | undefined
  /** Lets go of all locks, as when the pages that held them are gone. */
  readonly releaseLocks: () => void
  /** What the page hears when it is left; `persisted` when the browser keeps it for its back button. */
  readonly leavePage: (persisted: boolean) => void
}

/** Puts them in place of the platform's until `vi.unstubAllGlobals()`. `room` is in bytes, of every file. */
export function stubStorage(room = Number.POSITIVE_INFINITY): TestStorage {
  const files = new Map<string, SyncFile>()
  const folder = {
    async getFileHandle(name: string) {
      const file = files.get(name) ?? new SyncFile(room)
      files.set(name, file)
      return { createSyncAccessHandle: async () => file }
    },
    async removeEntry(name: string) {
      if (!files.delete(name)) throw new DOMException('gone', 'NotFoundError')
    },
    keys: async function* keys() {
      yield* [...files.keys()]
    },
  }
  const held = new Set<string>()
  const locks = {
    async request<Answer>(name: string, ...rest: readonly unknown[]): Promise<Answer> {
      const work = rest.at(-1) as (lock: object | null) => Promise<Answer>
      if (held.has(name)) return work(null)
      held.add(name)
      return work({ name }).finally(() => held.delete(name))
    },
  }
  const stored = new Map<string, string>()
  const page = new EventTarget()
  vi.stubGlobal('navigator', {
    storage: { getDirectory: async () => ({ getDirectoryHandle: async () => folder }) },
    locks,
  })
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => void stored.set(name, text),
    removeItem: (name: string) => void stored.delete(name),
  })
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  return {
    names: () => [...files.keys()],
    content: (name) => files.get(name)?.bytes,
    releaseLocks: () => held.clear(),
    leavePage: (persisted) => void page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted })),
  }
}
