import { cx } from './classes.ts'

interface SkeletonProps {
  /** Pixels, or a CSS length. */
  width: number | string
  /** Pixels; 10 by default. */
  height?: number
  className?: string
}

/** Placeholder bar while loading; appears after 150 ms. The container has `aria-busy`. */
export function Skeleton({ width, height = 10, className }: SkeletonProps) {
  return (
    <span
      aria-hidden
      style={{ width, height }}
      className={cx(
        'inline-block max-w-full animate-breathe rounded-xs bg-active align-middle forced-colors:border',
        className,
      )}
    />
  )
}
