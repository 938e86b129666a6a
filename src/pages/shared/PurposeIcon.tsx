import { Hash, Lock, PenLine } from 'lucide-react'
import type { Purpose } from '../../clouds/algorithms.ts'

const icons = { encrypt: Lock, sign: PenLine, mac: Hash } as const
const labels: Record<Purpose, string> = { encrypt: 'Encrypts', sign: 'Signs', mac: 'Authenticates messages' }

/** What a key is for: a lock, a pen or a hash, 14 px, with the word as its title. */
export function PurposeIcon({ purpose }: { purpose: Purpose }) {
  const Icon = icons[purpose]
  return (
    <span title={labels[purpose]} className="inline-flex flex-none text-fg-subtle">
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
    </span>
  )
}
