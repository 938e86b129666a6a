import type { ReactNode } from 'react'
import { cx } from './classes.ts'

/** An identifier, a location, a type. */
export function Code({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cx('mono', className)}>{children}</span>
}
