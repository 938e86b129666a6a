/**
 * Store whose content several processes share: each has a copy in SQLite, and every change is a transaction of the shared
 * database that holds what it changes in the copy. It is answered once it is on the shared database's disk.
 */
import { randomUUID } from 'node:crypto'
import { DatabaseUnavailableError } from '../../records/database.ts'
import { AuditError, type AuditQuery, type AuditRow } from '../engine/audit.ts'
import { DiskError, type Rows } from '../engine/store.ts'
import { createQueue } from '../queue.ts'
import { KmsStartError } from '../root-key.ts'
import type { SqliteStore } from '../store/sqlite.ts'
import type { Change, ChangeLog, LogChange, News } from './change-log.ts'
import type { Copy } from './copy.ts'

/**
 * Bytes of changes beyond which a snapshot takes their place, if they are also more than the last one: so what is written is
 * twice the changes at most.
 */
const MOST_BYTES = 16 << 20

export type OpenCopy = (snapshot: Uint8Array, upTo: number, changes: readonly Change[]) => Copy

interface Pulled {
  readonly copy: Copy
  /** Bytes of the snapshot, and of the changes that followed. */
  readonly size: number
  readonly bytes: number
}

interface SharedStoreOptions {
  readonly log: ChangeLog
  /** Opens a copy of the shared content. */
  readonly open: OpenCopy
  readonly first: Pulled
  readonly mostBytes?: number | undefined
}

const asDiskError = (error: unknown): unknown => {
  if (!(error instanceof DatabaseUnavailableError)) return error
  const done = error.mayHaveHappened ? ' The change may have been made: look before you try again.' : ''
  return new DiskError(`The database of the keys can’t be reached now.${done}`, { cause: error })
}

/** What the shared database has now. Undefined without content. */
export async function pull(change: LogChange, open: OpenCopy): Promise<Pulled | undefined> {
  const { upTo } = await change.news(Number.MAX_SAFE_INTEGER)
  if (upTo === undefined) return undefined
  const { changes } = await change.news(upTo)
  const snapshot = await change.snapshot()
  const copy = open(snapshot, upTo, changes)
  return { copy, size: snapshot.length, bytes: changes.reduce((sum, { changeset }) => sum + changeset.length, 0) }
}

/** Tests reset a store that nobody else uses. */
const refuseImage = () => {
  throw new Error('A shared content is not replaced by an image.')
}

export interface SharedStore extends SqliteStore {
  refresh(): Promise<void>
  /** Content for a file of its own. */
  snapshot(): Promise<Buffer>
}

export function openSharedStore({ log, open, first, mostBytes = MOST_BYTES }: SharedStoreOptions): SharedStore {
  const writer = randomUUID()
  const oneByOne = createQueue()
  let { copy, size, bytes } = first
  /** Changes when something here may have changed beside the calls of this store. */
  let version = 0
  /** Whether the copy may differ from the shared content: it is replaced before it is used again. */
  let isWrong = false
  let asked: Promise<void> | undefined

  const current = (): SqliteStore => {
    if (isWrong) throw new DiskError('The database of the keys can’t be reached now.')
    return copy.store
  }

  async function replaceCopy(change: LogChange): Promise<void> {
    const next = await pull(change, open)
    if (!next) throw new Error('The shared database has lost its content.')
    const before = copy
    ;({ copy, size, bytes } = next)
    version += 1
    isWrong = false
    await before.close()
  }

  /** Takes in what others have changed. False where the copy must be replaced: it lacks changes, or has wrong ones. */
  function takeIn({ after, upTo, last, changes }: News): boolean {
    if (isWrong || upTo === undefined || upTo > copy.position()) return false
    // The database has lost changes: a copy of it that was behind has taken its place.
    isWrong = last < after
    if (isWrong) return false
    for (const change of changes) {
      if (change.writer === writer) {
        copy.skip(change)
        continue
      }
      version += 1
      isWrong = !copy.apply([change])
      if (isWrong) return false
      bytes += change.changeset.length
    }
    return true
  }

  async function bringUpToDate(change: LogChange): Promise<void> {
    if (takeIn(await change.news(copy.position()))) return
    try {
      await replaceCopy(change)
    } catch (error) {
      if (error instanceof KmsStartError)
        throw new DiskError('The keys in the database can’t be used: it may be of a newer version.', { cause: error })
      throw error
    }
  }

  /** @param removesSecrets whether nothing of what was there before may stay in the shared database */
  async function store(change: LogChange, changeset: Uint8Array, removesSecrets: boolean): Promise<number> {
    const id = copy.position() + 1
    if (removesSecrets || bytes > Math.max(mostBytes, size)) {
      const snapshot = copy.snapshot()
      await change.replace(snapshot, id)
      size = snapshot.length
      bytes = 0
      return id
    }
    await change.append({ id, writer, changeset })
    bytes += changeset.length
    return id
  }

  /** Runs a change of the copy, which is in the shared database when this resolves, or in neither. */
  function exclusive<T>(
    work: (inner: SqliteStore) => Promise<T>,
    removesSecrets: (result: T) => boolean = () => false,
  ): Promise<T> {
    return oneByOne(async () => {
      let isAhead = false
      let made: { readonly result: T; readonly id: number | undefined }
      try {
        made = await log.change(async (change) => {
          await bringUpToDate(change)
          const recorded = copy.store.recordChanges()
          let changeset: Uint8Array
          let result: T
          try {
            result = await work(copy.store)
          } finally {
            changeset = recorded()
            isAhead = changeset.length > 0
          }
          return { result, id: isAhead ? await store(change, changeset, removesSecrets(result)) : undefined }
        })
      } catch (error) {
        isWrong ||= isAhead
        throw asDiskError(error)
      }
      if (made.id !== undefined) copy.skip({ id: made.id })
      return made.result
    })
  }

  async function lookForNews(): Promise<void> {
    asked = undefined
    const news = await log.news(copy.position()).catch((error: unknown) => {
      throw asDiskError(error)
    })
    if (takeIn(news)) return
    await exclusive(async () => undefined)
  }

  let waiting: AuditRow[] = []
  let next: Promise<void> | undefined

  async function writeWaiting(): Promise<void> {
    let rows: readonly AuditRow[] | undefined
    const take = () => {
      rows = waiting
      waiting = []
      next = undefined
      return rows
    }
    try {
      await exclusive((inner) => inner.appendAudit(take()))
    } catch (error) {
      if (rows === undefined) take()
      throw error instanceof AuditError ? error : new AuditError(error)
    }
  }

  return {
    /** Shared by all that ask in a turn of the event loop. */
    refresh() {
      asked ??= Promise.resolve().then(lookForNews)
      return asked
    },
    dataVersion: () => version,
    generation: () => current().generation(),

    async write(work) {
      let isSecretGone = false
      const noticing = (rows: Rows): Rows => ({
        ...rows,
        removeCredential(cloud, id) {
          const isGone = rows.removeCredential(cloud, id)
          isSecretGone ||= isGone
          return isGone
        },
      })
      return exclusive(
        (inner) => inner.write((rows) => work(noticing(rows))),
        () => isSecretGone,
      )
    },
    insert: (key, version, conclude) => exclusive((inner) => inner.insert(key, version, conclude)),
    insertMany: (keys, none) => exclusive((inner) => inner.insertMany(keys, none)),
    change: (address, decide, conclude) => exclusive((inner) => inner.change(address, decide, conclude)),
    copy: (address, location, decide) => exclusive((inner) => inner.copy(address, location, decide)),
    destroy: (addresses, now, audit) =>
      exclusive(
        (inner) => inner.destroy(addresses, now, audit),
        (destroyed) => destroyed > 0,
      ),
    appendAudit(rows) {
      waiting.push(...rows)
      next ??= writeWaiting()
      return next
    },
    // A search moves entries to the table that it searches.
    audit: (query: AuditQuery) => exclusive((inner) => inner.audit(query)),

    get: (address) => current().get(address),
    getByUniqueName: (space, uniqueName) => current().getByUniqueName(space, uniqueName),
    page: async (...question) => current().page(...question),
    countByStatus: async (space) => current().countByStatus(space),
    version: (address, version) => current().version(address, version),
    versions: async (key) => current().versions(key),
    dueForRotation: async (...question) => current().dueForRotation(...question),
    countDue: async (now) => current().countDue(now),
    dueForDestruction: async (...question) => current().dueForDestruction(...question),
    nextSync: async (cloud) => current().nextSync(cloud),
    toSync: async (...question) => current().toSync(...question),
    setting: async (name) => current().setting(name),
    credentials: async (cloud) => current().credentials(cloud),
    resource: async (...question) => current().resource(...question),
    resources: async (...question) => current().resources(...question),

    snapshot: () => exclusive(async () => copy.snapshot()),
    takeImage: () => current().takeImage(),
    putImage: refuseImage,
    recordChanges: () => current().recordChanges(),

    isInPlace: () => copy.store.isInPlace(),
    problems: () => (isWrong ? ['The database of the keys can’t be reached.'] : copy.store.problems()),
    close: () =>
      oneByOne(async () => {
        await copy.close()
        await log.close()
      }),
  }
}
