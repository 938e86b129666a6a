import { Dialog as Base } from '@base-ui/react/dialog'
import type { FormEvent, ReactNode, RefObject } from 'react'
import { cx } from './classes.ts'

interface DialogProps {
  open: boolean
  /** Asked for by Esc, a press outside, or the way out; not called while `busy`. */
  onClose: () => void
  /** Verb and thing: "Rotate app-config now". */
  title: ReactNode
  /** Where the act lands; stands under the title. */
  address?: ReactNode
  children?: ReactNode
  /** A `Banner` of tone danger; stands above the footer while the dialog stays open. */
  error?: ReactNode
  /** The buttons: the way out first, then the act. */
  footer?: ReactNode
  /** The dialog refuses to close: a request is under way. */
  busy?: boolean | undefined
  /** A press outside does not close it, for what must not be lost by accident. Esc still asks. */
  keep?: boolean
  /** 560 instead of 480 wide. */
  wide?: boolean
  /** Makes the whole a form: a submit button in the footer, or Enter in a field, calls it. */
  onSubmit?: () => void
  /** What takes focus on opening; the first field or button unless told. */
  initialFocus?: RefObject<HTMLElement | null>
}

/** A question or a short form over the page. Focus is kept inside and returns to where it came from. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, address, children, error, footer, busy, keep, wide, onSubmit, initialFocus } = props
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A dialog opened from a form is its child in React, though not in the page.
    event.stopPropagation()
    if (!busy) onSubmit?.()
  }
  const content = (
    <>
      <header className="grid gap-1 px-5 pt-4">
        <Base.Title className="font-semibold text-md leading-[22px] tracking-[-0.006em]">{title}</Base.Title>
        {address}
      </header>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-4 overflow-y-auto px-5 pt-3 pb-5 text-base [&_p:not([class])]:text-pretty [&_p:not([class])]:text-fg-muted [&_p_b]:text-fg">
        {children}
        {error}
      </div>
      {footer !== undefined && (
        <footer className="flex flex-wrap items-center justify-end gap-2 rounded-b-[9px] border-line border-t bg-raised-sunken px-5 py-3 text-sm max-sm:[&>button]:grow">
          {footer}
        </footer>
      )}
    </>
  )
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={keep === true || busy === true}
      onOpenChange={(next) => {
        if (!next && !busy) onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity duration-(--duration-slow) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-30 grid grid-cols-[minmax(0,1fr)] items-start justify-items-center overflow-y-auto px-4 pt-24 pb-4 max-sm:items-end max-sm:p-2">
          <Base.Popup
            {...(initialFocus && { initialFocus })}
            className={cx(
              'w-full rounded-xl border border-line-strong bg-raised shadow-dialog outline-none transition-[opacity,translate] duration-(--duration-slow) ease-out data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0',
              wide ? 'max-w-140' : 'max-w-120',
            )}
          >
            {onSubmit ? (
              <form noValidate onSubmit={submit} className="contents">
                {content}
              </form>
            ) : (
              content
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
