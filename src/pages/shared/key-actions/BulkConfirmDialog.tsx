import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { deletionDelayOf } from '../../../clouds/key-operations.ts'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import { inDays } from '../../../clouds/period.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { clouds } from '../../../clouds/registry.ts'
import { addDays } from '../../../lib/dates.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { useNow } from '../use-now.ts'
import { BulkRotationFields, emptyRotationDraft, periodOf } from './BulkRotationFields.tsx'
import type { BulkAction } from './bulk-actions.ts'
import { bulkCode } from './bulk-code.ts'
import { BulkConsequences } from './bulk-consequences.tsx'
import { bulkLabels, confirmationPhrase } from './bulk-labels.ts'
import { type BulkInput, planBulk, type RefusedGroup } from './bulk-plan.ts'
import { startBulk } from './bulk-runner.ts'
import { closeBulkDialog } from './bulk-store.ts'
import { DeletionDelayField, parseDays } from './DeletionDelayField.tsx'

interface BulkConfirmDialogProps {
  action: BulkAction
  keys: readonly KmsKey[]
}

/** Confirmation before an action on many keys: the eligible keys, the consequences and the keys that are left out. */
export function BulkConfirmDialog({ action, keys }: BulkConfirmDialogProps) {
  const client = useQueryClient()
  const now = useNow()
  const [draft, setDraft] = useState(emptyRotationDraft)
  const [typedDays, setTypedDays] = useState<Readonly<Record<CloudId, string>>>({})
  const daysOf = useCallback(
    (cloud: CloudId) => typedDays[cloud] ?? String(deletionDelayOf(cloud).default),
    [typedDays],
  )
  const labels = bulkLabels[action]
  const period = periodOf(draft)

  const input = useMemo<BulkInput>(() => {
    const chosen = clouds.filter(({ id }) => deletionDelayOf(id).min < deletionDelayOf(id).max)
    return {
      rotation: draft.automatic ? { automatic: true, period: inDays(period) } : { automatic: false },
      days: Object.fromEntries(chosen.map(({ id }) => [id, parseDays(daysOf(id))])),
    }
  }, [draft.automatic, period, daysOf])
  const { eligible, refused } = useMemo(() => planBulk(action, keys, input), [action, keys, input])

  const deletes = action === 'scheduleDeletion'
  const setsRotation = action === 'setRotation'
  const present = clouds.filter(({ id }) => eligible.some(({ cloud }) => cloud === id))
  const delays = deletes ? present.filter(({ id }) => input.days[id] !== undefined) : []
  const daysProblem = (cloud: CloudId) => needsPeriod(parseDays(daysOf(cloud)), deletionDelayOf(cloud))
  const invalidDays = delays.map(({ id }) => daysProblem(id)).find((problem) => problem !== undefined)
  const invalidPeriod = setsRotation && draft.automatic && Number.isNaN(period)
  const notPossible = invalidPeriod
    ? 'Choose whole days.'
    : eligible.length === 0
      ? 'None of the keys can take it.'
      : undefined
  const eligibleKeys = count(eligible.length, 'key')
  const phrase = confirmationPhrase(eligible.length)

  const destroyedAt = (cloud: CloudId) =>
    addDays(now, daysProblem(cloud) === undefined ? parseDays(daysOf(cloud)) : deletionDelayOf(cloud).default)

  return (
    <ConfirmDialog
      wide
      title={labels.title(eligible.length === 0 ? count(keys.length, 'key') : eligibleKeys)}
      hasFields={deletes || setsRotation}
      confirmation={deletes && eligible.length > 0 ? { text: phrase, missing: `Type ${phrase} first.` } : undefined}
      code={() => bulkCode(action, eligible, input)}
      codeDisabledReason={notPossible}
      cancelLabel={eligible.length === 0 ? 'Close' : labels.cancel}
      confirmLabel={labels.confirm(eligibleKeys)}
      busyLabel={labels.running}
      danger={labels.danger}
      disabledReason={notPossible ?? invalidDays}
      // The progress dialog replaces this one as soon as the run starts, and reports its failures.
      run={() => startBulk(client, { action, keys: eligible, input })}
      describeError={(error) => ({ title: `${labels.running} failed.`, error })}
      onClose={closeBulkDialog}
    >
      {setsRotation ? <BulkRotationFields draft={draft} onChange={setDraft} /> : null}
      {eligible.length > 0 ? <BulkConsequences action={action} keys={eligible} destroyedAt={destroyedAt} /> : null}
      <RefusedGroups groups={refused} total={keys.length} />
      {delays.map(({ id, name }) => (
        <DeletionDelayField
          key={id}
          label={present.length > 1 ? `Days until keys of ${name} are destroyed` : 'Days until they are destroyed'}
          days={daysOf(id)}
          range={deletionDelayOf(id)}
          destroyedAt={destroyedAt(id)}
          error={daysProblem(id)}
          onChange={(text) => setTypedDays({ ...typedDays, [id]: text })}
        />
      ))}
    </ConfirmDialog>
  )
}

/** Names that are listed per reason; the others are counted. */
const MAX_NAMES = 3

function formatNames({ keys }: RefusedGroup): string {
  const names = keys.slice(0, MAX_NAMES).map(({ name, location, traits }) =>
    // A key and its replica have the same name.
    traits.includes('replica') ? `${name} in ${location}` : name,
  )
  const more = keys.length - names.length
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${formatNumber(more)} more`
}

/** Selected keys that are left out, by reason. */
function RefusedGroups({ groups, total }: { groups: readonly RefusedGroup[]; total: number }) {
  const out = groups.reduce((sum, { keys }) => sum + keys.length, 0)
  if (out === 0) return null
  return (
    <section aria-label="Left out" className="grid gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
      <p className="font-medium text-sm">
        {formatNumber(out)} of {formatNumber(total)} {out === 1 ? 'is' : 'are'} left out:
      </p>
      <ul className="grid gap-2 text-sm">
        {groups.map((group) => (
          <li key={group.reason} className="grid grid-cols-[2.5rem_minmax(0,1fr)]">
            <span className="text-fg-muted tabular-nums">{formatNumber(group.keys.length)}</span>
            <span className="min-w-0">
              {group.reason}
              <span className="block text-fg-muted text-xs [overflow-wrap:anywhere]">{formatNames(group)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
