import { useQueryClient } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { useState } from 'react'
import type { ApprovableCall } from '../../clouds/errors.ts'
import { approvalsQuery, askForApproval } from '../../clouds/gateway/approval-calls.ts'
import { Link } from '../../router/react.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLinks } from '../use-project.ts'
import { ErrorNote } from './Failure.tsx'
import { ReasonField, reasonProblem } from './ReasonField.tsx'
import { useExclusiveMutation } from './use-exclusive-mutation.ts'

/** Asks a second person for the approval of a call that the gateway has held back. */
export function AskForApproval({ call }: { call: ApprovableCall }) {
  const client = useQueryClient()
  const links = useLinks()
  const [reason, setReason] = useState('')
  const { mutate, isPending, isSuccess, error } = useExclusiveMutation(async () => {
    await askForApproval(call, reason.trim())
    await client.invalidateQueries({ queryKey: approvalsQuery().queryKey })
  })
  if (isSuccess)
    return (
      <Banner tone="ok" title="You asked for the approval.">
        Another person decides in{' '}
        <Link to={links.approvals()} className="underline">
          Approvals
        </Link>
        . You can close this.
      </Banner>
    )
  return (
    <div className="grid gap-3">
      <Banner tone="info" title="A second person must approve this.">
        Nothing was done yet. Say why it is needed.
      </Banner>
      <ReasonField value={reason} onChange={setReason} />
      {error === null ? null : <ErrorNote error={error} />}
      <div>
        <Button
          variant="primary"
          icon={Users}
          busy={isPending}
          disabledReason={reasonProblem(reason)}
          onClick={() => mutate()}
        >
          {isPending ? 'Asking' : 'Ask for approval'}
        </Button>
      </div>
    </div>
  )
}
