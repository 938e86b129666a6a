/** Store interface of the engine. Each method is one transaction; a resolved change survives a crash. */
import type { Audit, AuditQuery, AuditRow, AuditRows, Recorded, Unaudited } from './audit.ts'

/** The disk can't hold a change, which was not made. The message names the folder and the way out. */
export class DiskError extends Error {}

/** In place of a folder or file: nothing is written to disk. */
export const IN_MEMORY = ':memory:'

export interface KeyAddress {
  readonly cloud: string
  /** Region or zone. */
  readonly location: string
  readonly id: string
}

/** Scope of a key list: a location, and within it an organisation or project. */
export interface KeySpace {
  readonly cloud: string
  readonly location: string
  readonly scope: string
}

/** Stored key: common members in columns, a provider's own in `attributes`. */
export interface StoredKey extends KeyAddress, KeySpace {
  /** Name that is unique within the key space, such as a slug. */
  readonly uniqueName: string
  readonly algorithm: string
  /** Status, by the provider's name. */
  readonly status: string
  readonly latestVersion: number
  /** Incremented by each change. */
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Time of the next automatic rotation; null if none is scheduled. */
  readonly rotateAt: number | null
  /** Time of destruction; null unless deletion is scheduled. */
  readonly destroyAt: number | null
  /** Location of the original key, which has the same id; null for a key that is not a copy. */
  readonly origin: string | null
  /** Time at which its copies must be updated; null while they are up to date. */
  readonly syncAt: number | null
  /** JSON object. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/**
 * `after` with the next revision; `before` itself if nothing changed. The date of a change is never before that of the
 * last one, also after the clock was set back.
 */
export const changed = (before: StoredKey, after: StoredKey, now: number): StoredKey =>
  after === before ? before : { ...after, revision: before.revision + 1, updatedAt: Math.max(now, before.updatedAt) }

export interface VersionInfo {
  readonly version: number
  readonly createdAt: number
  readonly automatic: boolean
}

export interface StoredVersion extends VersionInfo {
  /** Key material, wrapped under the root key. */
  readonly wrapped: Uint8Array
}

export interface KeyChange {
  readonly key: StoredKey
  readonly version?: StoredVersion
}

/** Key, its copy if one exists, and the versions that the copy lacks, ascending. */
export interface CopyState {
  readonly key: StoredKey
  readonly copy: StoredKey | undefined
  readonly missing: readonly StoredVersion[]
}

export interface CopyChange {
  readonly key: StoredKey
  /** Absent: no copy is created or changed. */
  readonly copy?: StoredKey
  /** Versions that are added to the copy. */
  readonly versions: readonly StoredVersion[]
  readonly audit: Audit
}

/** Audit rows of a scheduled job, for the key after it or before its destruction. */
export type JobAudit = (key: StoredKey, now: number) => AuditRows

/** Content of the store that the KMS did not write so, or that is gone: it is refused by its name, never used. */
export class IntegrityError extends Error {
  /** Row or table, and what is wrong with it. */
  readonly finding: string

  constructor(finding: string) {
    super(`${finding}, so it is not used. "npm run kms -- verify" lists all that was changed outside of the KMS.`)
    this.finding = finding
  }
}

export interface StoredCredential {
  readonly cloud: string
  readonly id: string
  readonly name: string
  /** Secret, wrapped under the root key. */
  readonly wrapped: Uint8Array
  readonly createdAt: number
  /** JSON object: role, organisation … */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Provider object other than a key, such as a role or an operation. Holds no secret. */
export interface Resource {
  readonly cloud: string
  readonly kind: string
  readonly id: string
  readonly createdAt: number
  /** JSON object. */
  readonly content: Readonly<Record<string, unknown>>
}

export interface KeyWithMaterial {
  readonly key: StoredKey
  readonly versions: readonly StoredVersion[]
}

export interface KeyWithVersions {
  readonly key: StoredKey
  /** Ascending. */
  readonly versions: readonly VersionInfo[]
}

export interface KeyPage {
  readonly keys: readonly KeyWithVersions[]
  /** Keys of the page that were changed outside of the KMS. */
  readonly broken: readonly IntegrityError[]
  /** Where the next page begins; undefined for the last one. */
  readonly next: string | undefined
}

export interface DueKey extends KeyAddress {
  readonly rotateAt: number
}

/** Result of a changed key and its audit rows, made in the transaction of the change. */
export type Conclude<R> = (made: KeyWithVersions) => Recorded<R>

/** Reads and writes within one transaction. */
export interface Rows {
  key(address: KeyAddress): StoredKey | undefined
  keyByUniqueName(space: KeySpace, uniqueName: string): StoredKey | undefined
  version(address: KeyAddress, version: number): StoredVersion | undefined
  setting(name: string): string | undefined
  credential(cloud: string, id: string): StoredCredential | undefined
  /** The oldest first. */
  credentials(cloud: string): readonly StoredCredential[]
  resource(cloud: string, kind: string, id: string): Resource | undefined
  /** Each method inserts its row or replaces the one with the same id. Throws for a key whose name is taken. */
  putKey(key: StoredKey): void
  putVersion(address: KeyAddress, version: StoredVersion): void
  putSetting(name: string, value: string): void
  putCredential(credential: StoredCredential): void
  putResource(resource: Resource): void
  /** False if no row has that id. */
  removeCredential(cloud: string, id: string): boolean
  removeResource(cloud: string, kind: string, id: string): void
  /** Removes the resources of a kind that were created at or before `time`. */
  removeResourcesUntil(cloud: string, kind: string, time: number): void
}

/** Reads throw IntegrityError for a row that was changed outside of the KMS. */
export interface Store {
  /**
   * Makes the reads that follow see all that any process was told as done before; absent where they always do.
   * @throws DiskError while the store can't be reached
   */
  refresh?(): Promise<void>
  /** Runs `work` and stores its audit rows in one transaction. It must be synchronous; if it throws, nothing changes. */
  write<R>(work: (rows: Rows) => Recorded<R>): Promise<R>
  /**
   * Number that changes when another process writes to the same store: cached data must be read
   * again then. Read once for all that follows from one event, such as the arrival of a request.
   */
  dataVersion(): number
  /** Undefined if the name or the id is taken in that key space; nothing is stored then. */
  insert<R>(key: StoredKey, version: StoredVersion, conclude: Conclude<R>): Promise<R | undefined>
  /** Adds all or none; throws if a name or an id is taken. Far faster than single inserts. */
  insertMany(keys: readonly KeyWithMaterial[], none: Unaudited): Promise<void>
  /** These and `version` answer at once: mostly from memory. */
  get(address: KeyAddress): StoredKey | undefined
  getByUniqueName(space: KeySpace, uniqueName: string): StoredKey | undefined
  /**
   * Up to `limit` keys of a key space with an id greater than `after`, with their versions, by id ascending.
   * @param name only keys whose attribute `name` it is
   */
  page(space: KeySpace, after: string, limit: number, name?: string): Promise<KeyPage>
  /** Number of keys of a key space by status, without copies. */
  countByStatus(space: KeySpace): Promise<ReadonlyMap<string, number>>
  /**
   * Reads the key, applies `decide` and writes its result with its audit rows; if `decide` throws or returns undefined,
   * nothing changes. All in one transaction, so `decide` sees the newest state and must be synchronous.
   */
  change<R>(
    address: KeyAddress,
    decide: (key: StoredKey) => KeyChange | undefined,
    conclude: Conclude<R>,
  ): Promise<R | undefined>
  version(address: KeyAddress, version: number): StoredVersion | undefined
  /** Ascending, without material; none if the key was destroyed meanwhile. */
  versions(key: StoredKey): Promise<readonly VersionInfo[]>
  /**
   * Up to `limit` keys of a provider whose rotation is due at or before `now`, the longest due first, after `after`.
   * Addresses here and below are not verified: read the key first.
   */
  dueForRotation(cloud: string, now: number, after: DueKey | undefined, limit: number): Promise<readonly DueKey[]>
  /** Number of keys of all providers whose destruction or rotation is due at or before `now`. */
  countDue(now: number): Promise<{ readonly destructions: number; readonly rotations: number }>
  /** All keys of a provider whose destruction is due at or before `now`. */
  dueForDestruction(cloud: string, now: number): Promise<readonly KeyAddress[]>
  /**
   * Destroys those of the keys that are still due at `now`, with their copies and all material:
   * no file holds any of it afterwards. Stores all versions anew, so call it for many keys at once. Without keys it
   * finishes a destruction that a crash interrupted. Returns the number of destroyed keys, without copies.
   */
  destroy(addresses: readonly KeyAddress[], now: number, audit: JobAudit): Promise<number>
  /** Earliest time at which a copy must be updated; Infinity for none. Cheap enough for each request. */
  nextSync(cloud: string): Promise<number>
  /** Keys whose copies must be updated at `now`. */
  toSync(cloud: string, now: number): Promise<readonly KeyAddress[]>
  /** Reads a key and its copy in `location`, applies `decide` and writes its result, in one transaction. */
  copy(address: KeyAddress, location: string, decide: (found: CopyState) => CopyChange): Promise<void>
  setting(name: string): Promise<string | undefined>
  credentials(cloud: string): Promise<readonly StoredCredential[]>
  resource(cloud: string, kind: string, id: string): Promise<Resource | undefined>
  /** The oldest first. */
  resources(cloud: string, kind: string): Promise<readonly Resource[]>
  /** Logs calls that changed nothing: reads, uses of a key and refusals. Concurrent rows share a commit. */
  appendAudit(rows: readonly AuditRow[]): Promise<void>
  /** One page of the matching entries, newest first, and the total number of matches. */
  audit(query: AuditQuery): Promise<{ readonly total: number; readonly rows: readonly AuditRow[] }>
  /** False once its files were deleted, moved or replaced: nothing is written then. */
  isInPlace(): boolean
  /** Conditions of the disk that people should know of, as sentences. */
  problems(): readonly string[]
  close(): Promise<void>
}
