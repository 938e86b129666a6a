import { type ReactNode, Suspense } from 'react'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import type { FilterGroup } from '../../../ui/filter.ts'
import { FilterRow, FilterSheetButton, ListToolbar } from '../../../ui/ListToolbar.tsx'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import type { SortProps } from '../../../ui/sort.ts'
import { isFiltered } from './list-view.ts'
import { OneFilterMenu } from './OneFilterMenu.tsx'

const FilterMenus = lazyComponent(() => import('./FilterMenus.tsx').then(({ FilterMenus }) => FilterMenus), {
  fallback: ({ groups }) => placeholders(groups.map(({ label }) => label)),
})
const ListFilterSheet = lazyComponent(() =>
  import('./ListFilterSheet.tsx').then(({ ListFilterSheet }) => ListFilterSheet<string>),
)

export type ListFilterGroup = FilterGroup<string>

/** What the controls and the body of a list share. */
export interface ListSummary {
  /** Singular of what is listed: `key`. */
  readonly noun: string
  readonly search: string
  /** Labels of the filters that are set. */
  readonly active: readonly string[]
  /** Number of rows that search and filters leave, and of all rows. */
  readonly shown: number
  readonly total: number
  readonly onClear: () => void
}

interface ListControlsProps extends ListSummary {
  /** Label, placeholder and width of the search field. */
  readonly searchField: { readonly label: string; readonly placeholder: string; readonly className?: string }
  readonly onSearch: (text: string) => void
  readonly narrow: boolean
  /** Filters that have options; undefined while these are counted for the first time. */
  readonly groups: readonly ListFilterGroup[] | undefined
  /** There are too many filters for a row: all stand behind one button. */
  readonly oneMenu?: boolean
  /** Order, offered on the sheet. */
  readonly sort?: SortProps<string>
  /** Settings that are no filters, in the row and on the sheet. */
  readonly settings?: { readonly inRow: ReactNode; readonly onSheet: ReactNode }
  readonly refreshing: boolean
  readonly onRefresh: () => void
  readonly end?: ReactNode
}

/** Buttons of the filters' shape while their menus are loaded or their options counted. */
const placeholders = (labels: readonly string[]) =>
  labels.map((label) => (
    <span
      key={label}
      aria-hidden="true"
      className="inline-flex h-(--control-md) items-center rounded-md border border-line-strong pr-6 pl-2.5 font-medium text-fg-muted text-sm"
    >
      {label}
    </span>
  ))

/** `12 keys`, or `3 of 12 keys` where search or filters hide some. */
export const formatResults = ({ noun, search, active, shown, total }: ListSummary): string =>
  isFiltered(search, active) ? `${formatNumber(shown)} of ${count(total, noun)}` : count(shown, noun)

/** Search, filters and actions of a list: filters stand in a row, or on a sheet on narrow screens. */
export function ListControls(props: ListControlsProps) {
  const { noun, search, active, shown, total, onClear, searchField, onSearch, narrow, groups, settings, end } = props
  const { oneMenu = false } = props
  const menus = () => {
    if (groups === undefined) return placeholders(oneMenu ? ['Filters'] : [])
    if (groups.length === 0) return null
    if (oneMenu) return <OneFilterMenu groups={groups} />
    return (
      <Suspense fallback={placeholders(groups.map(({ label }) => label))}>
        <FilterMenus groups={groups} />
      </Suspense>
    )
  }
  const filters = () => {
    if (narrow)
      return (
        <FilterSheetButton set={active.length} preload={ListFilterSheet.preload}>
          {(close) => (
            <ListFilterSheet
              groups={groups ?? []}
              sort={props.sort}
              shown={count(shown, noun)}
              onClear={onClear}
              onClose={close}
            >
              {settings?.onSheet}
            </ListFilterSheet>
          )}
        </FilterSheetButton>
      )
    const content = menus()
    // One filter alone is no group.
    return groups && groups.length < 2 && !settings ? (
      content
    ) : (
      <FilterRow oneLine={oneMenu}>
        {content}
        {settings?.inRow}
        {oneMenu && isFiltered(search, active) ? (
          <Button variant="ghost" onClick={onClear}>
            Clear filters
          </Button>
        ) : null}
      </FilterRow>
    )
  }
  return (
    <ListToolbar
      search={{ ...searchField, value: search, onChange: onSearch }}
      narrowed={isFiltered(search, active) && !(oneMenu && !narrow)}
      shown={oneMenu ? undefined : shown}
      total={total}
      onClear={onClear}
      refreshing={props.refreshing}
      onRefresh={props.onRefresh}
      end={end}
    >
      {filters()}
    </ListToolbar>
  )
}
