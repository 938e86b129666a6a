import { type ReactNode, useState } from 'react'
import type { OperationInputs } from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { needsPeriod } from '../../clouds/wording.ts'
import { addDays, formatDateTime } from '../../lib/dates.ts'
import { count } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Mono } from '../../ui/Mono.tsx'
import { TypedConfirmation } from '../../ui/TypedConfirmation.tsx'
import { Address } from '../parts/Address.tsx'
import { ErrorNote } from '../parts/Failure.tsx'
import { useNow } from '../parts/use-now.ts'
import { type KeyAction, purposeWords } from './actions.ts'
import { explained } from './explained.ts'

export interface KeyActionDialogProps {
  readonly action: KeyAction
  readonly keyOf: KmsKey
  /** Carries it out; rejects with what was refused. */
  readonly run: (input: OperationInputs['scheduleDeletion']) => Promise<void>
  readonly onClose: () => void
}

interface Question {
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

const intervalWords = (key: KmsKey) =>
  cloudOf(key.cloud).traits.periodCountsFrom === 'latest-version'
    ? 'The interval of automatic rotation starts again today.'
    : 'The next automatic date stays as it is.'

function rotateQuestion(key: KmsKey): Question {
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

function disableQuestion(key: KmsKey): Question {
  return {
    title: `Disable ${key.name}`,
    says: (
      <>
        <p>
          <b>{stops(key)} stop now</b>, for every reader and writer, with {count(key.latestVersion, 'version')}.
          Whatever reads data that this key protects fails until the key is enabled again.
          {alsoStops(key)}
        </p>
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

function deletionQuestion(key: KmsKey, destroyedAt: number): Question {
  const { afterCancelledDeletion } = cloudOf(key.cloud).traits
  return {
    title: `Schedule deletion of ${key.name}`,
    says: (
      <p>
        <b>{stops(key)} stop now</b> for everything this key protects. On <b>{formatDateTime(destroyedAt)}</b> the key
        and its {count(key.latestVersion, 'version')} are destroyed, and nobody can read that data again. You can cancel
        until then
        {afterCancelledDeletion === 'disabled' ? '; the key is disabled afterwards' : ''}.{alsoStops(key)} Its{' '}
        {key.slug === undefined ? (
          'name'
        ) : (
          <>
            slug <Mono>{key.slug}</Mono>
          </>
        )}{' '}
        stays taken until that date: no new key can have it.
      </p>
    ),
    keep: 'Keep the key',
    act: 'Schedule deletion',
    acting: 'Scheduling deletion',
    danger: true,
    failed: 'No deletion was scheduled.',
  }
}

/** Asks before an action that stops something or can't be taken back. Stays open with the error when it is refused. */
export function KeyActionDialog({ action, keyOf: key, run, onClose }: KeyActionDialogProps) {
  const now = useNow()
  const { deletionDelay } = cloudOf(key.cloud).traits
  const [days, setDays] = useState(String(deletionDelay.default))
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()

  const deletes = action === 'scheduleDeletion'
  const wrongDays = deletes ? needsPeriod(Number(days), deletionDelay) : undefined
  const until = addDays(now, wrongDays === undefined ? Number(days) : deletionDelay.default)
  const question =
    action === 'rotate' ? rotateQuestion(key) : deletes ? deletionQuestion(key, until) : disableQuestion(key)
  const untyped = deletes && typed !== key.name ? 'Type the name of the key first.' : undefined

  async function submit() {
    if (wrongDays !== undefined || untyped !== undefined || busy) return
    setBusy(true)
    setError(undefined)
    try {
      await run(deletes ? { days: Number(days) } : {})
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
      address={<Address of={key} />}
      error={error === undefined ? undefined : <ErrorNote title={question.failed} error={explained(error, key)} />}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{question.keep}</Button>
          <Button
            type="submit"
            variant={question.danger ? 'danger' : 'primary'}
            busy={busy}
            reason={wrongDays ?? untyped}
          >
            {busy ? question.acting : question.act}
          </Button>
        </>
      }
    >
      {question.says}
      {deletes && deletionDelay.min < deletionDelay.max ? (
        <Field
          label="Days until it is destroyed"
          hint={`From ${deletionDelay.min} to ${deletionDelay.max}.`}
          error={wrongDays}
        >
          {(control) => (
            <Input {...control} inputMode="numeric" value={days} onChange={(event) => setDays(event.target.value)} />
          )}
        </Field>
      ) : null}
      {deletes ? <TypedConfirmation name={key.name} value={typed} onChange={setTyped} /> : null}
    </Dialog>
  )
}
