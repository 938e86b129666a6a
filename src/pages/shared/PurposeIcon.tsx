import { Hash, Lock, PenLine } from 'lucide-react'
import type { Purpose } from '../../clouds/algorithms.ts'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'

const icons = { encrypt: Lock, sign: PenLine, mac: Hash } as const

/** What a key is for, as the title of the icon. */
export const purposeWords: Record<Purpose, string> = {
  encrypt: 'Encrypts',
  sign: 'Signs',
  mac: 'Authenticates messages',
}

/** What a key is for: a lock, a pen or a hash, 14 px. */
export const PurposeIcon = ({ purpose, className }: { purpose: Purpose; className?: string }) => (
  <Icon of={icons[purpose]} size={14} className={cx('text-fg-subtle', className)} />
)
