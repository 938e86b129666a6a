import type { StartFault } from './file-start.ts'

/** Errors of a file or of the place that its result is written to. Offsets are bytes of the encrypted file. */
export type AgeProblem =
  /** The file does not begin with an age header. */
  | { readonly kind: Exclude<StartFault, 'cut'> }
  /** The age header can't be parsed. */
  | { readonly kind: 'header-malformed' }
  /** The file ends in its header or right after it. */
  | { readonly kind: 'header-cut'; readonly at: number }
  /** The header's MAC does not match the file key. */
  | { readonly kind: 'header-altered' }
  /** Bytes from this offset on are damaged. */
  | { readonly kind: 'altered'; readonly from: number }
  /** The file is truncated at this offset. */
  | { readonly kind: 'cut'; readonly at: number }
  /** The last bytes are damaged or missing, which can't be told apart. */
  | { readonly kind: 'cut-or-altered'; readonly from: number; readonly at: number }
  /** Data follows the end of the encrypted file at `from`. */
  | { readonly kind: 'trailing'; readonly from: number }
  /** The file could not be read: it was moved or changed, or its disk was removed. */
  | { readonly kind: 'unreadable' }
  /** The disk has too little space for the result. */
  | { readonly kind: 'no-space' }
  /** Any other error, with the browser's message. */
  | { readonly kind: 'failed'; readonly message: string }

export class AgeError extends Error {
  override readonly name = 'AgeError'
  readonly problem: AgeProblem

  constructor(problem: AgeProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

const byName: Readonly<Record<string, AgeProblem>> = {
  NotReadableError: { kind: 'unreadable' },
  NotFoundError: { kind: 'unreadable' },
  QuotaExceededError: { kind: 'no-space' },
}

/** Maps a thrown value to a problem. */
export function ageProblemOf(error: unknown): AgeProblem {
  if (error instanceof AgeError) return error.problem
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : { name: '', message: '' }
  return byName[name] ?? { kind: 'failed', message }
}
