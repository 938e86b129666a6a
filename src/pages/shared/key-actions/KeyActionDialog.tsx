import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operationCode } from '../../../clouds/code-registry.ts'
import { failedChangeMessage } from '../../../clouds/failed-change.ts'
import { deletionDelayOf } from '../../../clouds/key-operations.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { addDays } from '../../../lib/dates.ts'
import { useToast } from '../../../ui/Toast.tsx'
import { ConfirmDialog, typeNameOf } from '../ConfirmDialog.tsx'
import { LocationPath } from '../LocationPath.tsx'
import { notValidYet } from '../ShowCode.tsx'
import { useNow } from '../use-now.ts'
import type { ConfirmedAction } from './actions.ts'
import { confirmationCopy } from './confirmation-copy.tsx'
import { DeletionDelayField, parseDays } from './DeletionDelayField.tsx'
import { type ActionContext, runKeyAction } from './run-key-action.tsx'

interface KeyActionDialogProps {
  readonly action: ConfirmedAction
  readonly kmsKey: KmsKey
  readonly follow: ActionContext['follow']
  readonly onClose: () => void
}

/** Confirmation before an action on one key. Deletion asks for the key's name and, where it can be chosen, the delay. */
export function KeyActionDialog({ action, kmsKey: key, follow, onClose }: KeyActionDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const now = useNow()
  const deletionDelay = deletionDelayOf(key.cloud)
  const [days, setDays] = useState(String(deletionDelay.default))

  const deletes = action === 'scheduleDeletion'
  const daysProblem = deletes ? needsPeriod(parseDays(days), deletionDelay) : undefined
  const delay = daysProblem === undefined ? Number(days) : deletionDelay.default
  const destroyedAt = addDays(now, delay)
  const copy = confirmationCopy[action](key, destroyedAt)
  const input = deletes ? { days: delay } : {}

  return (
    <ConfirmDialog
      title={copy.title}
      address={<LocationPath of={key} />}
      hasFields={deletes}
      confirmation={deletes ? typeNameOf(key) : undefined}
      code={() => [
        {
          label: `Code to ${copy.confirmLabel.toLowerCase()}`,
          snippets: operationCode(key, action, input),
          note: daysProblem === undefined ? undefined : notValidYet('days', delay),
        },
      ]}
      cancelLabel={copy.cancelLabel}
      confirmLabel={copy.confirmLabel}
      busyLabel={copy.busyLabel}
      danger={copy.danger}
      disabledReason={daysProblem}
      run={async () => {
        await runKeyAction({ client, toast, follow }, { action, key }, input, copy.success)
        onClose()
      }}
      describeError={(error) => failedChangeMessage(error, key, copy.failedTitle)}
      onClose={onClose}
    >
      {copy.description}
      {deletes && deletionDelay.min < deletionDelay.max ? (
        <DeletionDelayField
          days={days}
          range={deletionDelay}
          destroyedAt={destroyedAt}
          error={daysProblem}
          onChange={setDays}
        />
      ) : null}
    </ConfirmDialog>
  )
}
