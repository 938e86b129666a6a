import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, Search } from 'lucide-react'
import { cx } from './classes.ts'
import type { FilterGroup, FilterOption } from './filter.ts'
import { Icon } from './Icon.tsx'

interface FilterListProps<V extends string> {
  id: string
  label: string
  groups: readonly FilterGroup<V>[]
  /** Button that anchors the list and gets the focus back. */
  anchor: HTMLElement
  onClose: () => void
}

interface Item<V extends string> {
  readonly key: string
  readonly group: FilterGroup<V>
  readonly option: FilterOption<V>
}

// More rows are slow to render and nobody reads them; the search covers all options.
const SHOWN = 100

/** Options of a group under its name; those with a section under name and section. */
const sectionsOf = <V extends string>(group: FilterGroup<V>) =>
  [...Map.groupBy(group.options, ({ section = '' }) => section)].map(([section, options]) => {
    const heading = `${group.label} ${section}`.trim()
    return {
      value: heading,
      items: options.map((option): Item<V> => ({ key: `${group.label} ${option.value}`, group, option })),
    }
  })

/** The open list of several filters, or of a long one, with a search field. Several options can be chosen. */
export function FilterList<V extends string>({ id, label, groups, anchor, onClose }: FilterListProps<V>) {
  const sections = groups.flatMap(sectionsOf)
  const all = sections.flatMap(({ items }) => items)
  const chosen = all.filter(({ group, option }) => group.chosen.includes(option.value))
  const choose = (next: readonly Item<V>[]) => {
    for (const { label: name, chosen: before, onChange } of groups) {
      const values = next.filter(({ group }) => group.label === name).map(({ option }) => option.value)
      if (values.length !== before.length) onChange(values)
    }
  }
  return (
    <Base.Root
      open
      onOpenChange={(open, { reason, event, cancel }) => {
        if (open) return
        // The button closes the list itself; its click would otherwise open it again.
        if (reason === 'outside-press' && event.target instanceof Node && anchor.contains(event.target)) cancel()
        else onClose()
      }}
      multiple
      items={sections}
      value={chosen}
      onValueChange={choose}
      itemToStringLabel={({ option }: Item<V>) => option.label}
      isItemEqualToValue={(a: Item<V>, b: Item<V>) => a.key === b.key}
      filter={matches}
      limit={SHOWN}
      autoHighlight
    >
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          sideOffset={4}
          align="start"
          collisionPadding={8}
          className="z-40 outline-none"
        >
          <Base.Popup
            id={id}
            aria-label={label}
            finalFocus={() => anchor}
            className="flex max-h-[min(32rem,var(--available-height))] w-[min(20rem,var(--available-width))] flex-col overflow-hidden rounded-lg border border-line-strong bg-raised shadow-pop outline-none"
          >
            <div className="flex h-10 shrink-0 items-center gap-2 border-line border-b px-3">
              <Icon of={Search} />
              <Base.Input
                aria-label={`${label}: find`}
                placeholder="Find a filter"
                className="h-full min-w-0 flex-1 bg-transparent text-sm outline-none max-sm:text-touch"
              />
            </div>
            <Base.Empty>
              <div className="px-4 py-5 text-center text-fg-muted">No filter matches.</div>
            </Base.Empty>
            <Base.List className="min-h-0 flex-1 scroll-py-2 overflow-y-auto pb-1.5 outline-none data-empty:pb-0">
              {(section: (typeof sections)[number]) => (
                <Base.Group key={section.value} items={section.items}>
                  <Base.GroupLabel className="px-3 pt-2 pb-0.5 font-medium text-fg-subtle text-xs">
                    {section.value}
                  </Base.GroupLabel>
                  <Base.Collection>{(item: Item<V>) => <Row key={item.key} item={item} />}</Base.Collection>
                </Base.Group>
              )}
            </Base.List>
            {all.length > SHOWN ? (
              <p className="shrink-0 border-line border-t px-3 py-1.5 text-fg-subtle text-xs">
                The list shows {SHOWN} at a time. Type to find others.
              </p>
            ) : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Row<V extends string>({ item }: { item: Item<V> }) {
  const { group, option } = item
  const { label, shortLabel = label, count, icon, mono, disabledReason } = option
  const off = disabledReason !== undefined && !group.chosen.includes(option.value)
  return (
    <Base.Item
      value={item}
      disabled={off}
      className={cx(
        'group mx-1 flex min-h-7 cursor-default select-none items-center gap-2 rounded-md px-2 text-sm outline-none data-highlighted:bg-menu-hover data-highlighted:forced-highlight',
        off && 'text-fg-disabled',
      )}
    >
      <span className="grid size-4 shrink-0 place-items-center rounded-xs border border-control bg-surface group-data-selected:border-accent group-data-selected:bg-accent">
        <Base.ItemIndicator className="text-accent-ink">
          <Check size={12} strokeWidth={2.5} aria-hidden />
        </Base.ItemIndicator>
      </span>
      {icon}
      <span className="min-w-0 flex-1">
        <span className={cx('block truncate', mono && 'mono')} title={label}>
          {shortLabel}
        </span>
        {disabledReason !== undefined && <span className="block text-fg-subtle text-xs">{disabledReason}</span>}
      </span>
      {count !== undefined && <span className="pl-4 text-fg-subtle text-xs tabular-nums">{count}</span>}
    </Base.Item>
  )
}

/** Whether every word of the query occurs. */
function matches<V extends string>({ group, option }: Item<V>, query: string) {
  const text = `${group.label} ${option.section ?? ''} ${option.label}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
