import { RefreshCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { KeyStatus } from '../shared/KeyStatus.tsx'
import { formatFailure, formatProgress, type ReplicationState } from './replicas.ts'
import type { KeyAtLocation, ReplicaRow } from './use-replicas.ts'

interface ReplicaListProps {
  rows: readonly ReplicaRow[]
  /** Revision of the primary, which replicas apply. */
  revision: number | undefined
  /** Key of the page, in one of the locations. */
  kmsKey: KmsKey
  cities: ReadonlyMap<string, string | undefined>
  now: number
}

const stateLooks: Readonly<Record<ReplicationState, ReactNode>> = {
  primary: <span>Primary</span>,
  current: <StatusDot>Current</StatusDot>,
  behind: (
    <Badge tone="info" icon={RefreshCw}>
      Catching up
    </Badge>
  ),
  failing: (
    <Badge tone="danger" icon={TriangleAlert}>
      Failing
    </Badge>
  ),
  unknown: <StatusDot state="unknown">Unknown</StatusDot>,
}

function ProgressCell({ row, revision, now }: { row: ReplicaRow; revision: number | undefined; now: number }) {
  const failure = formatFailure(row, now)
  return (
    <div className="grid justify-items-start gap-0.5">
      {stateLooks[row.replication]}
      <span className="text-fg-muted text-xs tabular-nums">{formatProgress(row, revision)}</span>
      {failure === undefined ? null : (
        <span className="max-w-(--measure) text-fg-muted text-xs [overflow-wrap:anywhere]">{failure}</span>
      )}
    </div>
  )
}

function LocalStatus({ read, replication, now }: { read: KeyAtLocation; replication: ReplicationState; now: number }) {
  switch (read.kind) {
    case 'reading':
      return <Skeleton width={60} />
    case 'missing':
      return <span className="text-fg-subtle">{replication === 'failing' ? 'Not there' : 'Not there yet'}</span>
    case 'failed':
      return (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-fg-muted" title={detailsOf(read.error).message}>
            Could not be read
          </span>
          <Button size="sm" variant="ghost" onClick={read.retry}>
            Retry
          </Button>
        </span>
      )
    case 'key':
      return <KeyStatus kmsKey={read.key} now={now} />
  }
}

interface ZoneProps {
  row: ReplicaRow
  kmsKey: KmsKey
  city: string | undefined
}

/** Zone; a link to the key there once it exists. */
function ZoneCell({ row: { location, read }, kmsKey: { cloud, id, location: here }, city }: ZoneProps) {
  const readable = read.kind === 'key' && location !== here
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
        {location === here && <Badge tone="accent">This page</Badge>}
      </span>
      <span className="text-fg-subtle text-xs">{city}</span>
    </div>
  )
}

/** Locations of the key with replication progress and the key's status there. */
export function ReplicaList({ rows, revision, kmsKey, cities, now }: ReplicaListProps) {
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
              <ZoneCell row={row} kmsKey={kmsKey} city={cities.get(row.location)} />
            </td>
            <td className={cell}>
              <ProgressCell row={row} revision={revision} now={now} />
            </td>
            <td className={`${cell} w-40 max-sm:w-24`}>
              <LocalStatus read={row.read} replication={row.replication} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
