import { Link } from 'react-router'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { KeyLink } from '../shared/KeyLink.tsx'
import { useLinks } from '../use-project.ts'
import { formatDayMonth } from './labels.ts'
import { Diamond } from './legend.tsx'
import type { DeletionDay, Timeline } from './timeline.ts'

const markerClass = 'absolute top-0.5 -ml-3 grid size-6 place-items-center rounded-xs'

function KeyMarker({ kmsKey, at, left }: { kmsKey: KmsKey; at: number; left: number }) {
  const label = `${kmsKey.name} is destroyed on ${formatDayMonth(at)}`
  return (
    <KeyLink
      to={addressOf(kmsKey)}
      aria-label={label}
      title={label}
      className={markerClass}
      style={{ left: `${left}%` }}
    >
      <Diamond />
    </KeyLink>
  )
}

function DeletionMarker({ day: { at, left, keys } }: { day: DeletionDay }) {
  const links = useLinks()
  const [first] = keys
  if (first && keys.length === 1) return <KeyMarker kmsKey={first} at={at} left={left} />
  const label = `${count(keys.length, 'key')} are destroyed on ${formatDayMonth(at)}`
  return (
    <Link
      to={links.keys({ status: 'pending' })}
      aria-label={label}
      title={label}
      className={markerClass}
      style={{ left: `${left}%` }}
    >
      <Diamond />
    </Link>
  )
}

function Name({ kmsKey, at }: { kmsKey: KmsKey; at: number }) {
  return (
    <KeyLink to={addressOf(kmsKey)} className="hover:underline">
      <b className="font-medium text-fg">{kmsKey.name}</b> {formatDayMonth(at)}
    </KeyLink>
  )
}

/** Key names shown beside the markers. */
const NAMED = 3
/** Rightmost start of the names, in percent of the scale. */
const RIGHTMOST = 60

/** Marker for each day on which keys are destroyed, and the names of the first keys. */
export function DeletionMarkers({ timeline: { deletionDays, deletions, soon } }: { timeline: Timeline }) {
  const links = useLinks()
  const named = deletionDays.flatMap(({ at, keys }) => keys.slice(0, NAMED).map((key) => ({ at, key }))).slice(0, NAMED)
  const after = Math.min(RIGHTMOST, Math.max(soon, deletionDays.at(-1)?.left ?? 0))
  return (
    <div className="relative h-[30px]">
      <ul aria-label="Deletions">
        {deletionDays.map((day) => (
          <li key={day.at}>
            <DeletionMarker day={day} />
          </li>
        ))}
      </ul>
      <span
        className="absolute top-[5px] flex gap-3.5 whitespace-nowrap pl-3.5 text-fg-muted text-xs leading-5"
        style={{ left: `${after}%` }}
      >
        {named.map(({ at, key }) => (
          <Name key={`${key.cloud} ${key.id}`} kmsKey={key} at={at} />
        ))}
        {deletions > named.length ? (
          <Link to={links.keys({ status: 'pending' })} className="hover:underline">
            and {formatNumber(deletions - named.length)} more
          </Link>
        ) : null}
      </span>
    </div>
  )
}
