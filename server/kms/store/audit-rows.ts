/** Rows of the audit log: their columns and authentication codes. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { AuditRow } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError } from '../engine/store.ts'
import { integer, text } from './rows.ts'
import { codeText, covered, isCode, type Row } from './tables.ts'

const COLUMNS = [
  ...['cloud', 'organisation', 'created_at', 'action', 'resource_type', 'resource', 'user', 'service_account'],
  ...['status', 'words', 'entry'],
] as const

/** All columns but the code, in the order in which the code covers them. */
export const COVERED = ['sequence', ...COLUMNS] as const

/** Values of the columns between `sequence` and `entry`, and the entry. */
export type Content = readonly [readonly (string | number)[], AuditRow['entry']]

export const contentOf = (row: AuditRow): Content => [
  [
    row.cloud,
    row.organisation,
    row.createdAt,
    row.action,
    row.resourceType,
    row.resource,
    row.user,
    row.serviceAccount,
    row.status,
    row.searchText,
  ],
  row.entry,
]

/** Code of an entry by the values of `COVERED`. */
export function codeOfValues(
  keyWrapper: KeyWrapper,
  values: readonly SQLInputValue[],
  previous: SQLOutputValue | undefined,
): NonSharedBuffer {
  const content: (string | number | null)[] = ['audit']
  for (const value of values) content.push(covered(value))
  content.push(codeText(previous))
  return keyWrapper.code(JSON.stringify(content))
}

/** Code of an entry, which covers the code of the entry before: so entries can be neither removed nor reordered. */
export const codeOfEntry = (
  keyWrapper: KeyWrapper,
  row: Readonly<Record<string, SQLInputValue>>,
  previous: SQLOutputValue | undefined,
): NonSharedBuffer =>
  codeOfValues(
    keyWrapper,
    COVERED.map((column) => row[column] ?? null),
    previous,
  )

/** @throws IntegrityError for an entry that has another code, or another one before it */
export function assertEntry(keyWrapper: KeyWrapper, row: Row, previous: SQLOutputValue | undefined): void {
  if (!isCode(row.code, codeOfEntry(keyWrapper, row, previous)))
    throw new IntegrityError(
      `entry ${row.sequence} of the audit log (table audit), or the one before it, was changed outside of the KMS`,
    )
}

export const toAuditRow = (row: Row): AuditRow => ({
  cloud: text(row.cloud),
  organisation: text(row.organisation),
  createdAt: integer(row.created_at),
  action: text(row.action),
  resourceType: text(row.resource_type),
  resource: text(row.resource),
  user: text(row.user),
  serviceAccount: text(row.service_account),
  status: integer(row.status),
  searchText: text(row.words),
  entry: JSON.parse(text(row.entry)),
})
