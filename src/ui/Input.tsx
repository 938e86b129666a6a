import type { ComponentPropsWithRef } from 'react'
import { cx, inputClass } from './classes.ts'

interface InputProps extends Omit<ComponentPropsWithRef<'input'>, 'size'> {
  mono?: boolean
  /** 32 in toolbars and panes, 36 in forms (the default); 44 on narrow screens. */
  size?: 'md' | 'lg'
  /** Password managers fill this field. Without it they are told to leave it alone. */
  fillable?: boolean
}

/** A line of text. Give it the `control` of a Field, or an `aria-label`. */
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
