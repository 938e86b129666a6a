/** State of the bulk action: in confirmation, running or ended; one at a time, independent of the page. */
import { useSyncExternalStore } from 'react'
import type { BulkProgress, BulkResult } from '../../../clouds/bulk.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { createStore } from '../../../lib/store.ts'
import type { BulkAction } from './bulk-actions.ts'
import type { BulkInput } from './bulk-plan.ts'

export interface BulkJob {
  readonly action: BulkAction
  readonly keys: readonly KmsKey[]
  readonly input: BulkInput
}

export type BulkState =
  | {
      readonly kind: 'confirming'
      readonly action: BulkAction
      readonly keys: readonly KmsKey[]
      /** The selection is cleared then. */
      readonly onStart: () => void
    }
  | {
      readonly kind: 'running'
      readonly job: BulkJob
      readonly progress: BulkProgress
      readonly stopping: boolean
      readonly open: boolean
    }
  | { readonly kind: 'ended'; readonly job: BulkJob; readonly result: BulkResult; readonly open: boolean }

const bulk = createStore<BulkState | undefined>(undefined)

export const { set: setBulk, get: currentBulkState } = bulk

export const useBulkState = (): BulkState | undefined => useSyncExternalStore(bulk.subscribe, currentBulkState)

/** Opens the confirmation; ignored while another bulk action runs. */
export function openBulkConfirmation(action: BulkAction, keys: readonly KmsKey[], onStart: () => void): void {
  if (bulk.get()?.kind !== 'running') setBulk({ kind: 'confirming', action, keys, onStart })
}

/** Closes the dialog; a running action continues. */
export function closeBulkDialog(): void {
  const state = bulk.get()
  setBulk(state?.kind === 'running' ? { ...state, open: false } : undefined)
}

export function openBulkDialog(): void {
  const state = bulk.get()
  if (state?.kind === 'running' || state?.kind === 'ended') setBulk({ ...state, open: true })
}
