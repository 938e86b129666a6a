import { Ban, CircleCheck, RotateCw, Trash2, Undo2 } from 'lucide-react'
import type { Purpose } from '../../../clouds/algorithms.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import type { IconType } from '../../../ui/Icon.tsx'

/** Actions that a dialog asks to confirm, then those that run immediately. */
const confirmedActions = ['rotate', 'disable', 'scheduleDeletion'] as const

export type ConfirmedAction = (typeof confirmedActions)[number]
export type KeyAction = ConfirmedAction | 'enable' | 'cancelDeletion'

export const isConfirmedAction = (action: KeyAction): action is ConfirmedAction =>
  confirmedActions.some((confirmed) => confirmed === action)

export interface KeyActionItem extends Pick<KeyActionDefinition, 'label' | 'icon' | 'danger'> {
  readonly id: KeyAction
  /** Why the action is not possible now; undefined when it is. */
  readonly disabledReason: string | undefined
}

/** Verbs by purpose: of the latest version, of every version, and for data that an earlier version protects. */
export const purposeVerbs: Record<Purpose, { makes: string; checks: string; past: string }> = {
  encrypt: { makes: 'encrypts', checks: 'decrypt', past: 'encrypted' },
  sign: { makes: 'signs', checks: 'verify', past: 'signed' },
  mac: { makes: 'authenticates', checks: 'verify', past: 'authenticated' },
}

interface KeyActionDefinition {
  /** Ends in … where a dialog asks for confirmation. */
  readonly label: string
  readonly icon: IconType
  readonly danger: boolean
  /** Toast after the action, for the key as it was before. */
  readonly success: (key: KmsKey) => { readonly title: string; readonly text: string }
}

/** Whether a key is disabled after its deletion was cancelled. */
export const disabledAfterCancel = (key: KmsKey): boolean =>
  cloudOf(key.cloud).capabilities.afterCancelledDeletion === 'disabled'

export const keyActions: Readonly<Record<KeyAction, KeyActionDefinition>> = {
  rotate: {
    label: 'Rotate now…',
    icon: RotateCw,
    danger: false,
    success: (key) => ({
      title: `Rotated ${key.name}.`,
      text: `Version ${key.latestVersion + 1} ${purposeVerbs[key.purpose].makes} now.`,
    }),
  },
  disable: {
    label: 'Disable…',
    icon: Ban,
    danger: false,
    success: ({ name }) => ({ title: `Disabled ${name}.`, text: 'Nothing works with it until it is enabled.' }),
  },
  enable: {
    label: 'Enable',
    icon: CircleCheck,
    danger: false,
    success: ({ name }) => ({ title: `Enabled ${name}.`, text: 'It works again.' }),
  },
  scheduleDeletion: {
    label: 'Schedule deletion…',
    icon: Trash2,
    danger: true,
    success: ({ name }) => ({ title: `Scheduled the deletion of ${name}.`, text: 'You can cancel it until then.' }),
  },
  cancelDeletion: {
    label: 'Cancel deletion',
    icon: Undo2,
    danger: false,
    success: (key) => ({
      title: `Cancelled the deletion of ${key.name}.`,
      text: disabledAfterCancel(key) ? 'It is disabled now: enable it to use it.' : 'It is active again.',
    }),
  },
}

export const keyActionItem = (id: KeyAction, key: KmsKey): KeyActionItem => {
  const { label, icon, danger } = keyActions[id]
  return { id, label, icon, danger, disabledReason: cloudOf(key.cloud).operations[id].refusal(key) }
}

/** Items of a menu for this key: of two actions that exclude each other, the one that applies now. */
export const keyActionItems = (key: KmsKey): readonly KeyActionItem[] => [
  keyActionItem('rotate', key),
  keyActionItem(key.status === 'disabled' ? 'enable' : 'disable', key),
  keyActionItem(key.status === 'pending' ? 'cancelDeletion' : 'scheduleDeletion', key),
]
