import { Check, X } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { operationRefusal } from '../../clouds/key-operations.ts'
import type { KeyGroup } from '../../clouds/replica-groups.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { type BulkAction, bulkActionItems, bulkActions, bulkTargets } from '../shared/key-actions/bulk-actions.ts'
import { openBulkConfirmation, useBulkState } from '../shared/key-actions/bulk-store.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import type { KeyRow } from './key-rows.ts'
import type { Selection } from './use-selection.ts'

interface SelectionBarProps {
  selection: Selection
  /** How many rows the search and the filters leave. */
  shown: number
}

/** Up to here reasons are looked for. */
const FEW = 2_000
/** Reasons that are told. */
const TOLD = 2

/** A row's key in each location that was read. */
const groupOf = ({ key, copies }: KeyRow): KeyGroup => [
  key,
  ...copies.filter((copy) => copy.key !== key).map((copy) => copy.key),
]

/** Why none of the keys can take it; undefined when one can, and where there are too many to look at each. */
function whyNone(rows: readonly KeyRow[], action: BulkAction): string | undefined {
  if (rows.length > FEW) return undefined
  const reasons = new Set<string>()
  for (const key of bulkTargets(action, rows.map(groupOf))) {
    const reason = operationRefusal(key, action)
    if (reason === undefined) return undefined
    reasons.add(reason)
  }
  const told = [...reasons].slice(0, TOLD).join(' ')
  return rows.length === 1 ? told : `Not possible for any of the ${formatNumber(rows.length)}: ${told}`
}

const hiddenWords = (hidden: number) =>
  `${formatNumber(hidden)} more ${hidden === 1 ? 'is' : 'are'} hidden and not changed`

/** Tells the list how much of it the bar covers, and lets nobody lose the focus with it. */
function useBar() {
  const bar = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = bar.current
    const page = element?.parentElement
    if (!element || !page) return
    const observer = new ResizeObserver(() => {
      const covers = getComputedStyle(element).position === 'sticky' ? element.offsetHeight : 0
      page.style.setProperty('--selection-bar', `${covers}px`)
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      page.style.removeProperty('--selection-bar')
      if (element.contains(document.activeElement)) page.focus({ preventScroll: true })
    }
  }, [])
  return bar
}

/** In the toolbar's place while rows are chosen: how many, and what can be done to them. */
export function SelectionBar({ selection: { rows, hidden, onAll, clear }, shown }: SelectionBarProps) {
  const bar = useBar()
  const running = useBulkState()?.kind === 'running'
  const all = rows.length === shown && shown > 0
  const whyNot = (action: BulkAction) => {
    if (running) return 'Another action on many keys is running.'
    if (rows.length === 0) return 'The search or a filter hides the selected keys.'
    return whyNone(rows, action)
  }
  const offered = bulkActions.map((action) => ({
    id: action,
    ...bulkActionItems[action],
    disabledReason: whyNot(action),
    run: () => openBulkConfirmation(action, bulkTargets(action, rows.map(groupOf)), clear),
  }))
  const selectAll = () => onAll(true)
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Actions for the selection"
      className="top-(--topbar) z-3 max-sm:top-[calc(var(--topbar)+45px)] -mx-(--gutter) flex min-h-14 flex-wrap items-center gap-2 bg-bg px-(--gutter) py-3 [@media(min-height:600px)]:sticky print:hidden"
    >
      <span className="flex items-center gap-2 pr-1 font-medium text-sm">
        <Checkbox checked={all} mixed={!all} onChange={() => onAll(!all)} aria-label="All keys that are shown" />
        <span className="tabular-nums">{formatNumber(rows.length)} selected</span>
        {all ? null : (
          <button type="button" className="link touch-target ml-1 font-normal" onClick={selectAll}>
            Select all {formatNumber(shown)}
          </button>
        )}
      </span>
      {hidden > 0 ? <span className="text-fg-muted text-sm">{hiddenWords(hidden)}</span> : null}
      <span aria-hidden="true" className="mx-1 h-5 w-px bg-line-strong max-sm:hidden" />
      {/* One line that scrolls sideways where they would fill half of a narrow window. */}
      <div className="flex flex-wrap gap-2 max-sm:fade-scroll max-sm:-mx-4 max-sm:order-last max-sm:w-[calc(100%+32px)] max-sm:flex-nowrap max-sm:px-4 max-sm:py-0.5 max-sm:[&>*]:shrink-0">
        {offered.map(({ id, label, icon, disabledReason, run }) => (
          <Button
            key={id}
            icon={icon}
            variant={id === 'scheduleDeletion' ? 'dangerQuiet' : 'secondary'}
            disabledReason={disabledReason}
            onClick={run}
          >
            {label}
          </Button>
        ))}
      </div>
      <Button variant="ghost" aria-keyshortcuts="Escape" onClick={clear} className="ml-auto" kbd="Esc">
        Clear
      </Button>
      <PageCommands
        level="selection"
        title={`On ${count(rows.length, 'selected key')}`}
        commands={[
          ...offered,
          ...(all ? [] : [{ label: `Select all ${formatNumber(shown)}`, icon: Check, run: selectAll }]),
          { label: 'Clear selection', icon: X, run: clear },
        ]}
      />
    </div>
  )
}
