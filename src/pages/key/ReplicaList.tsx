import { RefreshCw, TriangleAlert } from 'lucide-react'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { KeyLink } from '../parts/KeyLink.tsx'
import { KeyStatus } from '../parts/KeyStatus.tsx'
import { failureWords, progressWords, type Standing } from './replicas.ts'
import type { PlaceRow, There } from './use-replicas.ts'

interface ReplicaListProps {
  rows: readonly PlaceRow[]
  /** The primary's; what the others have applied is measured by it. */
  revision: number | undefined
  /** The key of the page, in one of the places. */
  keyOf: KmsKey
  cities: ReadonlyMap<string, string | undefined>
  now: number
}

function State({ standing }: { standing: Standing }) {
  switch (standing) {
    case 'primary':
      return <span>Decides for the others</span>
    case 'current':
      return <StatusDot>Current</StatusDot>
    case 'behind':
      return (
        <Badge tone="info" icon={RefreshCw}>
          Catching up
        </Badge>
      )
    case 'failing':
      return (
        <Badge tone="danger" icon={TriangleAlert}>
          Failing
        </Badge>
      )
    case 'unknown':
      return <StatusDot state="unknown">Unknown</StatusDot>
  }
}

function Progress({ row, revision, now }: { row: PlaceRow; revision: number | undefined; now: number }) {
  const failure = failureWords(row, now)
  return (
    <div className="grid justify-items-start gap-0.5">
      <State standing={row.standing} />
      <span className="text-fg-muted text-xs tabular-nums">{progressWords(row, revision)}</span>
      {failure === undefined ? null : (
        <span className="max-w-(--measure) text-fg-muted text-xs [overflow-wrap:anywhere]">{failure}</span>
      )}
    </div>
  )
}

function StatusThere({ there, standing, now }: { there: There; standing: Standing; now: number }) {
  switch (there.kind) {
    case 'reading':
      return <Skeleton width={60} />
    case 'missing':
      return <span className="text-fg-subtle">{standing === 'failing' ? 'Not there' : 'Not there yet'}</span>
    case 'failed':
      return (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-fg-muted" title={detailsOf(there.error).message}>
            Could not be read
          </span>
          <Button size="sm" variant="ghost" onClick={there.retry}>
            Retry
          </Button>
        </span>
      )
    case 'key':
      return <KeyStatus keyOf={there.key} now={now} />
  }
}

interface ZoneProps {
  row: PlaceRow
  keyOf: KmsKey
  city: string | undefined
}

/** The zone, a link to the key there once it is there. */
function Zone({ row: { location, standing, there }, keyOf: { cloud, id, location: here }, city }: ZoneProps) {
  const readable = there.kind === 'key' && location !== here
  return (
    <div className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        {readable ? (
          <KeyLink className="link mono" to={{ cloud, location, key: id }} tab="replicas">
            {location}
          </KeyLink>
        ) : (
          <span className="mono">{location}</span>
        )}
        {standing === 'primary' && <Badge>Primary</Badge>}
        {location === here && <Badge tone="accent">This page</Badge>}
      </span>
      <span className="text-fg-subtle text-xs">{city}</span>
    </div>
  )
}

/** Every place that has the key: how far it is, and the key's own status there. */
export function ReplicaList({ rows, revision, keyOf, cities, now }: ReplicaListProps) {
  const cell = 'h-auto! py-2.5 align-top whitespace-normal!'
  return (
    <table
      aria-label="Zones of this key"
      className="data-table plain max-sm:[&_td]:w-auto [&_tbody_tr:last-child_td]:border-b-0"
    >
      <thead>
        <tr>
          <th scope="col">Zone</th>
          <th scope="col">Replication</th>
          <th scope="col">Status there</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.location}>
            <td className={`${cell} w-68 max-sm:w-28`}>
              <Zone row={row} keyOf={keyOf} city={cities.get(row.location)} />
            </td>
            <td className={cell}>
              <Progress row={row} revision={revision} now={now} />
            </td>
            <td className={`${cell} w-40 max-sm:w-24`}>
              <StatusThere there={row.there} standing={row.standing} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
