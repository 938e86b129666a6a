import { Ban, CircleCheck, RotateCw, Trash2, Undo2 } from 'lucide-react'
import type { Purpose } from '../../../clouds/algorithms.ts'
import { offersOperation, operationRefusal } from '../../../clouds/key-operations.ts'
import { isDisabled, isPendingDeletion } from '../../../clouds/key-status.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { capitalize } from '../../../lib/capitalize.ts'
import type { IconType } from '../../../ui/Icon.tsx'

/** Actions that a dialog asks to confirm. */
export type ConfirmedAction = 'rotate' | 'disable' | 'scheduleDeletion'
export type ImmediateAction = 'enable' | 'cancelDeletion'
export type KeyAction = ConfirmedAction | ImmediateAction

export interface ActionOnKey<Action extends KeyAction> {
  readonly action: Action
  readonly key: KmsKey
}

export interface KeyActionItem extends KeyActionDefinition {
  readonly id: KeyAction
  /** Why the action is not possible now; undefined when it is. */
  readonly disabledReason: string | undefined
}

interface KeyActionDefinition {
  /** Ends in … where a dialog asks for confirmation. */
  readonly label: string
  readonly icon: IconType
  readonly danger: boolean
}

const keyActions: Readonly<Record<KeyAction, KeyActionDefinition>> = {
  rotate: { label: 'Rotate now…', icon: RotateCw, danger: false },
  disable: { label: 'Disable…', icon: Ban, danger: false },
  enable: { label: 'Enable', icon: CircleCheck, danger: false },
  scheduleDeletion: { label: 'Schedule deletion…', icon: Trash2, danger: true },
  cancelDeletion: { label: 'Cancel deletion', icon: Undo2, danger: false },
}

export const keyActionItem = (id: KeyAction, key: KmsKey): KeyActionItem => ({
  id,
  ...keyActions[id],
  disabledReason: operationRefusal(key, id),
})

/** Items of a menu for this key: of two actions that exclude each other, the one that applies now. */
export function keyActionItems(key: KmsKey): readonly KeyActionItem[] {
  const actions: readonly KeyAction[] = [
    'rotate',
    isDisabled(key) ? 'enable' : 'disable',
    isPendingDeletion(key) ? 'cancelDeletion' : 'scheduleDeletion',
  ]
  return actions.filter((id) => offersOperation(key, id)).map((id) => keyActionItem(id, key))
}

const operationNouns: Readonly<Record<Purpose, readonly string[]>> = {
  encrypt: ['encryption', 'decryption'],
  sign: ['signing', 'verification'],
  mac: ['authentication', 'verification'],
}

const listFormat = new Intl.ListFormat('en-GB')

/** Operations that stop with a key, as the start of a sentence: `Encryption and decryption`. */
export function affectedOperations({ can, purpose }: KmsKey): string {
  const purposes = can.length === 0 ? [purpose] : can
  return capitalize(listFormat.format(new Set(purposes.flatMap((one) => operationNouns[one]))))
}

/** Other services that stop with the key. */
export const dependentsNote = (key: KmsKey): string | undefined => {
  const { dependents } = cloudOf(key.cloud).capabilities
  return dependents === undefined || !key.can.includes('encrypt') ? undefined : `${dependents}.`
}
