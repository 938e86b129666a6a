import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { figureGroups } from './figures.ts'
import { figureClass, groupClass, groupHeadClass, summaryClass } from './StatusSummary.tsx'

const rows = (amount: number) => Array.from({ length: amount }, (_, place) => place)

/** Placeholder with the page's geometry while the first lists are read. */
export function OverviewSkeleton({ columns }: { columns: string }) {
  return (
    <div aria-busy="true" className="grid grid-cols-1 gap-4 pt-0.5">
      <section aria-label="Posture" className={summaryClass}>
        {figureGroups.map(({ filter, title, figures }) => (
          <div key={filter} className={groupClass}>
            <h2 className={groupHeadClass}>{title}</h2>
            <div className="flex max-sm:flex-wrap">
              {figures.map(({ value, label }) => (
                <div key={value} className={figureClass}>
                  <span className="figure">
                    <Skeleton width={28} height={18} />
                  </span>
                  <span className="truncate text-fg-muted text-xs">{label}</span>
                </div>
              ))}
            </div>
          </div>
        ))}
      </section>
      <div className={columns}>
        <Panel title="Waiting for you" flush>
          <ul>
            {rows(4).map((place) => (
              <li
                key={place}
                className="grid min-h-16 content-center gap-3 border-line border-b px-3.5 last:border-b-0"
              >
                <Skeleton width={210 - place * 14} />
                <Skeleton width={360 - place * 30} />
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Locations" flush>
          <ul className="my-1.5">
            {rows(10).map((place) => (
              <li key={place} className="flex h-7 items-center gap-4 px-3.5 max-[719px]:h-12">
                <Skeleton width={18} height={18} />
                <Skeleton width={64} />
                <Skeleton width={72} className="max-[719px]:hidden" />
                <Skeleton width={80} className="ml-auto" />
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <Panel title="Next twelve months" flush>
        <div className="h-[164px]" />
      </Panel>
    </div>
  )
}
