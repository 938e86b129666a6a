import type { ReactNode } from 'react'
import type { Purpose } from '../../../clouds/algorithms.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { count } from '../../../lib/numbers.ts'
import { affectedOperations, type ConfirmedAction, dependentsNote } from './actions.ts'
import { type ActionMessage, disabledAfterCancel } from './run-key-action.tsx'

/** Verbs by purpose: of the latest version, and of every version. */
const purposeVerbs: Record<Purpose, { makes: string; checks: string }> = {
  encrypt: { makes: 'encrypts', checks: 'decrypt' },
  sign: { makes: 'signs', checks: 'verify' },
  mac: { makes: 'authenticates', checks: 'verify' },
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

/** What a dialog says: what happens, and further facts as short sentences. */
const consequences = (effect: ReactNode, facts: readonly (string | false | undefined)[]) => {
  const told = facts.filter((fact) => typeof fact === 'string')
  return (
    <>
      <p>{effect}</p>
      {told.length > 0 && <p>{told.join(' ')}</p>}
    </>
  )
}

const listFormat = new Intl.ListFormat('en')

/** A sentence about the replicas of a primary; undefined for any other key. */
function replicasNote({ replicas = [] }: KmsKey, one: string, several: string): string | undefined {
  if (replicas.length === 0) return undefined
  const places = listFormat.format(replicas)
  return replicas.length === 1 ? `Its replica in ${places} ${one}.` : `Its replicas in ${places} ${several}.`
}

/** Other locations of the key, which have their own status. */
const otherLocationsNote = (key: KmsKey): string | undefined =>
  key.traits.includes('replica')
    ? `Other ${cloudOf(key.cloud).capabilities.locationNoun}s do not change.`
    : replicasNote(key, 'does not change', 'do not change')

function rotateCopy(key: KmsKey): ConfirmationCopy {
  const next = key.latestVersion + 1
  const { makes, checks } = purposeVerbs[key.purpose]
  const earlier = key.latestVersion === 1 ? 'Version 1 can' : `Versions 1 to ${key.latestVersion} can`
  const { automatic, manual } = key.rotation
  const restarts = cloudOf(key.cloud).capabilities.rotationPeriodStart === 'latest-version'
  return {
    title: `Rotate ${key.name} now`,
    description: consequences(
      <>
        <b>
          Version {next} {makes} from now on.
        </b>{' '}
        {earlier} still {checks}.
      </>,
      [
        manual && `This is manual rotation ${manual.used + 1} of ${manual.limit}.`,
        automatic &&
          (restarts ? 'The rotation period starts again today.' : 'The next automatic date does not change.'),
        replicasNote(key, 'gets the new version', 'get the new version'),
        key.traits.includes('exportable') && `Exported copies do not have version ${next}.`,
      ],
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
    description: consequences(
      <>
        <b>
          {affectedOperations(key)} stop now{elsewhere === undefined ? '' : ` in ${key.location}`}
        </b>
        , until the key is enabled again. Programs that use it fail.
      </>,
      [dependentsNote(key), elsewhere],
    ),
    cancelLabel: 'Keep it active',
    confirmLabel: 'Disable',
    busyLabel: 'Disabling',
    danger: true,
    failedTitle: 'Not disabled.',
    success: { title: `Disabled ${key.name}.`, text: 'Nothing works with it until it is enabled.' },
  }
}

function deletionCopy(key: KmsKey, deletedAt: number): ConfirmationCopy {
  return {
    title: `Schedule deletion of ${key.name}`,
    description: consequences(
      <>
        <b>{affectedOperations(key)} stop now.</b> On <b>{formatDateTime(deletedAt)}</b> the key is deleted with{' '}
        {count(key.latestVersion, 'version')}. Data that it protects is lost.
      </>,
      [
        `Until then you can cancel, and its ${key.slug === undefined ? 'name' : 'slug'} stays taken.`,
        disabledAfterCancel(key) && 'After you cancel, the key is disabled.',
        dependentsNote(key),
        replicasNote(key, 'is deleted too', 'are deleted too'),
      ],
    ),
    cancelLabel: 'Keep the key',
    confirmLabel: 'Schedule deletion',
    busyLabel: 'Scheduling deletion',
    danger: true,
    failedTitle: 'No deletion was scheduled.',
    success: { title: `Scheduled the deletion of ${key.name}.`, text: `Deletes on ${formatDateTime(deletedAt)}.` },
  }
}

/** @param deletedAt instant at which the key would be deleted, were its deletion scheduled now */
export const confirmationCopy: Readonly<Record<ConfirmedAction, (key: KmsKey, deletedAt: number) => ConfirmationCopy>> =
  { rotate: rotateCopy, disable: disableCopy, scheduleDeletion: deletionCopy }
