import type { ReactNode } from 'react'
import type { Purpose } from '../../../clouds/algorithms.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { count } from '../../../lib/numbers.ts'
import { Code } from '../../../ui/Code.tsx'
import type { ConfirmedAction } from './actions.ts'
import { type ActionMessage, disabledAfterCancel } from './run-key-action.tsx'

/** Verbs by purpose: of the latest version, of every version, and for data that an earlier version protects. */
const purposeVerbs: Record<Purpose, { makes: string; checks: string; past: string }> = {
  encrypt: { makes: 'encrypts', checks: 'decrypt', past: 'encrypted' },
  sign: { makes: 'signs', checks: 'verify', past: 'signed' },
  mac: { makes: 'authenticates', checks: 'verify', past: 'authenticated' },
}

/** Texts of a confirmation dialog, and the toast after its action. */
interface ConfirmationCopy {
  readonly title: string
  readonly description: ReactNode
  readonly cancelLabel: string
  readonly confirmLabel: string
  readonly busyLabel: string
  readonly danger: boolean
  readonly failedTitle: string
  readonly success: ActionMessage
}

const affectedOperations = (key: KmsKey) =>
  key.can.includes('encrypt') ? 'Encryption and decryption' : 'Everything it is used for'

const dependentsNote = (key: KmsKey) => {
  const { dependents } = cloudOf(key.cloud).capabilities
  return dependents === undefined || !key.can.includes('encrypt') ? '' : ` ${dependents} meanwhile.`
}

const listFormat = new Intl.ListFormat('en')

const replicaList = ({ replicas = [] }: KmsKey) =>
  `${replicas.length === 1 ? 'Its replica' : 'Its replicas'} in ${listFormat.format(replicas)}`

const hasOneReplica = ({ replicas = [] }: KmsKey) => replicas.length === 1

const hasReplicas = ({ replicas = [] }: KmsKey) => replicas.length > 0

/** Other locations of the key, which have their own status and go on working. */
function otherLocationsNote(key: KmsKey): string | undefined {
  const word = cloudOf(key.cloud).capabilities.locationNoun
  if (key.traits.includes('replica')) return `The primary and replicas in other ${word}s go on working.`
  if (!hasReplicas(key)) return undefined
  return `${replicaList(key)} ${hasOneReplica(key) ? 'goes' : 'go'} on working: each ${word} has its own status.`
}

const intervalNote = (key: KmsKey) =>
  cloudOf(key.cloud).capabilities.rotationPeriodStart === 'latest-version'
    ? 'The interval of automatic rotation starts again today.'
    : 'The next automatic date stays as it is.'

function rotateCopy(key: KmsKey): ConfirmationCopy {
  const next = key.latestVersion + 1
  const { makes, checks, past } = purposeVerbs[key.purpose]
  const earlier =
    key.latestVersion === 1 ? `Version 1 can still ${checks}` : `Versions 1 to ${key.latestVersion} still ${checks}`
  const { automatic, manual } = key.rotation
  return {
    title: `Rotate ${key.name} now`,
    description: (
      <>
        <p>
          <b>
            Version {next} becomes the one that {makes}.
          </b>{' '}
          {earlier}, so nothing has to be {past} again.
        </p>
        {manual ? (
          <p>
            This is manual rotation{' '}
            <b>
              {manual.used + 1} of {manual.limit}
            </b>
            ; they can’t be given back.
          </p>
        ) : null}
        {automatic ? <p>{intervalNote(key)}</p> : null}
        {hasReplicas(key) ? (
          <p>
            {replicaList(key)} {hasOneReplica(key) ? 'gets' : 'get'} the new version in a moment.
          </p>
        ) : null}
        {key.traits.includes('exportable') ? <p>An exported copy of this key will not know the new version.</p> : null}
      </>
    ),
    cancelLabel: 'Not now',
    confirmLabel: 'Rotate now',
    busyLabel: 'Rotating',
    danger: false,
    failedTitle: 'Not rotated.',
    success: { title: `Rotated ${key.name}.`, text: `Version ${next} ${makes} now.` },
  }
}

function disableCopy(key: KmsKey): ConfirmationCopy {
  const elsewhere = otherLocationsNote(key)
  return {
    title: `Disable ${key.name}`,
    description: (
      <>
        <p>
          <b>
            {affectedOperations(key)} stop now{elsewhere === undefined ? '' : ` in ${key.location}`}
          </b>
          , for every reader and writer, with {count(key.latestVersion, 'version')}. Whatever reads data that this key
          protects fails until the key is enabled again.
          {dependentsNote(key)}
        </p>
        {elsewhere === undefined ? null : <p>{elsewhere}</p>}
        <p>Nothing is lost: versions and settings are kept, and enabling it brings everything back.</p>
      </>
    ),
    cancelLabel: 'Keep it active',
    confirmLabel: 'Disable',
    busyLabel: 'Disabling',
    danger: true,
    failedTitle: 'Not disabled.',
    success: { title: `Disabled ${key.name}.`, text: 'Nothing works with it until it is enabled.' },
  }
}

function deletionCopy(key: KmsKey, destroyedAt: number): ConfirmationCopy {
  return {
    title: `Schedule deletion of ${key.name}`,
    description: (
      <>
        <p>
          <b>{affectedOperations(key)} stop now</b> for everything this key protects. On{' '}
          <b>{formatDateTime(destroyedAt)}</b> the key and its {count(key.latestVersion, 'version')} are destroyed, and
          nobody can read that data again. You can cancel until then
          {disabledAfterCancel(key) ? '; the key is disabled afterwards' : ''}.{dependentsNote(key)} Its{' '}
          {key.slug === undefined ? (
            'name'
          ) : (
            <>
              slug <Code>{key.slug}</Code>
            </>
          )}{' '}
          stays taken until that date: no new key can have it.
        </p>
        {hasReplicas(key) ? (
          <p>
            <b>
              {replicaList(key)} {hasOneReplica(key) ? 'goes' : 'go'} with it
            </b>
            : they stop in a moment, and are destroyed on the same date.
          </p>
        ) : null}
      </>
    ),
    cancelLabel: 'Keep the key',
    confirmLabel: 'Schedule deletion',
    busyLabel: 'Scheduling deletion',
    danger: true,
    failedTitle: 'No deletion was scheduled.',
    success: { title: `Scheduled the deletion of ${key.name}.`, text: 'You can cancel it until then.' },
  }
}

/** @param destroyedAt instant at which the key would be destroyed, were its deletion scheduled now */
export const confirmationCopy: Readonly<
  Record<ConfirmedAction, (key: KmsKey, destroyedAt: number) => ConfirmationCopy>
> = { rotate: rotateCopy, disable: disableCopy, scheduleDeletion: deletionCopy }
