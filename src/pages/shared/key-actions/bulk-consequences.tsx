import type { ReactNode } from 'react'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { count } from '../../../lib/numbers.ts'
import type { BulkAction } from './bulk-actions.ts'

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
  const exportable = keys.some(({ traits }) => traits.includes('exportable'))
  return (
    <>
      <p>
        <b>{keys.length === 1 ? 'The key gets' : 'Each gets'} a new version, which works from then on.</b> Earlier
        versions still decrypt and verify, so nothing has to be encrypted or signed again.
      </p>
      {limited.length > 0 ? (
        <p>
          For {count(limited.length, 'key')} this takes one of {listFormat.format([...limits].map(String))} manual
          rotations, which can’t be given back{last.length > 0 ? `; for ${last.length} of them the last one` : ''}.
        </p>
      ) : null}
      {exportable ? <p>Exported copies will not know the new versions.</p> : null}
    </>
  )
}

function DisableConsequences({ keys }: { keys: readonly KmsKey[] }) {
  const spread = keys.filter(({ replicas = [], traits }) => replicas.length > 0 || traits.includes('replica'))
  return (
    <>
      <p>
        <b>Everything these keys are used for stops now</b>, for every reader and writer. Whatever reads data that they
        protect fails until they are enabled again.{dependentsNote(keys)}
      </p>
      {spread.length > 0 ? (
        <p>
          {count(spread.length, 'key')} {spread.length === 1 ? 'is' : 'are'} in several locations: only the chosen ones
          stop, each has its own status.
        </p>
      ) : null}
      <p>Nothing is lost: versions and settings are kept, and enabling them brings everything back.</p>
    </>
  )
}

function DeletionConsequences({
  keys,
  destroyedAt,
}: {
  keys: readonly KmsKey[]
  destroyedAt: BulkConsequencesProps['destroyedAt']
}) {
  const here = cloudIdsOf(keys)
  const replicated = keys.filter(({ replicas = [] }) => replicas.length > 0)
  const disabled = here.filter((cloud) => cloudOf(cloud).capabilities.afterCancelledDeletion === 'disabled')
  return (
    <>
      <p>
        <b>Everything these keys are used for stops now.</b> The keys and all their versions are destroyed, and nobody
        can read what they protect again:
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
        You can cancel each until then
        {disabled.length === 0
          ? ''
          : `; keys of ${listFormat.format(disabled.map((cloud) => cloudOf(cloud).longName))} are disabled afterwards`}
        .{dependentsNote(keys)} Their names stay taken until they are destroyed.
        {replicated.length > 0 ? ` The replicas of ${count(replicated.length, 'key')} go with them.` : ''}
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
          <b>{keys.length === 1 ? 'The key works' : 'They work'} again at once</b>, with all versions, for everybody who
          may use {keys.length === 1 ? 'it' : 'them'}.
        </p>
      )
    case 'setRotation':
      return (
        <p>
          {count(keys.length, 'key')} {keys.length === 1 ? 'is' : 'are'} changed. None is rotated by this alone, unless
          its new date has passed already.
        </p>
      )
  }
}
