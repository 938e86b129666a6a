/** Next step of a decision, as a button and as a command of the palette. */
import { History, Layers, RotateCw, Undo2 } from 'lucide-react'
import { operationRefusal } from '../../clouds/key-operations.ts'
import type { IconType } from '../../ui/Icon.tsx'
import type { Decision } from './decisions.ts'

export type NextStep = {
  readonly label: string
  /** Label with the name of the key or the locations. */
  readonly named: string
  readonly icon: IconType
} & (
  | {
      readonly action: 'cancelDeletion' | 'rotate' | 'retry'
      /** Label of the button while the action runs. */
      readonly busy: string
      readonly disabledReason?: string | undefined
    }
  | { readonly tab: 'rotation' | 'replicas' }
)

export function nextStepFor(one: Decision): NextStep {
  if (one.kind === 'unanswered')
    return { label: 'Retry', named: `Retry ${one.failure.names}`, icon: RotateCw, action: 'retry', busy: 'Retrying' }
  const { kind, key } = one
  if (kind === 'deletion')
    return {
      label: 'Cancel deletion',
      named: `Cancel deletion of ${key.name}`,
      icon: Undo2,
      action: 'cancelDeletion',
      busy: 'Cancelling deletion',
      disabledReason: operationRefusal(key, 'cancelDeletion'),
    }
  if (kind === 'behind')
    return { label: 'View replicas', named: `View replicas of ${key.name}`, icon: Layers, tab: 'replicas' }
  return operationRefusal(key, 'rotate') === undefined
    ? { label: 'Rotate now', named: `Rotate now: ${key.name}`, icon: RotateCw, action: 'rotate', busy: 'Rotating' }
    : { label: 'Review', named: `Review of ${key.name}`, icon: History, tab: 'rotation' }
}
