/** Audit log: its entries, those of a change, and queries. */

/** Audit log entry: searchable values as members, the displayed entry in `entry`. */
export interface AuditRow {
  readonly cloud: string
  readonly organisation: string
  readonly createdAt: number
  readonly action: string
  /** Empty for none, also in the following identities. */
  readonly resourceType: string
  readonly resource: string
  readonly user: string
  readonly serviceAccount: string
  /** HTTP status of the answer; 0 for an automatic rotation. */
  readonly status: number
  /** Text for full-text search. */
  readonly searchText: string
  /** JSON object. */
  readonly entry: Readonly<Record<string, unknown>>
}

export type AuditRows = readonly [AuditRow, ...AuditRow[]]

/** Changes that leave no audit rows: neither a call nor a scheduled job makes them, or they change no key. */
export type Unaudited =
  | 'first use'
  | 'seed'
  | 'clock'
  | 'start of a test'
  | 'state of replication'
  | 'count of encryptions'

/** Audit rows of a change, which are stored in its transaction. `nothing`: nothing is changed. */
export type Audit = AuditRows | { readonly none: Unaudited | 'nothing' }

/** Result of a change, with its audit rows: no change can be written without them. */
export interface Recorded<R> {
  readonly result: R
  readonly audit: Audit
}

export const unaudited = <R>(none: Unaudited, result: R): Recorded<R> => ({ result, audit: { none } })

/** Result of work that changes nothing: its transaction is rolled back. */
export const unchanged = <R>(result: R): Recorded<R> => ({ result, audit: { none: 'nothing' } })

/** The audit log can't be written: the call that needs it is refused. */
export class AuditError extends Error {
  constructor(cause: unknown) {
    super("the audit log can't be written: the call was refused, and nothing was changed", { cause })
  }
}

/** Filters of the audit log; an absent member does not filter. */
export interface AuditQuery extends Partial<Pick<AuditRow, 'resource' | 'user' | 'serviceAccount'>> {
  readonly cloud: string
  readonly organisation: string
  readonly actions?: readonly string[]
  readonly resourceTypes?: readonly string[]
  readonly statuses?: readonly number[]
  /** Milliseconds, inclusive. */
  readonly from?: number
  /** Milliseconds, exclusive. */
  readonly to?: number
  /** Substring of the search text, case-insensitive (ASCII). */
  readonly text?: string
  readonly offset: number
  readonly limit: number
}
