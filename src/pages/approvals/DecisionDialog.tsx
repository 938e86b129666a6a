import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { approvalsQuery, type Decision, decideApproval } from '../../clouds/gateway/approval-calls.ts'
import type { Approval } from '../../clouds/gateway/approvals.ts'
import { queryKeys } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { useExclusiveMutation } from '../shared/use-exclusive-mutation.ts'
import { actionOf } from './labels.ts'

const words = {
  approve: { verb: 'Approve', busy: 'Approving', done: 'Approved' },
  decline: { verb: 'Decline', busy: 'Declining', done: 'Declined' },
  withdraw: { verb: 'Withdraw', busy: 'Withdrawing', done: 'Withdrawn' },
} as const satisfies Record<Decision, unknown>

const consequence = (decision: Decision, { revealsSecret, asker }: Approval): string => {
  if (decision === 'decline') return `${asker.name} sees your note.`
  if (decision === 'withdraw') return 'It can’t be approved afterwards.'
  return revealsSecret
    ? `${asker.name} can then do it once, exactly as asked for. You don’t see the result.`
    : 'The console carries it out at once, exactly as asked for.'
}

interface DecisionDialogProps {
  approval: Approval
  decision: Decision
  onClose: () => void
}

/** Asks for a note with a decision, and sends it. */
export function DecisionDialog({ approval, decision, onClose }: DecisionDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const [note, setNote] = useState('')
  const { verb, busy, done } = words[decision]
  const { verb: action, object } = actionOf(approval)
  const { mutate, isPending, error } = useExclusiveMutation(async () => {
    try {
      await decideApproval(approval.id, decision, note.trim())
    } finally {
      await client.invalidateQueries({ queryKey: approvalsQuery().queryKey })
    }
    void client.invalidateQueries({ queryKey: queryKeys.allKeyLists() })
    toast.success(`${done}: ${action} ${object}.`)
    onClose()
  })
  return (
    <Dialog
      open
      busy={isPending}
      onClose={onClose}
      title={`${verb}: ${action} ${object}`}
      onSubmit={() => mutate()}
      error={error === null ? undefined : <ErrorNote error={error} />}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant={decision === 'approve' ? 'primary' : 'secondary'} busy={isPending}>
            {isPending ? busy : verb}
          </Button>
        </>
      }
    >
      <p>{consequence(decision, approval)}</p>
      {decision === 'withdraw' ? null : (
        <Field label="Note" optional>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      )}
    </Dialog>
  )
}
