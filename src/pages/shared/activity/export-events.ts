/** The list of activity as a file: what is shown, in its order. Times are in UTC, for programs. */
import { cloudOf } from '../../../clouds/registry.ts'
import { csvHead, csvLine } from '../../../lib/csv.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { type ActivityRow, sourceOf } from './rows.ts'

/**
 * What may be missing in the file, as a sentence.
 * @param completeSince older operations may not be read yet; infinite where a log could not be read, negative where all are
 */
export function missingNote(completeSince: number): string {
  if (Number.isFinite(completeSince))
    return `Operations before ${formatDateTime(completeSince)} may be missing: load more first.`
  return completeSince > 0 ? 'An audit log could not be read.' : ''
}

/** Members about people, where people sign in. */
const personOf = (row: ActivityRow) => ({
  person: row.personName,
  personId: row.person,
  source: sourceOf(row),
})

const recordOf = (row: ActivityRow, hasPeople: boolean) => ({
  time: Number.isNaN(row.at) ? undefined : new Date(row.at).toISOString(),
  operation: row.action,
  logged: row.rawAction,
  cloud: row.cloud === undefined ? undefined : cloudOf(row.cloud).longName,
  location: row.location,
  keyName: row.kmsKey?.name ?? row.keyName,
  keyId: row.kmsKey?.id ?? row.key,
  actor: row.actorName ?? row.actor,
  actorId: row.actor,
  ...(hasPeople ? personOf(row) : {}),
  result: row.result,
  status: row.status,
  details: row.details,
})

export function csvOf(rows: readonly ActivityRow[], hasPeople: boolean): string {
  const records = rows.map((row) => {
    const { details, ...record } = recordOf(row, hasPeople)
    return { ...record, details: details.map(([name, value]) => `${name}: ${value}`).join('\n') }
  })
  return [csvHead(Object.keys(records[0] ?? {})), ...records.map((record) => csvLine(Object.values(record)))].join('')
}

export const jsonOf = (rows: readonly ActivityRow[], hasPeople: boolean): string =>
  `${JSON.stringify(
    rows.map((row) => ({ ...recordOf(row, hasPeople), details: Object.fromEntries(row.details) })),
    undefined,
    2,
  )}\n`
