import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import { cloudOf, clouds } from '../../../clouds/queries.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { addDays } from '../../../lib/dates.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TypedConfirmation } from '../../../ui/TypedConfirmation.tsx'
import { ShowCode } from '../ShowCode.tsx'
import { useNow } from '../use-now.ts'
import { BulkRotationFields } from './BulkRotationFields.tsx'
import { bulkCode } from './bulk-code.ts'
import { BulkConsequences } from './bulk-consequences.tsx'
import { bulkLabels, confirmationPhrase } from './bulk-labels.ts'
import { type BulkAction, type BulkInput, planBulk } from './bulk-plan.ts'
import { startBulk } from './bulk-runner.ts'
import { closeBulkDialog } from './bulk-store.ts'
import { DeletionDelayField } from './DeletionDelayField.tsx'
import { RefusedGroups } from './RefusedGroups.tsx'
import { emptyRotationDraft, periodOf } from './rotation-draft.ts'

interface BulkConfirmDialogProps {
  action: BulkAction
  keys: readonly KmsKey[]
}

/** NaN for a text that is no whole number. */
const parseDays = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN)

const defaultDays = Object.fromEntries(
  clouds.map(({ id, capabilities: traits }) => [id, String(traits.deletionDelay.default)]),
) as Record<CloudId, string>

/** Asks before anything is done: which of the keys can take it, what stops and when. */
export function BulkConfirmDialog({ action, keys }: BulkConfirmDialogProps) {
  const client = useQueryClient()
  const now = useNow()
  const [draft, setDraft] = useState(emptyRotationDraft)
  const [days, setDays] = useState(defaultDays)
  const [typed, setTyped] = useState('')
  const wayOut = useRef<HTMLButtonElement>(null)
  const words = bulkLabels[action]
  const period = periodOf(draft)

  const input = useMemo<BulkInput>(() => {
    const chosen = clouds.filter(({ capabilities: traits }) => traits.deletionDelay.min < traits.deletionDelay.max)
    return {
      rotation: draft.automatic ? { automatic: true, periodInDays: period } : { automatic: false },
      days: Object.fromEntries(chosen.map(({ id }) => [id, parseDays(days[id])])),
    }
  }, [draft.automatic, period, days])
  const { eligible: able, refused } = useMemo(() => planBulk(action, keys, input), [action, keys, input])

  const deletes = action === 'scheduleDeletion'
  const here = clouds.filter(({ id }) => able.some(({ cloud }) => cloud === id))
  const delays = deletes ? here.filter(({ id }) => input.days[id] !== undefined) : []
  const wrongDays = (cloud: CloudId) => needsPeriod(parseDays(days[cloud]), cloudOf(cloud).capabilities.deletionDelay)
  const wrong = delays.map(({ id }) => wrongDays(id)).find((problem) => problem !== undefined)
  const badPeriod = action === 'setRotation' && draft.automatic && Number.isNaN(period)
  const many = count(able.length, 'key')
  const expected = confirmationPhrase(able.length)
  const untyped = deletes && typed !== expected ? `Type ${expected} first.` : undefined
  const none = badPeriod ? 'Choose whole days.' : able.length === 0 ? 'None of the keys can take it.' : undefined
  const reason = none ?? wrong ?? untyped

  const until = (cloud: CloudId) => {
    const { deletionDelay } = cloudOf(cloud).capabilities
    return addDays(now, wrongDays(cloud) === undefined ? parseDays(days[cloud]) : deletionDelay.default)
  }

  return (
    <Dialog
      open
      wide
      onClose={closeBulkDialog}
      // With nothing to fill in, the harmless button; not the code.
      {...(deletes || action === 'setRotation' ? {} : { initialFocus: wayOut })}
      title={words.title(able.length === 0 ? count(keys.length, 'key') : many)}
      onSubmit={() => {
        if (reason === undefined) void startBulk(client, { action, keys: able, input })
      }}
      footer={
        <>
          <Button ref={wayOut} onClick={closeBulkDialog}>
            {able.length === 0 ? 'Close' : words.cancel}
          </Button>
          <Button type="submit" variant={words.danger ? 'danger' : 'primary'} disabledReason={reason}>
            {words.confirm(many)}
          </Button>
        </>
      }
    >
      {action === 'setRotation' ? <BulkRotationFields draft={draft} onChange={setDraft} /> : null}
      {able.length > 0 ? <BulkConsequences action={action} keys={able} destroyedAt={until} /> : null}
      <RefusedGroups groups={refused} total={keys.length} />
      {delays.map(({ id, name, capabilities: traits }) => (
        <DeletionDelayField
          key={id}
          label={here.length > 1 ? `Days until keys of ${name} are destroyed` : 'Days until they are destroyed'}
          days={days[id]}
          range={traits.deletionDelay}
          destroyedAt={until(id)}
          error={wrongDays(id)}
          onChange={(text) => setDays({ ...days, [id]: text })}
        />
      ))}
      {deletes && able.length > 0 ? <TypedConfirmation name={expected} value={typed} onChange={setTyped} /> : null}
      <ShowCode groups={() => bulkCode(action, able, input)} disabledReason={none} />
    </Dialog>
  )
}
