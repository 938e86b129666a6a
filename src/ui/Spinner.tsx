import { cx } from './classes.ts'

interface SpinnerProps {
  size?: 14 | 16
  className?: string
}

/** Decorative; the busy element has `aria-busy` or a text. */
export function Spinner({ size = 14, className }: SpinnerProps) {
  return (
    <span
      aria-hidden
      className={cx(
        'inline-block shrink-0 animate-turn rounded-full border-2 border-current border-r-transparent opacity-90',
        size === 14 ? 'size-3.5' : 'size-4',
        className,
      )}
    />
  )
}
