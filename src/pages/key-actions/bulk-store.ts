/** The one act on many keys that is asked about, under way or told of. It goes on whatever page is shown. */
import { useSyncExternalStore } from 'react'
import type { BulkProgress, BulkResult } from '../../clouds/bulk.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { BulkAction, BulkInput } from './bulk-plan.ts'

export interface BulkJob {
  readonly action: BulkAction
  readonly keys: readonly KmsKey[]
  readonly input: BulkInput
}

export type Bulk =
  | { readonly kind: 'asked'; readonly action: BulkAction; readonly keys: readonly KmsKey[] }
  | {
      readonly kind: 'running'
      readonly job: BulkJob
      readonly progress: BulkProgress
      readonly stopping: boolean
      readonly open: boolean
    }
  | { readonly kind: 'ended'; readonly job: BulkJob; readonly result: BulkResult; readonly open: boolean }

let current: Bulk | undefined
const listeners = new Set<() => void>()

export function showBulk(next: Bulk | undefined) {
  current = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const currentBulk = (): Bulk | undefined => current

export const useBulk = (): Bulk | undefined => useSyncExternalStore(subscribe, currentBulk)

/** Asks first. Only one at a time: what is under way has to end before. */
export function askBulk(action: BulkAction, keys: readonly KmsKey[]): void {
  if (current?.kind !== 'running') showBulk({ kind: 'asked', action, keys })
}

/** Closes the dialog; what is under way goes on. */
export function closeBulk(): void {
  if (current?.kind === 'running') showBulk({ ...current, open: false })
  else showBulk(undefined)
}

export function openBulk(): void {
  if (current?.kind === 'running' || current?.kind === 'ended') showBulk({ ...current, open: true })
}
