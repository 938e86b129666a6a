/** Plan of a bulk action: the eligible keys, the refused ones by reason, and the request for each key. */
import { detailsOf } from '../../../clouds/errors.ts'
import { operationRefusal, runOperation } from '../../../clouds/key-operations.ts'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import type { OperationInputs } from '../../../clouds/operations.ts'
import { isSamePeriod } from '../../../clouds/period.ts'
import { needsPeriod } from '../../../clouds/refusals.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import type { BulkAction } from './bulk-actions.ts'

export interface BulkInput {
  readonly rotation: OperationInputs['setRotation']
  /** Days until a deletion by provider; where absent, the provider's fixed delay. */
  readonly days: Readonly<Partial<Record<CloudId, number>>>
  /** Why approvals are asked for, where a second person must allow the action. */
  readonly reason?: string
}

/** Keys that are left out, by reason. */
export interface RefusedGroup {
  readonly reason: string
  readonly keys: readonly KmsKey[]
}

export interface BulkPlan {
  readonly eligible: readonly KmsKey[]
  /** The largest group first. */
  readonly refused: readonly RefusedGroup[]
}

function rotationRefusal(key: KmsKey, { automatic, period }: OperationInputs['setRotation']): string | undefined {
  const { name, capabilities } = cloudOf(key.cloud)
  const { min, max, unit } = capabilities.rotationPeriod
  const unchanged = automatic ? isSamePeriod(key.rotation.period, period) : true
  if (key.rotation.automatic === automatic && unchanged) return 'It is set so already.'
  // Only periods outside this provider's range are refused here; the field shows invalid numbers.
  if (!automatic || period === undefined) return undefined
  if (period.unit !== unit) return `The period of ${name} is in ${unit}. Set it on the key.`
  if (needsPeriod(period.value, { min, max }) === undefined) return undefined
  return `${name} rotates every ${formatNumber(min)} to ${formatNumber(max)} ${unit}.`
}

export function planBulk(action: BulkAction, keys: readonly KmsKey[], input: BulkInput): BulkPlan {
  const eligible: KmsKey[] = []
  const refused = new Map<string, KmsKey[]>()
  for (const key of keys) {
    const setsRotation = action === 'setRotation'
    const reason = operationRefusal(key, action) ?? (setsRotation ? rotationRefusal(key, input.rotation) : undefined)
    const group = reason === undefined ? eligible : refused.get(reason)
    if (group) group.push(key)
    else if (reason !== undefined) refused.set(reason, [key])
  }
  const groups = [...refused].map(([reason, group]) => ({ reason, keys: group }))
  return { eligible, refused: groups.sort((a, b) => b.keys.length - a.keys.length) }
}

export function deletionInput({ cloud }: KmsKey, { days }: BulkInput): OperationInputs['scheduleDeletion'] {
  const delay = days[cloud]
  return delay === undefined ? {} : { days: delay }
}

function run(action: BulkAction, key: KmsKey, input: BulkInput): Promise<unknown> {
  if (action === 'setRotation') return runOperation(key, action, input.rotation)
  return runOperation(key, action, action === 'scheduleDeletion' ? deletionInput(key, input) : {})
}

/** Runs the action on one key, or asks for its approval: the gateway answers which call needs one. */
export async function runBulkAction(action: BulkAction, key: KmsKey, input: BulkInput): Promise<void> {
  try {
    await run(action, key, input)
  } catch (error) {
    const { approvable } = detailsOf(error)
    if (approvable === undefined || input.reason === undefined) throw error
    const { askForApproval } = await import('../../../clouds/gateway/approval-calls.ts')
    await askForApproval(approvable, input.reason)
  }
}
