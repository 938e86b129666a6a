import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { deletionDelayOf } from '../../../clouds/key-operations.ts'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import { inDays } from '../../../clouds/period.ts'
import { queries } from '../../../clouds/queries.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { clouds } from '../../../clouds/registry.ts'
import { groupReplicas, isReplicated } from '../../../clouds/replica-groups.ts'
import { addDays } from '../../../lib/dates.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { useToast } from '../../../ui/Toast.tsx'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { ReasonField, reasonProblem } from '../ReasonField.tsx'
import { useNow } from '../use-now.ts'
import { BulkRotationFields, emptyRotationDraft, periodOf } from './BulkRotationFields.tsx'
import { bulkCode } from './bulk-code.ts'
import { BulkConsequences } from './bulk-consequences.tsx'
import { bulkLabelsOf, confirmationOf, keysIn } from './bulk-labels.ts'
import { type BulkInput, planBulk, type RefusedGroup } from './bulk-plan.ts'
import { startBulk } from './bulk-runner.ts'
import { type BulkState, closeBulkDialog } from './bulk-store.ts'
import { DeletionDelayField, parseDays } from './DeletionDelayField.tsx'

type BulkConfirmDialogProps = Omit<Extract<BulkState, { kind: 'confirming' }>, 'kind'>

/** Confirmation before an action on many keys: the eligible keys, the consequences and the keys that are left out. */
export function BulkConfirmDialog({ action, keys, onStart }: BulkConfirmDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const now = useNow()
  const [draft, setDraft] = useState(emptyRotationDraft)
  const [typedDays, setTypedDays] = useState<Readonly<Record<CloudId, string>>>({})
  const daysOf = useCallback(
    (cloud: CloudId) => typedDays[cloud] ?? String(deletionDelayOf(cloud).default),
    [typedDays],
  )
  const deletes = action === 'scheduleDeletion'
  const approvals = client.getQueryData(queries.session().queryKey)?.approvals ?? []
  const asks = deletes && approvals.includes('deletion')
  const [reason, setReason] = useState('')
  const labels = bulkLabelsOf(action, asks)
  const period = periodOf(draft)

  const input = useMemo<BulkInput>(() => {
    const chosen = clouds.filter(({ id }) => deletionDelayOf(id).min < deletionDelayOf(id).max)
    return {
      rotation: draft.automatic ? { automatic: true, period: inDays(period) } : { automatic: false },
      days: Object.fromEntries(chosen.map(({ id }) => [id, parseDays(daysOf(id))])),
    }
  }, [draft.automatic, period, daysOf])
  const { eligible, refused } = useMemo(() => planBulk(action, keys, input), [action, keys, input])

  const setsRotation = action === 'setRotation'
  const present = clouds.filter(({ id }) => eligible.some(({ cloud }) => cloud === id))
  const delays = deletes ? present.filter(({ id }) => input.days[id] !== undefined) : []
  const daysProblem = (cloud: CloudId) => needsPeriod(parseDays(daysOf(cloud)), deletionDelayOf(cloud))
  const invalidDays = delays.map(({ id }) => daysProblem(id)).find((problem) => problem !== undefined)
  const invalidPeriod = setsRotation && draft.automatic && Number.isNaN(period)
  const notPossible = invalidPeriod
    ? 'Choose whole days.'
    : eligible.length === 0
      ? 'Not possible for any of these keys.'
      : undefined
  const noReason = asks ? reasonProblem(reason) : undefined
  const eligibleKeys = count(keysIn(eligible), 'key')

  const destroyedAt = (cloud: CloudId) =>
    addDays(now, daysProblem(cloud) === undefined ? parseDays(daysOf(cloud)) : deletionDelayOf(cloud).default)

  return (
    <ConfirmDialog
      wide
      title={`${labels.verb} ${eligible.length === 0 ? count(keysIn(keys), 'key') : eligibleKeys}`}
      hasFields={deletes || setsRotation}
      confirmation={labels.danger && eligible.length > 0 ? confirmationOf(eligible) : undefined}
      code={() => bulkCode(action, eligible, input)}
      codeDisabledReason={notPossible}
      cancelLabel={eligible.length === 0 ? 'Close' : labels.cancel}
      confirmLabel={`${labels.verb} ${eligibleKeys}`}
      busyLabel={labels.running}
      danger={labels.danger}
      disabledReason={notPossible ?? invalidDays ?? noReason}
      // The progress dialog replaces this one as soon as the run starts, and reports its failures.
      run={() => {
        onStart()
        const withReason = asks ? { ...input, reason: reason.trim() } : input
        return startBulk({ client, toast }, { action, keys: eligible, input: withReason })
      }}
      describeError={(error) => ({ title: `${labels.running} failed.`, error })}
      onClose={closeBulkDialog}
    >
      {setsRotation ? <BulkRotationFields draft={draft} onChange={setDraft} /> : null}
      <KeyNames keys={eligible} />
      {eligible.length > 0 ? <BulkConsequences action={action} keys={eligible} destroyedAt={destroyedAt} /> : null}
      <RefusedGroups groups={refused} />
      {asks ? (
        <ReasonField hint="A second person must approve each deletion." value={reason} onChange={setReason} />
      ) : null}
      {delays.map(({ id, name }) => (
        <DeletionDelayField
          key={id}
          label={present.length > 1 ? `Days until keys of ${name} are destroyed` : 'Days until the keys are destroyed'}
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

/** Keys that are listed by name; the others are counted. */
const LISTED = 8
/** More locations than a key has. */
const LOCATIONS = 50

/** What the action is for: names and locations, the first of them where there are many. */
function KeyNames({ keys }: { keys: readonly KmsKey[] }) {
  const groups = groupReplicas(keys.slice(0, LISTED * LOCATIONS)).slice(0, LISTED)
  const more = keysIn(keys) - groups.length
  if (groups.length === 0) return null
  return (
    <ul aria-label="Keys" className="grid gap-0.5 text-sm">
      {groups.map((group) => {
        const [{ cloud, id, name, location, replicas = [] }, ...others] = group
        const locations = [location, ...(others.length > 0 ? others.map((other) => other.location) : replicas)]
        return (
          <li key={`${cloud} ${location} ${id}`} className="flex flex-wrap items-baseline gap-x-2">
            <bdi className="font-medium wrap-anywhere">{name}</bdi>
            <span className="mono-xs text-fg-muted">{locations.join(', ')}</span>
          </li>
        )
      })}
      {more > 0 ? <li className="text-fg-muted">and {formatNumber(more)} more</li> : null}
    </ul>
  )
}

/** Names that are listed per reason; the others are counted. */
const MAX_NAMES = 3

function formatNames({ keys }: RefusedGroup): string {
  const names = keys.slice(0, MAX_NAMES).map((key) => (isReplicated(key) ? `${key.name} in ${key.location}` : key.name))
  const more = keys.length - names.length
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${formatNumber(more)} more`
}

/** Selected keys that the action does not change, by reason. */
function RefusedGroups({ groups }: { groups: readonly RefusedGroup[] }) {
  if (groups.length === 0) return null
  return (
    <section aria-label="Not changed" className="grid gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
      <p className="font-medium text-sm">Not changed:</p>
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
