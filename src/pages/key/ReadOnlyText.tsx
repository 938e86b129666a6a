import { cx } from '../../ui/classes.ts'

interface ReadOnlyTextProps {
  label: string
  children: string
  className?: string
}

/** Read-only text field that password managers and spell checkers ignore; in the tab order, so that it can be scrolled. */
const readOnlyField = (label: string) =>
  ({ role: 'textbox', 'aria-label': label, 'aria-readonly': true, 'aria-multiline': true, tabIndex: 0 }) as const

/** Key in PEM or base64, for reading and selecting. */
export function ReadOnlyText({ label, children, className }: ReadOnlyTextProps) {
  return (
    <div
      {...readOnlyField(label)}
      className={cx(
        'mono max-h-96 overflow-auto whitespace-pre-wrap print:max-h-none rounded-md border border-line bg-sunken p-3 text-code-fg text-xs leading-[19px] [overflow-wrap:anywhere]',
        className,
      )}
    >
      {children}
    </div>
  )
}
