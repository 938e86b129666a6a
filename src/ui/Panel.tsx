import { type ReactNode, useId } from 'react'
import { cx } from './classes.ts'

interface PanelProps {
  title?: ReactNode
  /** Secondary text after the title. */
  sub?: ReactNode
  /** Content at the right end of the header: small buttons, a count. */
  end?: ReactNode
  children: ReactNode
  footer?: ReactNode
  /** Removes the padding of the body, for a table or list. */
  flush?: boolean
  className?: string
  /** Heading level; 2 by default. */
  level?: 2 | 3
}

/** Bordered section with header and footer. Not nested. */
export function Panel({ title, sub, end, children, footer, flush, className, level = 2 }: PanelProps) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={cx('flex flex-col overflow-hidden rounded-lg border border-line bg-surface', className)}
    >
      {(title !== undefined || end) && (
        <header className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-2 border-line border-b py-2 pr-2 pl-3.5">
          {title !== undefined && (
            <Heading id={id} className="title wrap-anywhere min-w-0">
              {title}
            </Heading>
          )}
          {sub && <span className="wrap-anywhere min-w-0 text-fg-subtle">{sub}</span>}
          {/* The head is no higher for a button beside the title. */}
          {end && <div className="-my-1 ml-auto flex flex-wrap items-center justify-end gap-1">{end}</div>}
        </header>
      )}
      <div className={cx('min-w-0 flex-1', !flush && 'p-3.5')}>{children}</div>
      {footer && (
        <footer className="flex flex-wrap items-center gap-2 border-line border-t px-3.5 py-2.5">{footer}</footer>
      )}
    </section>
  )
}
