import { Check, Minus } from 'lucide-react'
import { type ReactNode, type Ref, useId } from 'react'
import { cx } from './classes.ts'

interface CheckboxProps {
  checked: boolean
  onChange: (checked: boolean, event: { shiftKey: boolean }) => void
  /** Some but not all are selected. */
  mixed?: boolean
  /** Visible label; without it, `aria-label` is required. */
  label?: ReactNode
  hint?: ReactNode
  'aria-label'?: string
  'aria-describedby'?: string | undefined
  id?: string
  /** Why it is disabled; it stays focusable. */
  disabledReason?: string | undefined
  ref?: Ref<HTMLInputElement>
  className?: string
}

const input =
  'peer col-start-1 row-start-1 size-4 appearance-none rounded-xs border border-control bg-surface hover:border-fg-subtle ' +
  'checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent ' +
  'aria-disabled:border-line-strong aria-disabled:bg-sunken'

export function Checkbox(props: CheckboxProps) {
  const { checked, onChange, mixed = false, label, hint, disabledReason, ref, className, id, ...rest } = props
  const ownId = useId()
  const inputId = id ?? ownId
  const box = (
    <>
      <input
        {...rest}
        id={inputId}
        type="checkbox"
        ref={(element) => {
          if (element) element.indeterminate = mixed
          if (typeof ref === 'function') return ref(element)
          if (ref) ref.current = element
        }}
        checked={checked}
        aria-checked={mixed ? 'mixed' : checked}
        aria-disabled={disabledReason !== undefined || undefined}
        title={disabledReason}
        onChange={({ target, nativeEvent }) => {
          const shiftKey = 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true
          if (disabledReason === undefined) onChange(target.checked, { shiftKey })
        }}
        className={input}
      />
      {(checked || mixed) && (
        <span className="pointer-events-none col-start-1 row-start-1 text-accent-ink peer-aria-disabled:text-fg-disabled">
          {mixed ? (
            <Minus size={12} strokeWidth={2.5} aria-hidden />
          ) : (
            <Check size={12} strokeWidth={2.5} aria-hidden />
          )}
        </span>
      )}
    </>
  )
  // A label is the hit area, 44 px high on narrow screens; a checkbox without one has its own.
  return (
    <label
      htmlFor={inputId}
      className={cx(
        'cursor-pointer',
        label === undefined
          ? 'touch-target relative inline-grid size-4 place-items-center align-middle'
          : 'flex items-start gap-2.5 max-sm:min-h-(--control-touch) max-sm:items-center',
        className,
      )}
    >
      {label === undefined ? box : <span className="my-0.5 inline-grid size-4 shrink-0 place-items-center">{box}</span>}
      {label !== undefined && (
        <span className="min-w-0">
          {label}
          {hint && <span className="block text-fg-subtle text-xs">{hint}</span>}
        </span>
      )}
    </label>
  )
}
