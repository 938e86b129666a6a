import type { ReactNode } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { formatDateTime } from '../../lib/dates.ts'
import { count } from '../../lib/numbers.ts'
import { Code } from '../../ui/Code.tsx'
import { purposeWords } from './actions.ts'

/** What a dialog says before an action, and what its buttons are called. */
export interface Question {
  readonly title: string
  readonly says: ReactNode
  readonly keep: string
  readonly act: string
  readonly acting: string
  readonly danger: boolean
  readonly failed: string
}

const stops = (key: KmsKey) => (key.can.includes('encrypt') ? 'Encryption and decryption' : 'Everything it is used for')

const alsoStops = (key: KmsKey) => {
  const { dependents } = cloudOf(key.cloud).traits
  return dependents === undefined || !key.can.includes('encrypt') ? '' : ` ${dependents} meanwhile.`
}

const inWords = new Intl.ListFormat('en')

const replicasOf = ({ replicas = [] }: KmsKey) =>
  `${replicas.length === 1 ? 'Its replica' : 'Its replicas'} in ${inWords.format(replicas)}`

const one = ({ replicas = [] }: KmsKey) => replicas.length === 1

const hasReplicas = ({ replicas = [] }: KmsKey) => replicas.length > 0

/** Where each location has its own status, disabling stops one of them only. */
function elsewhereWords(key: KmsKey): string | undefined {
  const word = cloudOf(key.cloud).traits.locationWord
  if (key.traits.includes('replica')) return `The primary and replicas in other ${word}s go on working.`
  if (!hasReplicas(key)) return undefined
  return `${replicasOf(key)} ${one(key) ? 'goes' : 'go'} on working: each ${word} has its own status.`
}

const intervalWords = (key: KmsKey) =>
  cloudOf(key.cloud).traits.periodCountsFrom === 'latest-version'
    ? 'The interval of automatic rotation starts again today.'
    : 'The next automatic date stays as it is.'

export function rotateQuestion(key: KmsKey): Question {
  const next = key.latestVersion + 1
  const { makes, checks, made } = purposeWords[key.purpose]
  const earlier =
    key.latestVersion === 1 ? `Version 1 can still ${checks}` : `Versions 1 to ${key.latestVersion} still ${checks}`
  const { automatic, manual } = key.rotation
  return {
    title: `Rotate ${key.name} now`,
    says: (
      <>
        <p>
          <b>
            Version {next} becomes the one that {makes}.
          </b>{' '}
          {earlier}, so nothing has to be {made} again.
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
        {automatic ? <p>{intervalWords(key)}</p> : null}
        {hasReplicas(key) ? (
          <p>
            {replicasOf(key)} {one(key) ? 'gets' : 'get'} the new version in a moment.
          </p>
        ) : null}
        {key.traits.includes('exportable') ? <p>An exported copy of this key will not know the new version.</p> : null}
      </>
    ),
    keep: 'Not now',
    act: 'Rotate now',
    acting: 'Rotating',
    danger: false,
    failed: 'Not rotated.',
  }
}

export function disableQuestion(key: KmsKey): Question {
  const elsewhere = elsewhereWords(key)
  return {
    title: `Disable ${key.name}`,
    says: (
      <>
        <p>
          <b>
            {stops(key)} stop now{elsewhere === undefined ? '' : ` in ${key.location}`}
          </b>
          , for every reader and writer, with {count(key.latestVersion, 'version')}. Whatever reads data that this key
          protects fails until the key is enabled again.
          {alsoStops(key)}
        </p>
        {elsewhere === undefined ? null : <p>{elsewhere}</p>}
        <p>Nothing is lost: versions and settings are kept, and enabling it brings everything back.</p>
      </>
    ),
    keep: 'Keep it active',
    act: 'Disable',
    acting: 'Disabling',
    danger: true,
    failed: 'Not disabled.',
  }
}

export function deletionQuestion(key: KmsKey, destroyedAt: number): Question {
  const { afterCancelledDeletion } = cloudOf(key.cloud).traits
  return {
    title: `Schedule deletion of ${key.name}`,
    says: (
      <>
        <p>
          <b>{stops(key)} stop now</b> for everything this key protects. On <b>{formatDateTime(destroyedAt)}</b> the key
          and its {count(key.latestVersion, 'version')} are destroyed, and nobody can read that data again. You can
          cancel until then
          {afterCancelledDeletion === 'disabled' ? '; the key is disabled afterwards' : ''}.{alsoStops(key)} Its{' '}
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
              {replicasOf(key)} {one(key) ? 'goes' : 'go'} with it
            </b>
            : they stop in a moment, and are destroyed on the same date.
          </p>
        ) : null}
      </>
    ),
    keep: 'Keep the key',
    act: 'Schedule deletion',
    acting: 'Scheduling deletion',
    danger: true,
    failed: 'No deletion was scheduled.',
  }
}
