import { Hash, Lock, PenLine } from 'lucide-react'
import type { Purpose } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { type Draft, neverRotates, periodOf, rotationOf } from './draft.ts'
import type { StepId } from './validate.ts'

/** Title of each page, and what can be changed after the creation. */
export const stepLabels: Record<StepId, { readonly title: string; readonly later: string }> = {
  where: { title: 'Where and what', later: 'These choices can’t be changed later.' },
  material: { title: 'Key material', later: 'These choices can’t be changed later.' },
  name: { title: 'Name and rotation', later: 'Only the rotation can be changed later.' },
}

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
