import { Hash, Lock, PenLine } from 'lucide-react'
import type { Purpose } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { type Draft, neverRotates, periodOf, rotationOf } from './draft.ts'
import type { StepId } from './validate.ts'

export const stepLabels: Record<
  StepId,
  { readonly name: string; readonly heading: string; readonly linkText: string }
> = {
  where: { name: 'Where', heading: 'Where shall the key live?', linkText: 'where' },
  purpose: { name: 'What for', heading: 'What is the key for?', linkText: 'what for' },
  details: { name: 'Details', heading: 'What is the key called?', linkText: 'details' },
  material: { name: 'Material', heading: 'What is the key made of?', linkText: 'material' },
  rotation: { name: 'Rotation', heading: 'When does it rotate?', linkText: 'rotation' },
  review: { name: 'Review', heading: 'Is everything right?', linkText: 'review' },
}

export const purposeLabels = {
  encrypt: { title: 'Encrypt data', text: 'And decrypt it again', both: 'Encrypt and decrypt', icon: Lock },
  sign: { title: 'Sign', text: 'Verify with a public key', both: 'Sign and verify', icon: PenLine },
  mac: { title: 'Authenticate', text: 'HMAC, one shared secret', both: 'Authenticate messages', icon: Hash },
} as const satisfies Record<Purpose, object>

/** Whether the provider has a single algorithm. */
export const hasSingleAlgorithm = ({ algorithms }: Capabilities): boolean => algorithms.length === 1

export function formatRotation(draft: Draft, capabilities: Capabilities): string {
  const rotation = rotationOf(draft, capabilities)
  const { value, unit } = periodOf(rotation)
  if (neverRotates(draft, capabilities)) return 'Never'
  if (!rotation.automatic) return 'Manual'
  return Number.isInteger(value) ? `Every ${formatNumber(value)} ${unit}` : 'Automatic'
}

export const formatScope = ({ organisation, project }: CloudConnection): string =>
  [organisation, project].filter((part) => part !== undefined).join(' / ')
