import { CircleCheck, Undo2 } from 'lucide-react'
import { offersOperation } from '../../clouds/key-operations.ts'
import { hasUnknownStatus, isDisabled, isPendingDeletion, statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDateTime, formatSpanInSentence } from '../../lib/dates.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { affectedOperations, type KeyAction, keyActionItem } from '../shared/key-actions/actions.ts'
import { isMultiZone, isReplica } from './replicas.ts'

interface StatusBannerProps {
  kmsKey: KmsKey
  now: number
  start: (action: KeyAction, key: KmsKey) => void
  running: KeyAction | undefined
}

const stopped = (key: KmsKey) => `${affectedOperations(key)} are stopped`

function deletionTitle(at: number | undefined, now: number): string {
  if (at === undefined) return 'The deletion of this key is pending.'
  return at > now
    ? `Deletes in ${formatSpanInSentence(now, at)}, on ${formatDateTime(at)}.`
    : `Due for deletion since ${formatDateTime(at)}.`
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
        title={deletionTitle(key.destroyedAt, now)}
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
        {stopped(key)}. After that date, data that it protects is lost.
        {stays && ' After you cancel, the key is disabled.'}
      </Banner>
    )
  }
  if (hasUnknownStatus(key))
    return (
      <Banner tone="warning" className="mb-3" title={`The status of this key is “${key.status}”.`}>
        This console does not know that status. {cloudOf(key.cloud).longName} decides which operations work.
      </Banner>
    )
  if (isDisabled(key)) {
    const { label, description } = statusOf(key)
    const { disabledReason: refusal } = keyActionItem('enable', key)
    const { locationNoun } = cloudOf(key.cloud).capabilities
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
        {description ?? `${stopped(key)} until it is enabled.`}
        {key.rotation.automatic && !isReplica(key) && ' Automatic rotation is stopped too.'}
        {isMultiZone(key) && ` This is the status in ${key.location}; each ${locationNoun} has its own.`}
      </Banner>
    )
  }
  return null
}
