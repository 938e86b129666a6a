import { Ban, CircleCheck, RotateCw, Trash2, Undo2 } from 'lucide-react'
import type { Purpose } from '../../../clouds/algorithms.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'

export type KeyAction = 'rotate' | 'disable' | 'enable' | 'scheduleDeletion' | 'cancelDeletion'

export interface KeyActionItem {
  readonly id: KeyAction
  /** Ends in … where a dialog asks first. */
  readonly label: string
  readonly icon: typeof RotateCw
  /** Why it is not possible now; undefined when it is. */
  readonly disabledReason: string | undefined
  readonly danger: boolean
}

/** What the latest version of a key does, what all versions do, and what needs not be done again after a rotation. */
export const purposeVerbs: Record<Purpose, { makes: string; checks: string; past: string }> = {
  encrypt: { makes: 'encrypts', checks: 'decrypt', past: 'encrypted' },
  sign: { makes: 'signs', checks: 'verify', past: 'signed' },
  mac: { makes: 'authenticates', checks: 'verify', past: 'authenticated' },
}

const actionAppearance: Record<KeyAction, Omit<KeyActionItem, 'id' | 'disabledReason'>> = {
  rotate: { label: 'Rotate now…', icon: RotateCw, danger: false },
  disable: { label: 'Disable…', icon: Ban, danger: false },
  enable: { label: 'Enable', icon: CircleCheck, danger: false },
  scheduleDeletion: { label: 'Schedule deletion…', icon: Trash2, danger: true },
  cancelDeletion: { label: 'Cancel deletion', icon: Undo2, danger: false },
}

export const keyActionItem = (id: KeyAction, key: KmsKey): KeyActionItem => ({
  id,
  ...actionAppearance[id],
  disabledReason: cloudOf(key.cloud).operations[id].refusal(key),
})

/** What a menu of this key offers: of two that exclude each other, the one that makes sense now. */
export const keyActionItems = (key: KmsKey): readonly KeyActionItem[] => [
  keyActionItem('rotate', key),
  keyActionItem(key.status === 'disabled' ? 'enable' : 'disable', key),
  keyActionItem(key.status === 'pending' ? 'cancelDeletion' : 'scheduleDeletion', key),
]
