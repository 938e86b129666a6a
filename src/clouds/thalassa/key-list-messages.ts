/** Messages between the page and the worker that reads long lists. */
import type { Listed } from '../answer.ts'
import type { KmsKey } from '../model.ts'

export interface ToWorker {
  /** Body of the answer. */
  readonly bytes: ArrayBuffer
  readonly location: string
  readonly project: string | undefined
}

export type FromWorker =
  /** Part of the keys, in order. */
  | { readonly type: 'keys'; readonly keys: Listed<KmsKey> }
  /** End of the list, with the first raw members and their number. */
  | { readonly type: 'read'; readonly first: readonly unknown[]; readonly count: number }
  /** The answer is no list. */
  | { readonly type: 'broken'; readonly problem: string }
