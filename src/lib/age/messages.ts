/** What the page and its worker tell each other. One worker does one thing and is then ended. */

import type { AgeProblem } from './age-error.ts'
import type { StanzaParts } from './header.ts'

export interface Task {
  readonly file: File
  /** To the worker that writes. */
  readonly writer: MessagePort
  /** The name of the result to write. */
  readonly into: string
}

export type ToWorker =
  | { readonly type: 'inspect'; readonly file: File }
  | ({ readonly type: 'encrypt' } & Task)
  | ({ readonly type: 'decrypt'; readonly fileKey: Uint8Array<ArrayBuffer> } & Task)
  /** The answer to `wrap`. */
  | { readonly type: 'wrapped'; readonly stanza: StanzaParts }
  | { readonly type: 'cancel' }

export type FromWorker =
  /** Asks for the file key to be wrapped. */
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
  /** Memory to be given back, and how many bytes of it are to be written. */
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
