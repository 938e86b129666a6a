import { Ban, CircleCheck, History, RotateCw, Trash2 } from 'lucide-react'
import type { KmsKey } from '../../../clouds/model.ts'
import type { KeyGroup } from '../../../clouds/replica-groups.ts'
import type { IconType } from '../../../ui/Icon.tsx'

export type BulkAction = 'rotate' | 'setRotation' | 'enable' | 'disable' | 'scheduleDeletion'

interface BulkActionItem {
  readonly label: string
  readonly icon: IconType
}

export const bulkActionItems: Readonly<Record<BulkAction, BulkActionItem>> = {
  rotate: { label: 'Rotate now', icon: RotateCw },
  setRotation: { label: 'Set rotation', icon: History },
  enable: { label: 'Enable', icon: CircleCheck },
  disable: { label: 'Disable', icon: Ban },
  scheduleDeletion: { label: 'Schedule deletion', icon: Trash2 },
}

export const bulkActions: readonly BulkAction[] = ['rotate', 'setRotation', 'enable', 'disable', 'scheduleDeletion']

/** Actions that each location takes for itself; the others are the primary's, whose replicas follow. */
const actsInEachLocation: ReadonlySet<BulkAction> = new Set(['enable', 'disable'])

/** What an action is sent to: each location of a key, or its primary alone. */
export const bulkTargets = (action: BulkAction, groups: readonly KeyGroup[]): readonly KmsKey[] =>
  groups.flatMap((group) => (actsInEachLocation.has(action) ? group : [group[0]]))
