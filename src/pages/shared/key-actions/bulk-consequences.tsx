import type { ReactNode } from 'react'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { count } from '../../../lib/numbers.ts'
import type { BulkAction } from './bulk-actions.ts'
import { keysIn } from './bulk-labels.ts'

interface BulkConsequencesProps {
  action: BulkAction
  /** Eligible keys. */
  keys: readonly KmsKey[]
  /** Instant at which keys of a provider are destroyed, were their deletion scheduled now. */
  destroyedAt: (cloud: CloudId) => number
}

const listFormat = new Intl.ListFormat('en')

const cloudIdsOf = (keys: readonly KmsKey[]): CloudId[] => [...new Set(keys.map(({ cloud }) => cloud))]

/** Dependents of the keys that stop with them. */
const dependentsNote = (keys: readonly KmsKey[]) =>
  cloudIdsOf(keys.filter(({ can }) => can.includes('encrypt')))
    .flatMap((cloud) => cloudOf(cloud).capabilities.dependents ?? [])
    .map((sentence) => ` ${sentence.replace('bound to it', 'bound to them')}.`)
    .join('')

function RotateConsequences({ keys }: { keys: readonly KmsKey[] }) {
  const limited = keys.filter(({ rotation }) => rotation.manual !== undefined)
  const limits = new Set(limited.map(({ rotation }) => rotation.manual?.limit))
  const last = limited.filter(({ rotation: { manual } }) => manual !== undefined && manual.used + 1 === manual.limit)
  return (
    <>
      <p>
        <b>Each key gets a new version, which is used from now on.</b> Earlier versions still decrypt and verify.
      </p>
      {limited.length > 0 ? (
        <p>
          {count(limited.length, 'key uses', 'keys use')} one of {listFormat.format([...limits].map(String))} manual
          rotations{last.length > 0 ? `; for ${last.length} of them it is the last one` : ''}.
        </p>
      ) : null}
      {keys.some(({ traits }) => traits.includes('exportable')) ? (
        <p>Exported copies do not get the new version.</p>
      ) : null}
    </>
  )
}

const DisableConsequences = ({ keys }: { keys: readonly KmsKey[] }) => (
  <>
    <p>
      <b>These keys stop working now, for all users</b>, until they are enabled again.{dependentsNote(keys)}
    </p>
    {keysIn(keys) < keys.length ? <p>A key with replicas stops in each location of the list.</p> : null}
    <p>No data is lost: versions and settings stay.</p>
  </>
)

function DeletionConsequences({ keys, destroyedAt }: Omit<BulkConsequencesProps, 'action'>) {
  const here = cloudIdsOf(keys)
  const replicated = keys.filter(({ replicas = [] }) => replicas.length > 0)
  const disabled = here.filter((cloud) => cloudOf(cloud).capabilities.afterCancelledDeletion === 'disabled')
  return (
    <>
      <p>
        <b>These keys stop working now.</b> They are destroyed with all versions, and nobody can decrypt their data
        again:
      </p>
      <ul className="grid gap-1 text-sm">
        {here.map((cloud) => (
          <li key={cloud}>
            {count(keys.filter((key) => key.cloud === cloud).length, 'key')} of {cloudOf(cloud).longName} on{' '}
            <b>{formatDateTime(destroyedAt(cloud))}</b>
          </li>
        ))}
      </ul>
      <p>
        You can cancel each deletion until then.
        {disabled.length === 0
          ? ''
          : ` Keys of ${listFormat.format(disabled.map((cloud) => cloudOf(cloud).longName))} are disabled after that.`}
      </p>
      <p className="empty:hidden">
        {dependentsNote(keys).trim()}
        {replicated.length > 0 ? ` The replicas of ${count(replicated.length, 'key')} are destroyed too.` : ''}
      </p>
    </>
  )
}

/** Consequences of a bulk action for the eligible keys. */
export function BulkConsequences({ action, keys, destroyedAt }: BulkConsequencesProps): ReactNode {
  switch (action) {
    case 'rotate':
      return <RotateConsequences keys={keys} />
    case 'disable':
      return <DisableConsequences keys={keys} />
    case 'scheduleDeletion':
      return <DeletionConsequences keys={keys} destroyedAt={destroyedAt} />
    case 'enable':
      return (
        <p>
          <b>The keys work again at once</b>, with all versions.
        </p>
      )
    case 'setRotation':
      return <p>A key rotates at once only if its new date is in the past.</p>
  }
}
