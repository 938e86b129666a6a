import { ChevronDown } from 'lucide-react'
import { Suspense, useId } from 'react'
import type { FilterGroup } from './filter.ts'
import { Icon } from './Icon.tsx'
import { lazyComponent } from './lazy-component.ts'
import { usePopupButton } from './use-popup-button.ts'

const FilterList = lazyComponent(() => import('./FilterList.tsx').then(({ FilterList }) => FilterList<string>))

interface FilterPickerProps {
  /** Text of the button: "Filters". */
  label: string
  groups: readonly FilterGroup<string>[]
}

/** Several filters, or a long one, behind one button. */
export function FilterPicker({ label, groups }: FilterPickerProps) {
  const { opened, close, props } = usePopupButton('dialog', FilterList.preload)
  const id = useId()
  const set = groups.reduce((sum, { chosen }) => sum + chosen.length, 0)
  return (
    <>
      <button
        {...props}
        type="button"
        role="combobox"
        aria-controls={id}
        aria-expanded={opened !== undefined}
        aria-label={set === 0 ? label : `${label}, ${set} set`}
        className="inline-flex h-(--control-md) shrink-0 select-none items-center gap-1 whitespace-nowrap rounded-md border border-line-strong pr-1.5 pl-2.5 font-medium text-fg-muted text-sm hover:bg-hover hover:text-fg aria-expanded:bg-active"
      >
        {label}
        <Icon of={ChevronDown} size={14} />
      </button>
      {opened ? (
        <Suspense>
          <FilterList id={id} label={label} groups={groups} anchor={opened.anchor} onClose={close} />
        </Suspense>
      ) : null}
    </>
  )
}
