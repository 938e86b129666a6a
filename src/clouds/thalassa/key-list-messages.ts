/** Between the page and the worker that reads long lists. */
import type { KmsKey } from '../model.ts'

export interface ToWorker {
  /** The answer's body. */
  readonly bytes: ArrayBuffer
  readonly location: string
  readonly project: string | undefined
}

export type FromWorker =
  /** Some of the keys, in their order. */
  | { readonly type: 'keys'; readonly keys: readonly KmsKey[] }
  /** After the last, with the first members as they came and how many there were. */
  | { readonly type: 'read'; readonly first: readonly unknown[]; readonly count: number }
  /** What is missing or of another type. */
  | { readonly type: 'broken'; readonly problem: string }
