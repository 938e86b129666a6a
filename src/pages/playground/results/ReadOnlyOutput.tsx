import type { ReactNode } from 'react'
import { cx } from '../../../ui/classes.ts'
import { areaClass } from '../../shared/Pane.tsx'

interface ReadOnlyOutputProps {
  readonly label: string
  /** Said while there is nothing. */
  readonly empty?: string
  readonly children?: ReactNode
  /** Other results stand beside it in the pane. */
  readonly short?: boolean
}

/** A text field could not set parts of its text apart. It is reached by Tab, so that a long one can be scrolled. */
const readOnlyField = (label: string) =>
  ({ role: 'textbox', 'aria-label': label, 'aria-readonly': true, 'aria-multiline': true, tabIndex: 0 }) as const

/** What came out, to be read and selected. */
export function ReadOnlyOutput({ label, empty, children, short = false }: ReadOnlyOutputProps) {
  return (
    <div
      {...readOnlyField(label)}
      className={cx(
        areaClass(short ? 'short' : 'tall'),
        'max-h-[60vh] overflow-y-auto whitespace-pre-wrap bg-sunken text-fg-muted',
      )}
    >
      {children ?? <span className="font-sans text-fg-subtle text-sm">{empty}</span>}
    </div>
  )
}
