import type { ComponentPropsWithRef } from 'react'
import { cx, inputClass } from './classes.ts'

interface TextareaProps extends ComponentPropsWithRef<'textarea'> {
  mono?: boolean
}

/** Multi-line text input. Takes the `control` of a Field, or an `aria-label`. */
export function Textarea({ mono, rows = 3, className, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      autoComplete="off"
      {...rest}
      className={cx(inputClass, 'block resize-y px-2.5 py-2', mono && 'mono [overflow-wrap:anywhere]', className)}
    />
  )
}
