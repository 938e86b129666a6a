/** What an event looks like in the list, shared by the table's rows and the cards. */

import { ChevronDown, ChevronRight, Monitor } from 'lucide-react'
import type { ReactNode } from 'react'
import { addressOf } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { CloudMark } from '../CloudMark.tsx'
import { KeyLink } from '../KeyLink.tsx'
import { type ActivityRow, sourceLabels } from './rows.ts'
import { formatTimestamp } from './timestamps.ts'

export interface RowState {
  readonly row: ActivityRow
  readonly open: boolean
  readonly onToggle: (id: string) => void
  /** The id of the details' element. */
  readonly detailsId: string
}

export function Toggle({ row, open, onToggle, detailsId }: RowState) {
  return (
    <button
      type="button"
      aria-label={`Details of ${row.action}, ${formatTimestamp(row.at)}`}
      aria-expanded={open}
      aria-controls={open ? detailsId : undefined}
      onClick={() => onToggle(row.id)}
      className="touch-target inline-grid size-7 place-items-center rounded-md text-fg-muted hover:bg-active hover:text-fg"
    >
      <Icon of={open ? ChevronDown : ChevronRight} size={14} />
    </button>
  )
}

/** The key's name as a link where a list has the key; else what the event calls it. */
export function KeyCell({ row: { kmsKey, key } }: { row: ActivityRow }) {
  if (kmsKey)
    return (
      <KeyLink
        to={addressOf(kmsKey)}
        title={kmsKey.name}
        className="truncate font-medium decoration-control underline-offset-3 hover:underline"
      >
        {kmsKey.name}
      </KeyLink>
    )
  if (key === undefined) return <span className="text-fg-subtle">–</span>
  return (
    <span title={key} className="mono truncate text-fg-muted">
      {key}
    </span>
  )
}

export const LocationCell = ({ row: { cloud, location } }: { row: ActivityRow }) => (
  <span className="flex min-w-0 items-center gap-2">
    <CloudMark cloud={cloud} />
    <span className="max-[1400px]:sr-only">{cloudOf(cloud).name}</span>
    {location === undefined ? null : <span className="mono truncate text-fg-muted">{location}</span>}
  </span>
)

export function ActorCell({ row: { actor, actorName } }: { row: ActivityRow }) {
  if (actor === undefined) return <span className="text-fg-subtle">Nobody</span>
  return (
    <span title={actor} className="block truncate">
      {actorName ?? actor}
    </span>
  )
}

/** What went well is quiet, a failure has a fill and its status. */
export function ResultCell({ row: { result, status, source } }: { row: ActivityRow }) {
  if (result === 'ok') return <StatusDot>OK</StatusDot>
  if (result === 'unknown') return <StatusDot state="unknown">Unknown</StatusDot>
  const answer = status ?? (source === 'visit' ? 'no answer' : undefined)
  return <Badge tone="danger">{answer === undefined ? 'Failed' : `Failed, ${answer}`}</Badge>
}

export const SourceCell = ({ row: { source } }: { row: ActivityRow }) => (
  <span className={cx('inline-flex items-center gap-1.5', source === 'audit' && 'text-fg-muted')}>
    {source === 'visit' ? <Icon of={Monitor} size={14} className="text-accent-fg" /> : null}
    {sourceLabels[source]}
  </span>
)

interface DetailProps {
  name: string
  className?: string | undefined
  children: ReactNode
}

export const Detail = ({ name, className, children }: DetailProps) => (
  <div className={cx('grid grid-cols-[120px_minmax(0,1fr)] gap-2 py-1', className)}>
    <dt className="text-fg-subtle">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
)

interface DetailsProps {
  row: ActivityRow
  id: string
  /** Further ones, before them. */
  children?: ReactNode
}

/** Facts beside the event, as the log or the request has them. */
export const Details = ({ row: { details: facts }, id, children }: DetailsProps) => (
  <dl id={id} className="grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-x-8 py-2">
    {children}
    {facts.map(([name, value]) => (
      <Detail key={name} name={name}>
        <span className="mono whitespace-normal [overflow-wrap:anywhere]">{value}</span>
      </Detail>
    ))}
  </dl>
)
