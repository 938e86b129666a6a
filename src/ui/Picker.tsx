import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown, Search } from 'lucide-react'
import { type ReactNode, type Ref, useRef } from 'react'
import { cx } from './classes.ts'
import { Icon } from './Icon.tsx'

export interface PickerOption<T> {
  /** Unique over all groups. */
  key: string
  value: T
  /** Searched text; shown unless `name` is given. */
  text: string
  name?: ReactNode
  /** More searched text that is not shown, such as an id. */
  keywords?: string
  /** Secondary text at the right end. */
  end?: ReactNode
  /** Why it is disabled; replaces `end`. The option stays in the list, greyed. */
  disabledReason?: string | undefined
}

export interface PickerGroup<T> {
  key: string
  label: ReactNode
  options: readonly PickerOption<T>[]
}

interface PickerProps<T> {
  /** Accessible name of the button and of the search field. */
  label: string
  groups: readonly PickerGroup<T>[]
  /** Key of the chosen option. */
  selected: string | undefined
  onChange: (value: T) => void
  /** Content of the button; by default the text of the chosen option. */
  children?: ReactNode
  placeholder?: string
  searchPlaceholder?: string
  /** Text under the list: "23 of 38 keys can encrypt". */
  footer?: ReactNode
  /** Text when nothing matches. */
  none?: string
  /** The list is as wide as the button, so that it stays inside a dialog. */
  fitted?: boolean
  /** Ref of the button, to open the picker from elsewhere. */
  triggerRef?: Ref<HTMLButtonElement>
  id?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true | undefined
  className?: string
}

// More rows are slow to render and nobody reads them; the search covers all options.
const SHOWN = 100

/** Searchable select with groups: a 44 px button that opens a list with a search field. */
export function Picker<T>(props: PickerProps<T>) {
  const { label, groups, selected, onChange, children, placeholder = 'Choose', className } = props
  const { searchPlaceholder = 'Find', footer, none = 'Nothing matches.', fitted = false, ...rest } = props
  const items = groups.map((group) => ({ value: group.key, label: group.label, items: group.options }))
  const all = groups.flatMap((group) => group.options)
  const chosen = all.find((option) => option.key === selected)
  const search = useRef<HTMLInputElement>(null)
  return (
    <Base.Root
      items={items}
      value={chosen ?? null}
      onValueChange={(next: PickerOption<T> | null) => {
        if (next) onChange(next.value)
      }}
      itemToStringLabel={(option: PickerOption<T>) => option.text}
      isItemEqualToValue={(a: PickerOption<T>, b: PickerOption<T>) => a.key === b.key}
      filter={matches}
      limit={SHOWN}
      autoHighlight
    >
      <Base.Trigger
        ref={rest.triggerRef}
        id={rest.id}
        aria-label={chosen ? `${label}: ${chosen.text}` : label}
        aria-describedby={rest['aria-describedby']}
        aria-invalid={rest['aria-invalid']}
        // The open list takes the focus a frame later: a key pressed before is typed, and a space must not close the list.
        onKeyDown={({ currentTarget }) => {
          if (currentTarget.ariaExpanded === 'true') search.current?.focus()
        }}
        className={cx(
          'flex min-h-11 w-115 max-w-full items-center gap-3 rounded-md border border-control bg-surface pr-2.5 pl-3 text-left hover:border-fg-subtle focus-visible:border-focus focus-visible:-outline-offset-1 aria-invalid:border-danger-mark forced-colors:aria-invalid:border-2 max-sm:min-h-13 max-sm:w-full',
          className,
        )}
      >
        <span className="min-w-0 flex-1">
          {children ?? (chosen ? chosen.text : <span className="text-fg-subtle">{placeholder}</span>)}
        </span>
        <Icon of={ChevronsUpDown} className="text-fg-subtle" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" collisionPadding={8} className="z-40 outline-none">
          <Base.Popup
            aria-label={label}
            className={cx(
              fitted ? 'w-(--anchor-width)' : 'w-[min(37.5rem,var(--available-width))] min-w-(--anchor-width)',
              'flex max-h-[min(28rem,var(--available-height))] max-w-(--available-width) flex-col overflow-hidden rounded-xl border border-line-strong bg-raised shadow-dialog outline-none transition-opacity duration-(--duration-base) data-ending-style:opacity-0 data-starting-style:opacity-0',
            )}
          >
            <div className="flex h-12 shrink-0 items-center gap-2.5 border-line border-b px-4">
              <Icon of={Search} />
              <Base.Input
                ref={search}
                aria-label={`${label}: ${searchPlaceholder}`}
                placeholder={searchPlaceholder}
                className="h-full min-w-0 flex-1 bg-transparent text-base outline-none max-sm:text-touch"
              />
            </div>
            <Base.Empty>
              <div className="px-4 py-6 text-center text-fg-muted">{none}</div>
            </Base.Empty>
            <Base.List className="min-h-0 flex-1 scroll-py-2 overflow-y-auto pb-2 outline-none data-empty:pb-0">
              {(group: (typeof items)[number]) => (
                <Base.Group key={group.value} items={group.items}>
                  <Base.GroupLabel className="flex items-center gap-1.5 px-4 pt-2.5 pb-1 font-medium text-fg-subtle text-xs">
                    {group.label}
                  </Base.GroupLabel>
                  <Base.Collection>
                    {(option: PickerOption<T>) => <Row key={option.key} option={option} />}
                  </Base.Collection>
                </Base.Group>
              )}
            </Base.List>
            {(footer || all.length > SHOWN) && (
              <div className="flex min-h-9 shrink-0 items-center gap-3.5 border-line border-t bg-raised-sunken px-4 text-fg-subtle text-xs">
                {footer}
                {all.length > SHOWN && <span>The list shows {SHOWN} at a time. Type to find others.</span>}
              </div>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Row<T>({ option }: { option: PickerOption<T> }) {
  const off = option.disabledReason !== undefined
  return (
    <Base.Item
      value={option}
      disabled={off}
      className="mx-2 flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2 outline-none data-highlighted:bg-menu-hover data-highlighted:forced-highlight max-sm:min-h-(--control-touch)"
    >
      <span className="w-4 shrink-0">
        <Base.ItemIndicator>
          <Icon of={Check} className="text-fg-subtle" />
        </Base.ItemIndicator>
      </span>
      <span className={cx('min-w-0 shrink-0 max-sm:shrink', off ? 'text-fg-disabled' : 'font-medium')}>
        {option.name ?? option.text}
      </span>
      <span className="ml-auto flex min-w-0 items-center gap-1.5 truncate text-fg-subtle text-xs">
        {option.disabledReason ?? option.end}
      </span>
    </Base.Item>
  )
}

/** Whether every word of the query occurs. */
function matches<T>(option: PickerOption<T>, query: string) {
  const text = `${option.text} ${option.keywords ?? ''}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
