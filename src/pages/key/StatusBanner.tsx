import { CircleCheck, Undo2 } from 'lucide-react'
import { offersOperation } from '../../clouds/key-operations.ts'
import { hasUnknownStatus, isDisabled, isPendingDeletion, statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDateTime } from '../../lib/dates.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { formatSpanInSentence } from '../shared/format-time.ts'
import { type KeyAction, keyActionItem } from '../shared/key-actions/actions.ts'
import { isReplica } from './replicas.ts'

interface StatusBannerProps {
  kmsKey: KmsKey
  now: number
  start: (action: KeyAction, key: KmsKey) => void
  running: KeyAction | undefined
}

const stoppedNote = (key: KmsKey) =>
  key.can.includes('encrypt') ? 'It encrypts and decrypts nothing now.' : 'It does nothing now.'

const isInSeveralLocations = (key: KmsKey) => isReplica(key) || (key.replicas ?? []).length > 0

function destructionTitle(at: number | undefined, now: number): string {
  if (at === undefined) return 'Its deletion is scheduled.'
  return at > now
    ? `Destroyed in ${formatSpanInSentence(now, at)}, on ${formatDateTime(at)}.`
    : `Due to be destroyed since ${formatDateTime(at)}.`
}

/** Effect of a status other than active, its end, and the action that reverts it. */
export function StatusBanner({ kmsKey: key, now, start, running }: StatusBannerProps) {
  if (isPendingDeletion(key)) {
    const { disabledReason: refusal } = keyActionItem('cancelDeletion', key)
    const stays = cloudOf(key.cloud).capabilities.afterCancelledDeletion === 'disabled'
    return (
      <Banner
        tone="danger"
        className="mb-3"
        title={destructionTitle(key.destroyedAt, now)}
        actions={
          <Button
            size="sm"
            icon={Undo2}
            disabledReason={refusal}
            busy={running === 'cancelDeletion'}
            className="print:hidden"
            onClick={() => start('cancelDeletion', key)}
          >
            {running === 'cancelDeletion' ? 'Cancelling deletion' : 'Cancel deletion'}
          </Button>
        }
      >
        {stoppedNote(key)} After that date, nobody can read what it protects.
        {stays && ' Cancelling leaves it disabled; enable it afterwards.'}
      </Banner>
    )
  }
  if (hasUnknownStatus(key))
    return (
      <Banner tone="warning" className="mb-3" title={`The status of this key is “${key.status}”.`}>
        This console doesn’t know that status, so it holds nothing back: {cloudOf(key.cloud).longName} decides what
        works.
      </Banner>
    )
  if (isDisabled(key)) {
    const { label, description } = statusOf(key)
    const { disabledReason: refusal } = keyActionItem('enable', key)
    const decrypts = key.can.includes('encrypt')
    const { locationNoun: locationWord } = cloudOf(key.cloud).capabilities
    return (
      <Banner
        tone="warning"
        className="mb-3"
        title={`This key is ${label.toLowerCase()}.`}
        actions={
          offersOperation(key, 'enable') && (
            <Button
              size="sm"
              icon={CircleCheck}
              disabledReason={refusal}
              busy={running === 'enable'}
              className="print:hidden"
              onClick={() => start('enable', key)}
            >
              {running === 'enable' ? 'Enabling' : 'Enable'}
            </Button>
          )
        }
      >
        {description ??
          (decrypts
            ? 'Nothing is encrypted with it, and what it protects can’t be decrypted either, until it is enabled.'
            : 'Nothing works with it until it is enabled.')}
        {key.rotation.automatic && !isReplica(key) && ' Automatic rotation waits, too.'}
        {isInSeveralLocations(key) &&
          ` That is so in ${key.location}; in other ${locationWord}s the key has its own status.`}
      </Banner>
    )
  }
  return null
}
