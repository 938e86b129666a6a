import type { ReactNode } from 'react'
import { cx } from './classes.ts'

/** Identifier, location or type in monospace. */
export function Code({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cx('mono', className)}>{children}</span>
}
