import { useRef } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Field } from './Field.tsx'
import { commandKey } from './Kbd.tsx'
import { Textarea } from './Textarea.tsx'
import { usePageHide } from './use-page-hide.ts'

interface CopyDialogProps {
  /** "Copy id" */
  title: string
  text: string
  onCopied: () => void
  onClose: () => void
}

const MAX_ROWS = 12

const reason = () =>
  isSecureContext
    ? 'The browser did not copy: its settings or this computer’s settings forbid it for this page.'
    : `Browsers allow copying only on https pages and on localhost. This page’s address begins with ${location.origin}.`

/** A text to copy by hand, selected, and why the button could not copy it. Closes once it is copied. */
export function CopyDialog({ title, text, onCopied, onClose }: CopyDialogProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  // The text may be a secret.
  usePageHide(onClose)
  const finish = () => {
    onCopied()
    onClose()
  }
  return (
    <Dialog
      open
      wide
      title={title}
      initialFocus={field}
      onClose={onClose}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <p>{reason()}</p>
      <Field
        label="Text to copy"
        hint={`The text is selected: press ${commandKey}${commandKey === 'Ctrl' ? '+' : ' '}C, or use the browser’s Copy command.`}
      >
        {(control) => (
          <Textarea
            {...control}
            ref={field}
            readOnly
            mono
            rows={Math.min(MAX_ROWS, text.split('\n').length + 1)}
            spellCheck={false}
            data-1p-ignore
            data-lpignore="true"
            data-bwignore
            value={text}
            onFocus={({ currentTarget }) => currentTarget.select()}
            // The browser copies after this event.
            onCopy={() => setTimeout(finish)}
          />
        )}
      </Field>
    </Dialog>
  )
}
