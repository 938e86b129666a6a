import { type ReactNode, useId } from 'react'
import { cx } from './classes.ts'
import { Icon, type IconType } from './Icon.tsx'

export interface SegmentedOption<V extends string> {
  value: V
  label: string
  /** Icon shown instead of the label, which stays the accessible name. */
  icon?: IconType
  disabledReason?: string | undefined
}

interface SegmentedProps<V extends string> {
  /** Accessible name of the group; inside a Field with `group`, `aria-labelledby` replaces it. */
  label?: string
  'aria-labelledby'?: string
  'aria-describedby'?: string | undefined
  options: readonly SegmentedOption<V>[]
  value: V
  onChange: (value: V) => void
  /** Height of a segment: 24 px (default) or 28. */
  size?: 'sm' | 'md'
  className?: string
}

/** Radio group shown as segments: arrow keys move and select. */
export function SegmentedControl<V extends string>(props: SegmentedProps<V>) {
  const { label, options, value, onChange, size = 'sm', className, ...rest } = props
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      {...rest}
      className={cx('inline-flex gap-px rounded-md bg-active p-0.5 forced-colors:outline', className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={option.disabledReason ?? (option.icon ? option.label : undefined)}
          className={cx(
            'relative isolate inline-flex items-center justify-center rounded-sm font-medium has-checked:bg-segment has-checked:text-fg has-checked:shadow-segment has-checked:forced-highlight has-focus-visible:outline-2 has-focus-visible:outline-focus max-sm:h-10 max-sm:min-w-11 max-sm:after:-z-1 max-sm:after:absolute max-sm:after:inset-x-0 max-sm:after:-inset-y-0.5 max-sm:text-sm',
            option.disabledReason === undefined
              ? 'cursor-pointer text-fg-muted hover:text-fg'
              : 'cursor-not-allowed text-fg-disabled',
            segmentSize(size, option.icon !== undefined),
          )}
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            aria-label={option.icon ? option.label : undefined}
            aria-disabled={option.disabledReason !== undefined || undefined}
            onChange={() => {
              if (option.disabledReason === undefined) onChange(option.value)
            }}
            className="absolute inset-0 appearance-none opacity-0 outline-none"
          />
          {content(option)}
        </label>
      ))}
    </div>
  )
}

function content(option: { label: string; icon?: IconType }): ReactNode {
  return option.icon ? <Icon of={option.icon} size={14} /> : option.label
}

function segmentSize(size: 'sm' | 'md', icon: boolean) {
  if (icon) return 'h-[22px] w-[26px]'
  return size === 'sm' ? 'h-6 min-w-7 px-[9px] text-xs' : 'h-7 min-w-7 px-3 text-sm'
}
