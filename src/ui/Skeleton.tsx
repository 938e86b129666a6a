import { cx } from './classes.ts'

interface SkeletonProps {
  /** Pixels, or a CSS length. */
  width: number | string
  /** Pixels; 10 unless told. */
  height?: number
  className?: string
}

/** One bar of what is being loaded, in its final place. Put `aria-busy` on the container; nothing shows for 150 ms. */
export function Skeleton({ width, height = 10, className }: SkeletonProps) {
  return (
    <span
      aria-hidden
      style={{ width, height }}
      className={cx('inline-block max-w-full animate-breathe rounded-xs bg-active align-middle', className)}
    />
  )
}
