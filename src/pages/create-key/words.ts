import { Hash, Lock, PenLine } from 'lucide-react'
import type { Purpose } from '../../clouds/algorithms.ts'
import type { Traits } from '../../clouds/cloud.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { formatNumber } from '../../lib/numbers.ts'
import type { StepId } from './check.ts'
import { type Draft, daysOf, neverRotates, rotationOf } from './draft.ts'

export const stepWords: Record<StepId, { readonly name: string; readonly question: string; readonly goTo: string }> = {
  where: { name: 'Where', question: 'Where shall the key live?', goTo: 'where' },
  purpose: { name: 'What for', question: 'What is the key for?', goTo: 'what for' },
  details: { name: 'Details', question: 'What is the key called?', goTo: 'details' },
  material: { name: 'Material', question: 'What is the key made of?', goTo: 'material' },
  rotation: { name: 'Rotation', question: 'When does it rotate?', goTo: 'rotation' },
  review: { name: 'Review', question: 'Is everything right?', goTo: 'review' },
}

export const purposeWords = {
  encrypt: { title: 'Encrypt data', text: 'And decrypt it again', both: 'Encrypt and decrypt', icon: Lock },
  sign: { title: 'Sign', text: 'Verify with a public key', both: 'Sign and verify', icon: PenLine },
  mac: { title: 'Authenticate', text: 'HMAC, one shared secret', both: 'Authenticate messages', icon: Hash },
} as const satisfies Record<Purpose, object>

/** A cloud with a single kind of key leaves nothing to choose. */
export const hasOneKind = ({ algorithms }: Traits): boolean => algorithms.length === 1

export function rotationWords(draft: Draft, traits: Traits): string {
  const rotation = rotationOf(draft, traits)
  const days = daysOf(rotation)
  if (neverRotates(draft, traits)) return 'Never'
  if (!rotation.automatic) return 'Manual'
  return Number.isInteger(days) ? `Every ${formatNumber(days)} days` : 'Automatic'
}

export const scopeOf = ({ organisation, project }: CloudConnection): string =>
  [organisation, project].filter((part) => part !== undefined).join(' / ')
