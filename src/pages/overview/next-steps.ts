/** Next step for a key that needs attention, as a button and as a command of the palette. */

import { History, Layers, RotateCw, Undo2 } from 'lucide-react'
import { operationRefusal } from '../../clouds/key-operations.ts'
import type { IconType } from '../../ui/Icon.tsx'
import type { AttentionItem } from './posture.ts'

interface Named {
  readonly label: string
  /** Label with the key's name. */
  readonly named: string
  readonly icon: IconType
}

export type NextStep =
  | (Named & {
      readonly action: 'cancelDeletion' | 'rotate'
      /** Label of the button while the action runs. */
      readonly busy: string
      /** Why the action is not possible. */
      readonly disabledReason: string | undefined
    })
  | (Named & { readonly tab: 'rotation' | 'replicas' })

export function nextStepFor({ kind, key }: AttentionItem): NextStep {
  const onTab = (label: string, tab: 'rotation' | 'replicas', icon: IconType): NextStep => ({
    label,
    named: `${label} of ${key.name}`,
    icon,
    tab,
  })
  switch (kind) {
    case 'pending':
      return {
        label: 'Cancel deletion',
        named: `Cancel deletion of ${key.name}`,
        icon: Undo2,
        action: 'cancelDeletion',
        busy: 'Cancelling deletion',
        disabledReason: operationRefusal(key, 'cancelDeletion'),
      }
    case 'overdue':
      return operationRefusal(key, 'rotate') === undefined
        ? {
            label: 'Rotate now',
            named: `Rotate now: ${key.name}`,
            icon: RotateCw,
            action: 'rotate',
            busy: 'Rotating',
            disabledReason: undefined,
          }
        : onTab('Review', 'rotation', History)
    case 'behind':
      return onTab('View replicas', 'replicas', Layers)
    case 'unrotated':
      return onTab(key.traits.includes('imported') ? 'Review' : 'Set rotation', 'rotation', History)
  }
}
