import { Dialog as Base } from '@base-ui/react/dialog'
import type { FormEvent, ReactNode, RefObject } from 'react'
import { cx } from './classes.ts'

interface DialogProps {
  open: boolean
  /** Called on Esc, a click outside, or Cancel; not while `busy`. */
  onClose: () => void
  /** Action and object: "Rotate app-config now". */
  title: ReactNode
  /** Location of the object, under the title. */
  address?: ReactNode
  children?: ReactNode
  /** Error `Banner` above the footer. */
  error?: ReactNode
  /** Buttons: Cancel first, then the action. */
  footer?: ReactNode
  /** A request is running, so the dialog can't be closed. */
  busy?: boolean | undefined
  /** A click outside does not close it, so that input is not lost by accident. Esc still does. */
  keep?: boolean
  /** 560 px wide instead of 480; `editor`: 1,040 px. */
  wide?: boolean | 'editor'
  /** Makes the dialog a form; called by a submit button in the footer or Enter in a field. */
  onSubmit?: () => void
  /** Element to focus on opening; by default the first field or button. */
  initialFocus?: RefObject<HTMLElement | null>
}

/** Modal dialog. Focus stays inside and returns to the element that opened it. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, address, children, error, footer, busy, keep, wide, onSubmit, initialFocus } = props
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // React events of a dialog bubble to the form that opened it.
    event.stopPropagation()
    if (!busy) onSubmit?.()
  }
  const content = (
    <>
      <header className="grid grid-cols-[minmax(0,1fr)] gap-1 px-5 pt-4">
        <Base.Title className="min-w-0 wrap-anywhere font-semibold text-md leading-[22px] tracking-[-0.006em]">
          {title}
        </Base.Title>
        {address}
      </header>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] gap-4 overflow-y-auto wrap-break-word px-5 pt-3 pb-5 text-base [&_p:not([class])]:text-pretty [&_p:not([class])]:text-fg-muted [&_p_b]:text-fg">
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
              wide === 'editor' ? 'max-w-260' : wide ? 'max-w-140' : 'max-w-120',
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
