import { type ReactNode, useRef, useState } from 'react'
import { detailsOf } from '../../clouds/errors.ts'
import { visibleText } from '../../lib/visible-text.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TypedConfirmation } from '../../ui/TypedConfirmation.tsx'
import { ErrorNote } from './Failure.tsx'
import { ShowCode, type SnippetGroup } from './ShowCode.tsx'
import { useExclusiveMutation } from './use-exclusive-mutation.ts'

interface ConfirmDialogProps {
  /** Verb and object: "Rotate app-config now". */
  title: string
  /** Cloud and location of the object, under the title. */
  address?: ReactNode
  /** Consequences of the action, and its input fields. */
  children: ReactNode
  /** The first field takes the focus; without fields the cancel button does. */
  hasFields: boolean
  /** Text that must be typed, as it is seen, before the action can run, and the reason that is shown until then. */
  confirmation?: { readonly text: string; readonly missing: string } | undefined
  /** The request as code. */
  code: () => readonly SnippetGroup[]
  codeDisabledReason?: string | undefined
  confirmLabel: string
  /** Label of the confirm button while the action runs. */
  busyLabel: string
  danger: boolean
  cancelLabel: string
  /** Replacement for the cancel button while the action runs. */
  busyCancel?: ReactNode
  /** Why the action can't run; undefined when it can. */
  disabledReason: string | undefined
  /** Runs the action and closes the dialog. A rejection keeps the dialog open with everything typed. */
  run: () => Promise<void>
  /** Title and details of a rejection. */
  describeError: (error: unknown) => { readonly title: string; readonly error: unknown }
  onClose: () => void
  wide?: boolean
}

/** Asks for the name of what is deleted; for its id where nothing of the name is visible. */
export const typeNameOf = ({ name, id }: { readonly name: string; readonly id: string }) =>
  visibleText(name) === ''
    ? { text: id, missing: 'Type the id of the key first.' }
    : { text: name, missing: 'Type the name of the key first.' }

/** Confirmation before an action that stops something or can't be undone: consequences, typed confirmation, code. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, address, children, hasFields, confirmation, code, codeDisabledReason, wide = false } = props
  const { confirmLabel, busyLabel, danger, cancelLabel, busyCancel, run, describeError, onClose } = props
  const [typed, setTyped] = useState('')
  const cancel = useRef<HTMLButtonElement>(null)
  const { mutate, isPending, error } = useExclusiveMutation(run)
  const missing =
    confirmation && visibleText(typed) !== visibleText(confirmation.text) ? confirmation.missing : undefined
  const disabledReason = props.disabledReason ?? missing
  return (
    <Dialog
      open
      wide={wide}
      busy={isPending}
      onClose={onClose}
      title={title}
      address={address}
      {...(hasFields || confirmation ? {} : { initialFocus: cancel })}
      error={error === null ? undefined : <ErrorNote {...describeError(error)} />}
      onSubmit={() => {
        if (disabledReason === undefined) mutate()
      }}
      footer={
        detailsOf(error).approvable ? (
          <Button onClick={onClose}>Close</Button>
        ) : (
          <>
            {(isPending && busyCancel) || (
              <Button ref={cancel} onClick={onClose}>
                {cancelLabel}
              </Button>
            )}
            <Button
              type="submit"
              variant={danger ? 'danger' : 'primary'}
              busy={isPending}
              disabledReason={isPending ? undefined : disabledReason}
            >
              {isPending ? busyLabel : confirmLabel}
            </Button>
          </>
        )
      }
    >
      {children}
      {confirmation ? <TypedConfirmation name={confirmation.text} value={typed} onChange={setTyped} /> : null}
      <ShowCode groups={code} disabledReason={codeDisabledReason} />
    </Dialog>
  )
}
