import { Hash, Lock, PenLine } from 'lucide-react'
import type { Purpose } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { canRotate, type Draft, neverRotates, periodOf, rotationOf } from './draft.ts'
import type { StepId } from './validate.ts'

interface StepLabel {
  readonly title: string
  /** What can be changed after the creation. */
  readonly later: string
}

const final = 'These choices can’t be changed later.'

export const stepLabels: Record<StepId, StepLabel> = {
  where: { title: 'Where and what', later: final },
  material: { title: 'Key material', later: final },
  name: { title: 'Name and rotation', later: 'Only the rotation can be changed later.' },
}

/** Label of a page for this draft: some keys have no rotation to choose. */
export const stepLabelOf = (step: StepId, draft: Draft, capabilities: Capabilities | undefined): StepLabel =>
  step !== 'name' || !capabilities || canRotate(draft, capabilities)
    ? stepLabels[step]
    : { title: 'Name and settings', later: final }

export const purposeLabels = {
  encrypt: { title: 'Encrypt data', text: 'And decrypt it', both: 'Encrypt and decrypt', icon: Lock },
  sign: { title: 'Sign', text: 'Verify with a public key', both: 'Sign and verify', icon: PenLine },
  mac: { title: 'Authenticate', text: 'HMAC, one shared secret', both: 'Authenticate messages', icon: Hash },
} as const satisfies Record<Purpose, object>

export function formatRotation(draft: Draft, capabilities: Capabilities): string {
  const rotation = rotationOf(draft, capabilities)
  const { value, unit } = periodOf(rotation)
  if (neverRotates(draft, capabilities)) return 'Never'
  if (!rotation.automatic) return 'Manual'
  return Number.isInteger(value) ? `Every ${formatNumber(value)} ${unit}` : 'Automatic'
}

export const formatScope = ({ organisation, project }: CloudConnection): string =>
  [organisation, project].filter((part) => part !== undefined).join(' / ')
