/** What can be done to many keys at once, and to which of them. */
import { Ban, CircleCheck, History, RotateCw, Trash2 } from 'lucide-react'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import type { OperationInputs } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import type { IconType } from '../../../ui/Icon.tsx'

export type BulkAction = 'rotate' | 'setRotation' | 'enable' | 'disable' | 'scheduleDeletion'

interface BulkActionItem {
  readonly label: string
  readonly icon: IconType
}

export const bulkActionItems: Readonly<Record<BulkAction, BulkActionItem>> = {
  rotate: { label: 'Rotate now', icon: RotateCw },
  setRotation: { label: 'Set rotation', icon: History },
  enable: { label: 'Enable', icon: CircleCheck },
  disable: { label: 'Disable', icon: Ban },
  scheduleDeletion: { label: 'Schedule deletion', icon: Trash2 },
}

export const bulkActions: readonly BulkAction[] = ['rotate', 'setRotation', 'enable', 'disable', 'scheduleDeletion']

export interface BulkInput {
  readonly rotation: OperationInputs['setRotation']
  /** Days until a deletion, by cloud; its own number where it is left out. */
  readonly days: Readonly<Partial<Record<CloudId, number>>>
}

/** Keys that can't take it, by reason. */
export interface RefusedGroup {
  readonly reason: string
  readonly keys: readonly KmsKey[]
}

export interface BulkPlan {
  readonly eligible: readonly KmsKey[]
  /** The largest group first. */
  readonly refused: readonly RefusedGroup[]
}

function rotationRefusal(key: KmsKey, { automatic, periodInDays }: OperationInputs['setRotation']): string | undefined {
  const { name, capabilities: traits } = cloudOf(key.cloud)
  const { min, max } = traits.rotationPeriod
  const unchanged = automatic ? key.rotation.periodInDays === periodInDays : true
  if (key.rotation.automatic === automatic && unchanged) return 'It is set so already.'
  // Where every cloud would say no, the field itself says it.
  if (!automatic || periodInDays === undefined || needsPeriod(periodInDays, { min, max }) === undefined)
    return undefined
  return `${name} rotates every ${formatNumber(min)} to ${formatNumber(max)} days.`
}

/** Why a key can't take it now, as one sentence; undefined when it can. */
export function bulkRefusal(action: BulkAction, key: KmsKey, input?: BulkInput): string | undefined {
  const refusal = cloudOf(key.cloud).operations[action].refusal(key)
  if (refusal !== undefined || action !== 'setRotation' || input === undefined) return refusal
  return rotationRefusal(key, input.rotation)
}

export function planBulk(action: BulkAction, keys: readonly KmsKey[], input?: BulkInput): BulkPlan {
  const able: KmsKey[] = []
  const refused = new Map<string, KmsKey[]>()
  for (const key of keys) {
    const reason = bulkRefusal(action, key, input)
    const group = reason === undefined ? able : refused.get(reason)
    if (group) group.push(key)
    else if (reason !== undefined) refused.set(reason, [key])
  }
  const groups = [...refused].map(([reason, group]) => ({ reason, keys: group }))
  return { eligible: able, refused: groups.sort((a, b) => b.keys.length - a.keys.length) }
}

export function deletionInput({ cloud }: KmsKey, { days }: BulkInput): OperationInputs['scheduleDeletion'] {
  const delay = days[cloud]
  return delay === undefined ? {} : { days: delay }
}

/** Carries it out on one key. */
export function runBulkAction(action: BulkAction, key: KmsKey, input: BulkInput): Promise<unknown> {
  const { operations } = cloudOf(key.cloud)
  if (action === 'setRotation') return operations.setRotation.run(key, input.rotation)
  if (action !== 'scheduleDeletion') return operations[action].run(key, {})
  return operations.scheduleDeletion.run(key, deletionInput(key, input))
}
