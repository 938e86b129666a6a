import { type ReactNode, useId } from 'react'
import { cx } from './classes.ts'

interface PanelProps {
  title?: ReactNode
  /** After the title, in subtle ink. */
  sub?: ReactNode
  /** At the right end of the head: small buttons, a count. */
  end?: ReactNode
  children: ReactNode
  footer?: ReactNode
  /** The body has no padding: for a table or a list that runs to the edge. */
  flush?: boolean
  className?: string
  /** Level of the title; 2 unless told. */
  level?: 2 | 3
}

/** A bordered section with a head and a foot. Never inside another. */
export function Panel({ title, sub, end, children, footer, flush, className, level = 2 }: PanelProps) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={cx('flex flex-col overflow-hidden rounded-lg border border-line bg-surface', className)}
    >
      {(title !== undefined || end) && (
        <header className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b py-1 pr-2 pl-3.5">
          {title !== undefined && (
            <Heading id={id} className="title">
              {title}
            </Heading>
          )}
          {sub && <span className="text-fg-subtle">{sub}</span>}
          {end && <div className="ml-auto flex flex-wrap items-center justify-end gap-1">{end}</div>}
        </header>
      )}
      <div className={cx('min-w-0 flex-1', !flush && 'p-3.5')}>{children}</div>
      {footer && (
        <footer className="flex flex-wrap items-center gap-2 border-line border-t px-3.5 py-2.5">{footer}</footer>
      )}
    </section>
  )
}
