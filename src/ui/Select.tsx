import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx, menuItemClass, menuPopupClass } from './classes.ts'
import { Icon } from './Icon.tsx'
import { usePortalContainer } from './portal-container.ts'

export interface SelectOption<V extends string> {
  value: V
  label: ReactNode
  /** Secondary text at the right end. */
  hint?: ReactNode
  /** Why it is disabled; replaces the hint. */
  disabledReason?: string | undefined
}

interface SelectProps<V extends string> {
  options: readonly SelectOption<V>[]
  value: V | undefined
  onChange: (value: V) => void
  placeholder?: string
  /** From the `control` of a Field; without a Field, `aria-label` is required. */
  id?: string
  'aria-label'?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true | undefined
  /** Height: 32 px in toolbars and panes, 36 px in forms (default); 44 px on narrow screens. */
  size?: 'md' | 'lg'
  mono?: boolean
  className?: string
}

/** Select in a popup. For four options or fewer, prefer SegmentedControl or RadioRows. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { options, value, onChange, placeholder = 'Choose', size = 'lg', mono, className, ...control } = props
  const { buttonRef, portalContainer: landmark } = usePortalContainer()
  const chosen = options.find((option) => option.value === value)
  return (
    <Base.Root
      value={value ?? null}
      onValueChange={(next: V | null) => {
        if (next !== null) onChange(next)
      }}
      modal={false}
    >
      <Base.Trigger
        {...control}
        ref={buttonRef}
        className={cx(
          'inline-flex min-w-0 select-none items-center justify-between gap-2 rounded-md border border-control bg-surface px-2.5 text-left text-sm hover:border-fg-subtle focus-visible:border-focus focus-visible:-outline-offset-1 aria-invalid:border-danger-mark aria-invalid:shadow-[inset_0_0_0_1px_var(--color-danger-mark)] forced-colors:aria-invalid:border-2 max-sm:h-(--control-touch) max-sm:text-touch',
          size === 'lg' ? 'h-(--control-lg)' : 'h-(--control-md)',
          className,
        )}
      >
        <span className={cx('truncate', mono && chosen && 'mono', !chosen && 'text-fg-subtle')}>
          {chosen ? chosen.label : placeholder}
        </span>
        <Icon of={ChevronDown} size={14} className="text-fg-subtle" />
      </Base.Trigger>
      <Base.Portal container={landmark}>
        <Base.Positioner
          alignItemWithTrigger={false}
          sideOffset={4}
          align="start"
          collisionPadding={8}
          className="z-40 outline-none"
        >
          <Base.Popup className={cx(menuPopupClass, 'min-w-(--anchor-width) max-w-(--available-width)')}>
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabledReason !== undefined}
                  className={cx(menuItemClass, option.disabledReason !== undefined && 'text-fg-disabled')}
                >
                  <span className="w-4 shrink-0">
                    <Base.ItemIndicator>
                      <Icon of={Check} />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText className={cx('flex-1', mono && 'mono')}>{option.label}</Base.ItemText>
                  {(option.disabledReason ?? option.hint) !== undefined && (
                    <span className="pl-4 text-fg-subtle text-xs">{option.disabledReason ?? option.hint}</span>
                  )}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
