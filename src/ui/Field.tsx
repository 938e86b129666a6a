import { Lock, OctagonAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Icon } from './Icon.tsx'

/** Attributes that connect a control to the label, hint and error of its field. */
export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: ReactNode
  /** Usually one of Input, Textarea, Select: `{(control) => <Input {...control} />}`. */
  children: (control: FieldControl) => ReactNode
  /** Shows "optional" beside the label. */
  optional?: boolean
  /** Shows a lock and "Can't be changed later" at the right end of the label. */
  fixed?: boolean
  hint?: ReactNode
  /** Error message with the way out; replaces the hint. */
  error?: ReactNode
  /** For a group of controls: the label is plain text with the id `control.id + "-label"`. */
  group?: boolean
  className?: string
}

export function Field({ label, children, optional, fixed, hint, error, group, className }: FieldProps) {
  const id = useId()
  const failed = error !== undefined && error !== null && error !== false && error !== ''
  const described = failed ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className={className}>
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-1.5 text-sm">
        {group ? (
          <span id={`${id}-label`} className="font-medium">
            {label}
          </span>
        ) : (
          <label htmlFor={id} className="font-medium">
            {label}
          </label>
        )}
        {optional && <span className="text-fg-subtle">optional</span>}
        {fixed && (
          <span className="ml-auto inline-flex items-center gap-1 self-center text-fg-subtle text-xs">
            <Icon of={Lock} size={12} />
            Can’t be changed later
          </span>
        )}
      </div>
      {children({ id, 'aria-describedby': described, 'aria-invalid': failed || undefined })}
      {failed ? (
        <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-danger-fg text-xs">
          <Icon of={OctagonAlert} size={14} className="mt-px" />
          <span className="wrap-anywhere min-w-0">{error}</span>
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className="wrap-anywhere mt-1.5 text-fg-subtle text-xs">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
