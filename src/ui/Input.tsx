import type { ComponentPropsWithRef } from 'react'
import { cx, inputClass } from './classes.ts'

interface InputProps extends Omit<ComponentPropsWithRef<'input'>, 'size'> {
  mono?: boolean
  /** Height: 32 px in toolbars and panes, 36 px in forms (default); 44 px on narrow screens. */
  size?: 'md' | 'lg'
  /** Lets password managers fill the field; by default they are told not to. */
  fillable?: boolean
}

/** Single-line text input. Takes the `control` of a Field, or an `aria-label`. */
export function Input({ mono, size = 'lg', fillable = false, className, type = 'text', ...rest }: InputProps) {
  return (
    <input
      type={type}
      {...(!fillable && {
        autoComplete: 'off',
        'data-1p-ignore': true,
        'data-lpignore': 'true',
        'data-bwignore': true,
      })}
      {...rest}
      className={cx(
        inputClass,
        'px-2.5 max-sm:h-(--control-touch)',
        size === 'lg' ? 'h-(--control-lg)' : 'h-(--control-md)',
        mono && 'mono',
        className,
      )}
    />
  )
}
