/** State of the bulk action: in confirmation, running or ended; one at a time, independent of the page. */
import { useSyncExternalStore } from 'react'
import type { BulkProgress, BulkResult } from '../../../clouds/bulk.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { BulkAction } from './bulk-actions.ts'
import type { BulkInput } from './bulk-plan.ts'

export interface BulkJob {
  readonly action: BulkAction
  readonly keys: readonly KmsKey[]
  readonly input: BulkInput
}

export type BulkState =
  | { readonly kind: 'confirming'; readonly action: BulkAction; readonly keys: readonly KmsKey[] }
  | {
      readonly kind: 'running'
      readonly job: BulkJob
      readonly progress: BulkProgress
      readonly stopping: boolean
      readonly open: boolean
    }
  | { readonly kind: 'ended'; readonly job: BulkJob; readonly result: BulkResult; readonly open: boolean }

let current: BulkState | undefined
const listeners = new Set<() => void>()

export function setBulk(next: BulkState | undefined) {
  current = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const currentBulkState = (): BulkState | undefined => current

export const useBulkState = (): BulkState | undefined => useSyncExternalStore(subscribe, currentBulkState)

/** Opens the confirmation; ignored while another bulk action runs. */
export function openBulkConfirmation(action: BulkAction, keys: readonly KmsKey[]): void {
  if (current?.kind !== 'running') setBulk({ kind: 'confirming', action, keys })
}

/** Closes the dialog; a running action continues. */
export function closeBulkDialog(): void {
  if (current?.kind === 'running') setBulk({ ...current, open: false })
  else setBulk(undefined)
}

export function openBulkDialog(): void {
  if (current?.kind === 'running' || current?.kind === 'ended') setBulk({ ...current, open: true })
}
