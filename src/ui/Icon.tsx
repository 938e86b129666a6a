import type { LucideIcon } from 'lucide-react'
import { cx } from './classes.ts'

export type IconType = LucideIcon

interface IconProps {
  of: IconType
  /** Pixels: 16, or 14 and 12 in dense places. */
  size?: 12 | 14 | 16 | 18
  className?: string | undefined
}

/** Lucide icon with the stroke width of the interface. Decorative: the text beside it carries the meaning. */
export function Icon({ of: Glyph, size = 16, className }: IconProps) {
  return <Glyph size={size} strokeWidth={1.75} aria-hidden className={cx('shrink-0', className)} />
}
