/** Messages between the page and its worker. A worker runs one task and is then terminated. */

import type { AgeProblem } from './age-error.ts'
import type { StanzaParts } from './header.ts'

export interface Task {
  readonly file: File
  /** Port to the writing worker. */
  readonly writer: MessagePort
  /** Name of the result to write. */
  readonly into: string
}

export type ToWorker =
  | { readonly type: 'inspect'; readonly file: File }
  | ({ readonly type: 'encrypt' } & Task)
  | ({ readonly type: 'decrypt'; readonly fileKey: Uint8Array<ArrayBuffer> } & Task)
  /** Response to `wrap`. */
  | { readonly type: 'wrapped'; readonly stanza: StanzaParts }
  | { readonly type: 'cancel' }

export type FromWorker =
  /** Requests that the page wraps the file key. */
  | { readonly type: 'wrap'; readonly fileKey: Uint8Array<ArrayBuffer> }
  /** Bytes of the input. */
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'inspected'; readonly stanzas: readonly StanzaParts[] }
  /** Bytes of the result, which is complete. */
  | { readonly type: 'written'; readonly size: number }
  | { readonly type: 'failed'; readonly problem: AgeProblem }
  | { readonly type: 'cancelled' }

export type ToWriter =
  | { readonly type: 'open'; readonly name: string; readonly size: number }
  /** Buffer, which is returned, and the number of bytes to write from it. */
  | { readonly type: 'write'; readonly block: ArrayBuffer; readonly length: number }
  | { readonly type: 'finish' }
  | { readonly type: 'close' }

export type FromWriter =
  | { readonly type: 'opened' }
  | { readonly type: 'free'; readonly block: ArrayBuffer }
  /** Bytes of the result. */
  | { readonly type: 'finished'; readonly size: number }
  | { readonly type: 'closed' }
  | { readonly type: 'failed'; readonly problem: AgeProblem }
