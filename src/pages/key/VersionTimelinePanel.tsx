import { ScrollArea } from '@base-ui/react/scroll-area'
import { useLayoutEffect, useRef } from 'react'
import { hasUnknownStatus, isDisabled, isPendingDeletion } from '../../clouds/key-status.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import { formatDate, formatSpanInSentence } from '../../lib/dates.ts'
import { cx } from '../../ui/classes.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { LAST_DATE, plannedDates, type Segment, type TimelineDate, versionTimeline } from './rotation-plan.ts'

interface VersionTimelinePanelProps {
  kmsKey: KmsKey
  versions: readonly KeyVersion[] | undefined
  now: number
}

function summary(key: KmsKey, now: number): string {
  const { latestVersion: latest, rotation } = key
  if (isPendingDeletion(key)) return 'Rotation is stopped while deletion is pending'
  if (!rotation.automatic) return 'Automatic rotation is off'
  if (isDisabled(key) && !hasUnknownStatus(key)) return 'Automatic rotation is stopped while the key is disabled'
  const next = plannedDates(key, now)[0]
  if (next === undefined) return 'The date of the next rotation is unknown'
  if (next <= now) return `Version ${latest + 1} is due within the hour`
  return `Version ${latest + 1} follows in ${formatSpanInSentence(now, next)}, on ${formatDate(next)}`
}

/** Scrolls a scale that is wider than its panel so that today is in the middle. */
function useTodayInView(ready: boolean) {
  const view = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const today = ready && view.current?.querySelector<HTMLElement>('[data-today]')
    if (today && view.current) view.current.scrollLeft = today.offsetLeft - view.current.clientWidth / 2
  }, [ready])
  return view
}

/** Latest versions, today, and planned rotations on one time scale. */
export function VersionTimelinePanel({ kmsKey: key, versions, now }: VersionTimelinePanelProps) {
  const description = summary(key, now)
  const view = useTodayInView(versions !== undefined)
  return (
    <Panel title="Timeline" sub={description} flush>
      <ScrollArea.Root>
        <ScrollArea.Viewport ref={view} className="outline-offset-[-2px]">
          <div className="min-w-[860px] px-3.5 pt-[30px] pb-3">
            {versions ? (
              <TimelineScale kmsKey={key} versions={versions} now={now} label={description} />
            ) : (
              <div aria-busy="true" className="h-[50px]">
                <Skeleton width="100%" height={28} />
              </div>
            )}
          </div>
        </ScrollArea.Viewport>
      </ScrollArea.Root>
    </Panel>
  )
}

const bars: Record<Segment['kind'], string> = {
  past: 'leading-7 border-l-2 border-transparent bg-active bg-clip-padding text-fg-muted forced-colors:border',
  current:
    'leading-7 border-l-2 border-transparent bg-chart-strong bg-clip-padding text-accent-ink forced-color-adjust-none',
  rest: 'leading-7 bg-accent-border text-fg forced-colors:border forced-colors:bg-[Canvas]',
  doomed: 'leading-[26px] border border-danger-border border-l-0 bg-danger-bg text-danger-fg',
  planned: 'ml-0.5 leading-[26px] border border-control border-dashed text-fg-subtle',
}

function Bar({ kind, version, left, width, labelled, cutOff: open }: Segment) {
  return (
    <span
      className={cx(
        'absolute inset-y-0 min-w-0.5 overflow-hidden whitespace-nowrap rounded-[2px] font-medium text-xs tabular-nums',
        labelled && 'pl-2',
        bars[kind],
        open && 'rounded-r-none border-r-0',
      )}
      style={{ left: `${left}%`, width: kind === 'planned' ? `calc(${width}% - 2px)` : `${width}%` }}
    >
      {labelled && `v${version}`}
    </span>
  )
}

function DateLabel({ at, left, next }: TimelineDate) {
  return (
    <span
      className={cx('absolute top-1.5 whitespace-nowrap pl-0.5', next && 'font-semibold text-accent-fg')}
      style={left > LAST_DATE ? { right: 0 } : { left: `${left}%` }}
    >
      {formatDate(at)}
    </span>
  )
}

function TimelineScale({ kmsKey: key, versions, now, label }: Required<VersionTimelinePanelProps> & { label: string }) {
  const { segments, dates: marks, today, deleted: end } = versionTimeline(key, versions ?? [], now)
  return (
    <div role="img" aria-label={label}>
      <div className="relative h-7">
        {segments.map((segment) => (
          <Bar key={`${segment.kind} ${segment.version}`} {...segment} />
        ))}
        {end !== undefined && key.destroyedAt !== undefined && (
          <>
            <span className="-inset-y-1 absolute w-0.5 rounded-[1px] bg-danger-mark" style={{ left: `${end}%` }} />
            <span
              className="absolute whitespace-nowrap pl-3 text-danger-fg text-xs leading-7"
              style={{ left: `${end}%` }}
            >
              Deletes on {formatDate(key.destroyedAt)}
            </span>
          </>
        )}
        <span
          data-today
          className="-top-2 -bottom-1 -ml-px absolute w-0.5 rounded-[1px] bg-fg forced-colors:bg-[CanvasText]"
          style={{ left: `${today}%` }}
        >
          <span
            className={cx(
              'absolute bottom-full left-1/2 font-semibold text-2xs leading-4',
              today < 3 ? '-translate-x-px' : '-translate-x-1/2',
            )}
          >
            Today
          </span>
        </span>
      </div>
      <div className="relative h-[22px] text-2xs text-fg-subtle tabular-nums">
        {marks.map((mark) => (
          <DateLabel key={`${mark.at} ${mark.left}`} {...mark} />
        ))}
      </div>
    </div>
  )
}
