import { Ban, CircleCheck, RotateCw, Trash2, Undo2 } from 'lucide-react'
import type { Purpose } from '../../clouds/algorithms.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'

export type KeyAction = 'rotate' | 'disable' | 'enable' | 'scheduleDeletion' | 'cancelDeletion'

export interface ActionItem {
  readonly id: KeyAction
  /** Ends in … where a dialog asks first. */
  readonly label: string
  readonly icon: typeof RotateCw
  /** Why it is not possible now; undefined when it is. */
  readonly refusal: string | undefined
  readonly danger: boolean
}

/** What the latest version of a key does, what all versions do, and what needs not be done again after a rotation. */
export const purposeWords: Record<Purpose, { makes: string; checks: string; made: string }> = {
  encrypt: { makes: 'encrypts', checks: 'decrypt', made: 'encrypted' },
  sign: { makes: 'signs', checks: 'verify', made: 'signed' },
  mac: { makes: 'authenticates', checks: 'verify', made: 'authenticated' },
}

const looks: Record<KeyAction, Omit<ActionItem, 'id' | 'refusal'>> = {
  rotate: { label: 'Rotate now…', icon: RotateCw, danger: false },
  disable: { label: 'Disable…', icon: Ban, danger: false },
  enable: { label: 'Enable', icon: CircleCheck, danger: false },
  scheduleDeletion: { label: 'Schedule deletion…', icon: Trash2, danger: true },
  cancelDeletion: { label: 'Cancel deletion', icon: Undo2, danger: false },
}

export const actionItem = (id: KeyAction, key: KmsKey): ActionItem => ({
  id,
  ...looks[id],
  refusal: cloudOf(key.cloud).operations[id].refusal(key),
})

/** What a menu of this key offers: of two that exclude each other, the one that makes sense now. */
export const actionItems = (key: KmsKey): readonly ActionItem[] => [
  actionItem('rotate', key),
  actionItem(key.status === 'disabled' ? 'enable' : 'disable', key),
  actionItem(key.status === 'pending' ? 'cancelDeletion' : 'scheduleDeletion', key),
]
