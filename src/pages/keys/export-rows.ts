/** The list as a file: what is shown, in its order, with the id of each key. Holds nothing that the list itself does not. */

import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { periodLength } from '../../clouds/period.ts'
import { csvHead, csvLine } from '../../lib/csv.ts'
import { DAY } from '../../lib/dates.ts'
import { forEachInSteps, type Steps } from '../../lib/time-slicing.ts'
import { type KeyRow, otherLocations } from './key-rows.ts'
import { type ColumnId, columnIds } from './keys-view.ts'

type Value = string | number | boolean | readonly string[] | Readonly<Record<string, string>> | undefined

type Fields = Readonly<Record<string, Value>>

/** RFC 3339 in UTC. */
const time = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString())

const rotationOf = ({ rotation: { automatic, never, period, lastAt, nextAt } }: KmsKey): Fields => ({
  rotation: automatic ? 'automatic' : never === undefined ? 'manual' : 'never',
  rotationPeriodInDays: automatic && period ? periodLength(period) / DAY : undefined,
  lastRotated: time(lastAt),
  nextRotation: time(nextAt),
})

/** Each location has its own status. */
const statusIn = ({ copies }: KeyRow) =>
  Object.fromEntries(copies.map(({ key }) => [key.location, statusOf(key).group]))

/** What each column says, as one or several members. */
const fields: Readonly<Record<ColumnId, (row: KeyRow) => Fields>> = {
  name: ({ key }) => ({ name: key.name, slug: key.slug }),
  cloud: ({ key }) => ({ cloud: key.cloud }),
  location: (row) => ({ location: row.key.location, alsoIn: otherLocations(row) }),
  type: ({ key }) => ({ type: key.type, purpose: key.purpose }),
  status: (row) => ({
    status: statusOf(row.key).group,
    statusByLocation: statusIn(row),
    destroyedAt: time(row.key.destroyedAt),
  }),
  rotation: ({ key }) => rotationOf(key),
  lastRotated: ({ key }) => ({ lastRotated: time(key.rotation.lastAt) }),
  nextRotation: ({ key }) => ({ nextRotation: time(key.rotation.nextAt) }),
  version: ({ key }) => ({ latestVersion: key.latestVersion }),
  created: ({ key }) => ({ createdAt: time(key.createdAt) }),
  labels: ({ key }) => ({ labels: key.labels, marks: key.traits }),
}

const shownColumns = (hidden: ReadonlySet<ColumnId>) => columnIds.filter((id) => !hidden.has(id))

/** The id first: it alone tells keys of the same name apart. */
const recordOf = (row: KeyRow, columns: readonly ColumnId[]): Fields =>
  Object.assign({ id: row.key.id }, ...columns.map((column) => fields[column](row)))

function cell(value: Value): string | number | undefined {
  if (value === undefined || typeof value === 'number') return value
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.join(' ')
  return Object.entries(value)
    .map(([name, text]) => (text === '' ? name : `${name}=${text}`))
    .join(' ')
}

/** A head and one record a key; the parts of the file in order. */
export function* csvOf(rows: readonly KeyRow[], hidden: ReadonlySet<ColumnId>): Steps<string[]> {
  const columns = shownColumns(hidden)
  const parts: string[] = []
  yield* forEachInSteps(rows, (row, index) => {
    const record = recordOf(row, columns)
    if (index === 0) parts.push(csvHead(Object.keys(record)))
    parts.push(csvLine(Object.values(record).map(cell)))
  })
  return parts
}

/** A list of objects, one a line; what is not known is left out. */
export function* jsonOf(rows: readonly KeyRow[], hidden: ReadonlySet<ColumnId>): Steps<string[]> {
  const columns = shownColumns(hidden)
  const parts: string[] = ['[\n']
  yield* forEachInSteps(rows, (row, index) => {
    parts.push(`${JSON.stringify(recordOf(row, columns))}${index === rows.length - 1 ? '' : ','}\n`)
  })
  parts.push(']\n')
  return parts
}
