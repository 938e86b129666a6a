import type { Blocker } from '../../router/router.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

interface LeaveDialogProps {
  blocker: Blocker
  onDiscard: () => void
  /** Wrapped key material was provided, which is never stored. */
  losesMaterial: boolean
  /** The key may have been created: the response was lost. */
  uncertain: boolean
}

/** Confirmation before the wizard is left. The draft stays in the tab unless it is discarded. */
export function LeaveDialog({ blocker, onDiscard, losesMaterial, uncertain }: LeaveDialogProps) {
  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={uncertain ? 'Leave with the draft?' : 'Leave without creating the key?'}
      footer={
        <>
          <Button onClick={() => blocker.reset?.()}>Stay</Button>
          <Button
            variant="dangerQuiet"
            onClick={() => {
              onDiscard()
              blocker.proceed?.()
            }}
          >
            Discard and leave
          </Button>
          <Button variant="primary" onClick={() => blocker.proceed?.()}>
            Keep draft and leave
          </Button>
        </>
      }
    >
      <p>
        <b>{uncertain ? 'The key may exist.' : 'No key is created.'}</b> <i>Create key</i> opens the draft again until
        this tab is closed.
        {losesMaterial ? ' The wrapped material is not kept.' : ''}
      </p>
    </Dialog>
  )
}

interface DiscardDialogProps {
  open: boolean
  onClose: () => void
  onDiscard: () => void
}

/** Confirmation before the draft is discarded. */
export function DiscardDialog({ open, onClose, onDiscard }: DiscardDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Discard this draft?"
      footer={
        <>
          <Button onClick={onClose}>Keep the draft</Button>
          <Button variant="danger" onClick={onDiscard}>
            Discard draft
          </Button>
        </>
      }
    >
      <p>
        <b>All choices and texts of this form are lost.</b> No key is created or changed.
      </p>
    </Dialog>
  )
}
