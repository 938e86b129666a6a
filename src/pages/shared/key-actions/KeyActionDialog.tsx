import { useRef, useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { operationCode } from '../../../clouds/operation-code.ts'
import type { OperationInputs } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { addDays } from '../../../lib/dates.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TypedConfirmation } from '../../../ui/TypedConfirmation.tsx'
import { ErrorNote } from '../Failure.tsx'
import { LocationPath } from '../LocationPath.tsx'
import { notValidYet, ShowCode } from '../ShowCode.tsx'
import { useNow } from '../use-now.ts'
import type { KeyAction } from './actions.ts'
import { deletionCopy, disableCopy, rotateCopy } from './confirmation-copy.tsx'
import { DeletionDelayField } from './DeletionDelayField.tsx'
import { failedChangeMessage } from './with-permission-hint.ts'

export interface KeyActionDialogProps {
  readonly action: KeyAction
  readonly keyOf: KmsKey
  /** Carries it out; rejects with what was refused. */
  readonly run: (input: OperationInputs['scheduleDeletion']) => Promise<void>
  readonly onClose: () => void
}

/** NaN for a text that is no whole number. */
const parseDays = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN)

/** Asks before an action that stops something or can't be taken back. Stays open with the error when it is refused. */
export function KeyActionDialog({ action, keyOf: key, run, onClose }: KeyActionDialogProps) {
  const now = useNow()
  const { deletionDelay } = cloudOf(key.cloud).capabilities
  const [days, setDays] = useState(String(deletionDelay.default))
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const wayOut = useRef<HTMLButtonElement>(null)

  const deletes = action === 'scheduleDeletion'
  const wrongDays = deletes ? needsPeriod(parseDays(days), deletionDelay) : undefined
  const delay = wrongDays === undefined ? Number(days) : deletionDelay.default
  const until = addDays(now, delay)
  const question = action === 'rotate' ? rotateCopy(key) : deletes ? deletionCopy(key, until) : disableCopy(key)
  const input = deletes ? { days: delay } : {}
  const untyped = deletes && typed !== key.name ? 'Type the name of the key first.' : undefined

  async function submit() {
    if (wrongDays !== undefined || untyped !== undefined || busy) return
    setBusy(true)
    setError(undefined)
    try {
      await run(input)
      onClose()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      busy={busy}
      title={question.title}
      address={<LocationPath of={key} />}
      // With nothing to fill in, the harmless button; not the code.
      {...(deletes ? {} : { initialFocus: wayOut })}
      error={error === undefined ? undefined : <ErrorNote {...failedChangeMessage(error, key, question.failedTitle)} />}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button ref={wayOut} onClick={onClose}>
            {question.cancelLabel}
          </Button>
          <Button
            type="submit"
            variant={question.danger ? 'danger' : 'primary'}
            busy={busy}
            disabledReason={wrongDays ?? untyped}
          >
            {busy ? question.busyLabel : question.confirmLabel}
          </Button>
        </>
      }
    >
      {question.description}
      {deletes && deletionDelay.min < deletionDelay.max ? (
        <DeletionDelayField
          days={days}
          range={deletionDelay}
          destroyedAt={until}
          error={wrongDays}
          onChange={setDays}
        />
      ) : null}
      {deletes ? <TypedConfirmation name={key.name} value={typed} onChange={setTyped} /> : null}
      <ShowCode
        groups={() => [
          {
            label: `Code to ${question.confirmLabel.toLowerCase()}`,
            snippets: operationCode(key, action, input),
            note: wrongDays === undefined ? undefined : notValidYet('days', delay),
          },
        ]}
      />
    </Dialog>
  )
}
