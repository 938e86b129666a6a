/** What an event looks like in the list, shared by the table's rows and the cards. */

import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { SYSTEM } from '../../../clouds/audit-activity.ts'
import { addressOf } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatLogTime } from '../../../lib/dates.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { CloudMark } from '../CloudMark.tsx'
import { KeyLink } from '../KeyLink.tsx'
import { type ActivityRow, CONSOLE } from './rows.ts'

export interface RowState {
  readonly row: ActivityRow
  readonly open: boolean
  readonly onToggle: (id: string) => void
}

const detailsId = ({ id }: ActivityRow) => `details-${id.replaceAll(' ', '-')}`

export function Toggle({ row, open, onToggle }: RowState) {
  return (
    <button
      type="button"
      aria-label={`Details of ${row.action}, ${formatLogTime(row.at)}`}
      aria-expanded={open}
      aria-controls={open ? detailsId(row) : undefined}
      onClick={() => onToggle(row.id)}
      className="touch-target inline-grid size-7 place-items-center rounded-md text-fg-muted hover:bg-active hover:text-fg"
    >
      <Icon of={open ? ChevronDown : ChevronRight} size={14} />
    </button>
  )
}

/** Names are written in full, on several lines where they are long, and each in its own direction of writing. */
const wrapped = 'whitespace-normal [overflow-wrap:anywhere]'

const none = <span className="text-fg-subtle">–</span>

/** The key's name as a link where a list has the key; else what the event calls it. */
export function KeyCell({ row: { kmsKey, key, keyName }, reading }: { row: ActivityRow; reading: boolean }) {
  if (kmsKey)
    return (
      <KeyLink
        to={addressOf(kmsKey)}
        className={cx('font-medium decoration-control underline-offset-3 hover:underline', wrapped)}
      >
        <bdi>{kmsKey.name}</bdi>
      </KeyLink>
    )
  if (key === undefined && keyName === undefined) return none
  if (reading && keyName === undefined) return <Skeleton width={120} />
  return <span className={cx('mono text-fg-muted', wrapped)}>{keyName ?? key}</span>
}

export function LocationCell({ row: { cloud, location } }: { row: ActivityRow }) {
  if (cloud === undefined) return none
  return (
    <span className="flex min-w-0 items-center gap-2">
      <CloudMark cloud={cloud} />
      <span className="max-[1400px]:sr-only print:not-sr-only">{cloudOf(cloud).name}</span>
      {location === undefined ? null : <span className="mono truncate text-fg-muted">{location}</span>}
    </span>
  )
}

/** The log's own word for an action; for what only the console's log has, whose log it is. */
export const wordOf = ({ rawAction, consoleOnly }: ActivityRow): string => (consoleOnly ? CONSOLE : rawAction)

export function PersonCell({ row: { person, personName } }: { row: ActivityRow }) {
  if (person === undefined) return none
  return (
    <bdi title={person} className={cx(wrapped, 'font-medium')}>
      {personName}
    </bdi>
  )
}

export function ActorCell({ row: { actor, actorName, consoleOnly } }: { row: ActivityRow }) {
  if (actor === undefined) return consoleOnly ? none : <span className="text-fg-subtle">Unknown</span>
  return (
    <bdi title={actor} className={cx(wrapped, actor === SYSTEM && 'text-fg-muted')}>
      {actorName ?? actor}
    </bdi>
  )
}

/** What went well is quiet, a failure has a fill and its status. */
export function ResultCell({ row: { result, status, refused } }: { row: ActivityRow }) {
  if (refused) return <Badge tone="danger">Refused</Badge>
  if (result === 'ok') return <StatusDot>OK</StatusDot>
  if (result === 'unknown') return <StatusDot state="unknown">Unknown</StatusDot>
  return <Badge tone="danger">{status === undefined ? 'Failed' : `Failed, ${status}`}</Badge>
}

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
  /** Further ones, before them. */
  children?: ReactNode
}

/** Facts beside the event, as the log has them. */
export const Details = ({ row, children }: DetailsProps) => (
  <dl id={detailsId(row)} className="grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-x-8 py-2">
    {children}
    {row.details.map(([name, value]) => (
      <Detail key={`${name} ${value}`} name={name}>
        <span className={cx('mono', wrapped)}>{value}</span>
      </Detail>
    ))}
  </dl>
)
