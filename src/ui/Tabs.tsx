import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { cx, tabClass, tabLineClass } from './classes.ts'

export interface TabItem<V extends string> {
  value: V
  label: ReactNode
  /** Count after the label. */
  count?: number | string | undefined
}

interface TabsProps<V extends string> {
  /** Accessible name of the tab list. */
  label: string
  tabs: readonly TabItem<V>[]
  value: V
  onChange: (value: V) => void
  /** Panel of the current tab. */
  children: ReactNode
  /** Content at the right end of the tab list. */
  end?: ReactNode
  className?: string
  panelClassName?: string
}

/** Width of a faded end of the tab list in px, see `fade-scroll`. */
const FADED = 28

/** Scrolls the tab list, not the page, until the tab is clear of the faded ends. */
function showTab(tab: HTMLElement | null) {
  const list = tab?.parentElement
  if (!tab || !list) return
  const start = tab.offsetLeft - FADED
  const end = tab.offsetLeft + tab.offsetWidth + FADED - list.clientWidth
  if (list.scrollLeft > start) list.scrollLeft = start
  else if (list.scrollLeft < end) list.scrollLeft = end
}

/** Tabs with manual activation: arrow keys move, Enter or Space selects, because a tab may load data. */
export function Tabs<V extends string>(props: TabsProps<V>) {
  const { label, tabs, value, onChange, children, end, className, panelClassName } = props
  return (
    <Base.Root value={value} onValueChange={(next: V) => onChange(next)} className={cx('min-w-0', className)}>
      <div className="flex items-center border-line border-b max-sm:-mx-(--gutter)">
        <Base.List
          aria-label={label}
          className="fade-scroll relative -mb-px -ml-1 flex min-w-0 flex-1 gap-5 px-1 pb-px max-sm:ml-0 max-sm:px-(--gutter)"
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              ref={tab.value === value ? showTab : undefined}
              value={tab.value}
              className={cx(tabClass, 'h-9 max-sm:h-11')}
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="font-normal text-fg-subtle text-xs tabular-nums">{tab.count}</span>
              )}
              <span aria-hidden className={tabLineClass} />
            </Base.Tab>
          ))}
        </Base.List>
        {end && <div className="flex shrink-0 items-center gap-2 pl-4 max-sm:pr-(--gutter)">{end}</div>}
      </div>
      <Base.Panel key={value} value={value} className={cx('outline-offset-4', panelClassName)}>
        {children}
      </Base.Panel>
    </Base.Root>
  )
}
