/** The one act on many keys that is asked about, under way or told of. It goes on whatever page is shown. */
import { useSyncExternalStore } from 'react'
import type { BulkProgress, BulkResult } from '../../../clouds/bulk.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { BulkAction, BulkInput } from './bulk-plan.ts'

export interface BulkJob {
  readonly action: BulkAction
  readonly keys: readonly KmsKey[]
  readonly input: BulkInput
}

export type BulkState =
  | { readonly kind: 'asked'; readonly action: BulkAction; readonly keys: readonly KmsKey[] }
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

/** Asks first. Only one at a time: what is under way has to end before. */
export function openBulkConfirmation(action: BulkAction, keys: readonly KmsKey[]): void {
  if (current?.kind !== 'running') setBulk({ kind: 'asked', action, keys })
}

/** Closes the dialog; what is under way goes on. */
export function closeBulkDialog(): void {
  if (current?.kind === 'running') setBulk({ ...current, open: false })
  else setBulk(undefined)
}

export function openBulkDialog(): void {
  if (current?.kind === 'running' || current?.kind === 'ended') setBulk({ ...current, open: true })
}
