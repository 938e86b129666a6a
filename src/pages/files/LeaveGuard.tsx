import type { Blocker } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

/** Asks before leaving the page while an operation runs. */
export function LeaveGuard({ blocker }: { blocker: Blocker }) {
  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      title="Leave and cancel?"
      footer={
        <>
          <Button onClick={() => blocker.reset?.()}>Stay</Button>
          <Button variant="danger" onClick={() => blocker.proceed?.()}>
            Cancel the file and leave
          </Button>
        </>
      }
    >
      <p>
        <b>The file is not done yet.</b> Leaving stops the work, and what was written so far is removed. The original
        stays as it is.
      </p>
    </Dialog>
  )
}
