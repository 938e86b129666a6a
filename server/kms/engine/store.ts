/** Store interface of the engine. Each method is one transaction; what has resolved survives a crash. */

/** Stands for a folder or file: nothing is written to disk. */
export const IN_MEMORY = ':memory:'

export interface KeyAddress {
  readonly cloud: string
  /** Region or zone. */
  readonly location: string
  readonly id: string
}

/** One of the keys that share a list: a location, and within it an organisation or project. */
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
  /** Status by the provider's own name. */
  readonly status: string
  readonly latestVersion: number
  /** Grows by one with each change. */
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Time of the next automatic rotation; null while there is none. */
  readonly rotateAt: number | null
  /** Time of destruction; null unless deletion is scheduled. */
  readonly destroyAt: number | null
  /** The location of the key that this one is a copy of, under the same id; null for a key that is no copy. */
  readonly origin: string | null
  /** Time at which its copies must be updated; null while they are up to date. */
  readonly syncAt: number | null
  /** JSON object. */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** `after` with the next revision; `before` itself when nothing has changed. */
export const changed = (before: StoredKey, after: StoredKey, now: number): StoredKey =>
  after === before ? before : { ...after, revision: before.revision + 1, updatedAt: now }

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
  /** Kept with the change or not at all. */
  readonly audit?: AuditRow
}

/** A key that is copied, its copy where there is one, and the versions that the copy lacks, ascending. */
export interface CopyState {
  readonly key: StoredKey
  readonly copy: StoredKey | undefined
  readonly missing: readonly StoredVersion[]
}

export interface CopyChange {
  readonly key: StoredKey
  /** Left out: the copy stays as it is, or stays away. */
  readonly copy?: StoredKey
  /** Added to the copy. */
  readonly versions: readonly StoredVersion[]
}

/** One line of the audit trail: what is searched for in members of its own, all that is shown in `entry`. */
export interface AuditRow {
  readonly cloud: string
  readonly organisation: string
  readonly createdAt: number
  readonly action: string
  /** Empty for none, like the identities that follow. */
  readonly resourceType: string
  readonly resource: string
  readonly user: string
  readonly serviceAccount: string
  /** HTTP status that the caller saw; 0 where nobody called. */
  readonly status: number
  /** Text that searches look in. */
  readonly searchText: string
  /** JSON object. */
  readonly entry: Readonly<Record<string, unknown>>
}

/** Filters of the audit log; an absent member does not filter. */
export interface AuditQuery extends Partial<Pick<AuditRow, 'resource' | 'user' | 'serviceAccount'>> {
  readonly cloud: string
  readonly organisation: string
  readonly actions?: readonly string[]
  readonly resourceTypes?: readonly string[]
  readonly statuses?: readonly number[]
  /** Milliseconds; the first moment that counts. */
  readonly from?: number
  /** Milliseconds; the first moment that counts no more. */
  readonly to?: number
  /** Found anywhere in the words, in capitals or not (ASCII). */
  readonly text?: string
  readonly offset: number
  readonly limit: number
}

export interface StoredCredential {
  readonly cloud: string
  readonly id: string
  readonly name: string
  /** The secret, wrapped under the root key. */
  readonly wrapped: Uint8Array
  readonly createdAt: number
  /** JSON object: role, organisation … */
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Something besides keys that a cloud keeps: a role, an operation. Holds no secret. */
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

/** Reads and writes within one transaction, for what is kept together or not at all. */
export interface Rows {
  key(address: KeyAddress): StoredKey | undefined
  keyByUniqueName(space: KeySpace, uniqueName: string): StoredKey | undefined
  version(address: KeyAddress, version: number): StoredVersion | undefined
  setting(name: string): string | undefined
  credential(cloud: string, id: string): StoredCredential | undefined
  resource(cloud: string, kind: string, id: string): Resource | undefined
  /** Each adds its row, or puts it in place of the one with the same id. A key whose name is taken is an error. */
  putKey(key: StoredKey): void
  putVersion(address: KeyAddress, version: StoredVersion): void
  putSetting(name: string, value: string): void
  putCredential(credential: StoredCredential): void
  putResource(resource: Resource): void
}

export interface Store {
  /** Lets `work` read and write in one transaction; it must not wait for anything, and where it throws nothing changes. */
  write<T>(work: (rows: Rows) => T): Promise<T>
  /**
   * Another number than before once another process has written to the same store: what is kept in memory has to be read
   * again then. Costs next to nothing.
   */
  dataVersion(): number
  /** False when the name or the id is taken in that key space; nothing is stored then. */
  insert(key: StoredKey, version: StoredVersion): Promise<boolean>
  /** Adds all or none; throws where a name or an id is taken. Far quicker than one by one. */
  insertMany(keys: readonly KeyWithMaterial[]): Promise<void>
  get(address: KeyAddress): Promise<StoredKey | undefined>
  getByUniqueName(space: KeySpace, uniqueName: string): Promise<StoredKey | undefined>
  /** Keys of a key space with their versions, by id ascending: up to `limit` of those whose id comes after `after`. */
  page(space: KeySpace, after: string, limit: number): Promise<readonly KeyWithVersions[]>
  /** Number of keys of a key space by status, without copies and those due for destruction at `now`. */
  countByStatus(space: KeySpace, now: number): Promise<ReadonlyMap<string, number>>
  /**
   * Reads the key, lets `decide` say what becomes of it (or throw, and then nothing changes), writes that: all in one
   * transaction, so `decide` sees the newest state and must not wait for anything.
   */
  change(address: KeyAddress, decide: (key: StoredKey) => KeyChange): Promise<StoredKey | undefined>
  version(address: KeyAddress, version: number): Promise<StoredVersion | undefined>
  /** Ascending, without material. */
  versions(address: KeyAddress): Promise<readonly VersionInfo[]>
  /** Up to `limit` keys of a cloud whose rotation falls due at or before `now`, the longest due first, after `after`. */
  dueForRotation(cloud: string, now: number, after: StoredKey | undefined, limit: number): Promise<readonly StoredKey[]>
  /** All keys of a cloud that are destroyed at or before `now`. */
  dueForDestruction(cloud: string, now: number): Promise<readonly KeyAddress[]>
  /**
   * Removes those of the keys that are still due for destruction at `now`, with their copies and all material, for good:
   * nothing of it is left in any file. Costs a pass over everything stored, so give it many keys at once. Without any, it
   * finishes what a crash has interrupted. Answers how many went, copies not counted.
   */
  destroy(addresses: readonly KeyAddress[], now: number): Promise<number>
  /** The earliest moment at which copies must be seen to; Infinity for none. Costs next to nothing. */
  nextSync(cloud: string): Promise<number>
  /** The keys whose copies must be seen to at `now`. */
  toSync(cloud: string, now: number): Promise<readonly StoredKey[]>
  /** Reads a key and its copy in `location`, lets `decide` say what becomes of both and writes that: in one transaction. */
  copy(address: KeyAddress, location: string, decide: (found: CopyState) => CopyChange): Promise<void>
  setting(name: string): Promise<string | undefined>
  setSetting(name: string, value: string): Promise<void>
  addCredential(credential: StoredCredential): Promise<void>
  credentials(cloud: string): Promise<readonly StoredCredential[]>
  /** False when there is none of that id. */
  removeCredential(cloud: string, id: string): Promise<boolean>
  resource(cloud: string, kind: string, id: string): Promise<Resource | undefined>
  /** The oldest first. */
  resources(cloud: string, kind: string): Promise<readonly Resource[]>
  /** Adds it, or puts it in place of the one with the same id. */
  putResource(resource: Resource): Promise<void>
  /** False when there is none of that id. */
  removeResource(cloud: string, kind: string, id: string): Promise<boolean>
  /** Rows that are given at about the same time share a commit. */
  appendAudit(rows: readonly AuditRow[]): Promise<void>
  /** Newest first: one page of what matches, and how many match in all. */
  audit(query: AuditQuery): Promise<{ readonly total: number; readonly rows: readonly AuditRow[] }>
  close(): Promise<void>
}
