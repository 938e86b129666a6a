import type { KmsKey } from '../../clouds/model.ts'
import { formatDate } from '../../lib/dates.ts'
import { formatSpanInDays } from '../shared/format-time.ts'
import { firstDateAfterSaving, rotationDates } from './rotation-plan.ts'

interface NextDatesProps {
  keyOf: KmsKey
  /** Days; undefined while what is typed is no period. */
  period: number | undefined
  /** The settings differ from what is saved. */
  changed: boolean
  latestCreatedAt: number | undefined
  now: number
}

/** When the key would rotate with these settings. */
export function NextDates({ keyOf: key, period, changed, latestCreatedAt: latestMadeAt, now }: NextDatesProps) {
  if (period === undefined) return null
  const first = changed ? firstDateAfterSaving(key, period, latestMadeAt, now) : key.rotation.nextAt
  const waits = key.status === 'active' ? '' : ', if the key is active then'
  return (
    <div>
      <h3 className="mb-1.5 font-medium">
        Next four dates
        {changed && <span className="font-normal text-fg-subtle"> once saved{waits}</span>}
        {!changed && waits && <span className="font-normal text-fg-subtle">{waits}</span>}
      </h3>
      {first === undefined ? (
        <p className="text-fg-subtle">Unknown until the versions have been read.</p>
      ) : (
        <ol className="grid grid-cols-4 overflow-hidden rounded-md border border-line bg-sunken max-sm:grid-cols-2">
          {rotationDates(first, period, now).map((date, index) => (
            <li key={date} className="-mt-px -ml-px grid border-line border-t border-l px-2.5 py-1.5 leading-[18px]">
              <span className="font-mono text-xs tabular-nums">{formatDate(date)}</span>
              <span className="text-fg-subtle text-xs">
                {index === 0 && date <= now ? 'within the hour' : `in ${formatSpanInDays(date - now)}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
