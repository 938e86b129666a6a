import { type ReactNode, useId } from 'react'
import { cx } from './classes.ts'

interface SwitchProps {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Label, shown at the left. */
  label: ReactNode
  hint?: ReactNode
  /** Why it is disabled; it stays focusable, and the sentence replaces the hint. */
  disabledReason?: string | undefined
  className?: string
}

/** Switch at the right end of a row, label and hint at the left. */
export function Switch({ checked, onChange, label, hint, disabledReason, className }: SwitchProps) {
  const id = useId()
  const below = disabledReason ?? hint
  return (
    <div className={cx('flex items-start gap-4 max-sm:min-h-(--control-touch)', className)}>
      <div className="grid min-w-0 flex-1 gap-0.5">
        <label id={`${id}-label`} htmlFor={id} className="font-medium">
          {label}
        </label>
        {below && (
          <span id={`${id}-hint`} className="text-fg-subtle text-xs">
            {below}
          </span>
        )}
      </div>
      <label htmlFor={id} className="touch-target relative mt-px inline-grid h-[18px] w-8 shrink-0">
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-labelledby={`${id}-label`}
          checked={checked}
          aria-checked={checked}
          aria-describedby={below ? `${id}-hint` : undefined}
          aria-disabled={disabledReason !== undefined || undefined}
          onChange={(event) => {
            if (disabledReason === undefined) onChange(event.target.checked)
          }}
          className="peer col-start-1 row-start-1 h-[18px] w-8 appearance-none rounded-full bg-control transition-colors duration-(--duration-base) checked:bg-accent aria-disabled:opacity-50"
        />
        <span className="pointer-events-none relative col-start-1 row-start-1 m-0.5 size-3.5 rounded-full bg-knob transition-transform duration-(--duration-base) ease-out peer-checked:translate-x-3.5 peer-checked:bg-knob-on" />
      </label>
    </div>
  )
}
