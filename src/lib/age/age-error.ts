/** What can be wrong with a file, or with the place that its result is written to. Offsets are bytes of the encrypted file. */
export type AgeProblem =
  /** It doesn't begin as an age file does. */
  | { readonly kind: 'not-age' }
  /** An age file in its text form, which begins with `-----BEGIN AGE ENCRYPTED FILE-----`. */
  | { readonly kind: 'armored' }
  /** It begins as one, and its header can't be read. */
  | { readonly kind: 'header-malformed' }
  /** It ends before its header does, or right after it. */
  | { readonly kind: 'header-cut'; readonly at: number }
  /** The header is not the one that the file key was made with. */
  | { readonly kind: 'header-altered' }
  /** The bytes from here on are not those that were written. */
  | { readonly kind: 'altered'; readonly from: number }
  /** It ends here, and was longer. */
  | { readonly kind: 'cut'; readonly at: number }
  /** Its last bytes are wrong or missing; both look the same. */
  | { readonly kind: 'cut-or-altered'; readonly from: number; readonly at: number }
  /** The file ends at `from`; more follows. */
  | { readonly kind: 'trailing'; readonly from: number }
  /** The file could not be read: it was moved, changed or its disk went away. */
  | { readonly kind: 'unreadable' }
  /** No room for the result. */
  | { readonly kind: 'no-space' }
  /** Anything else, in the browser's words. */
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

/** The problem that a thrown value stands for. */
export function ageProblemOf(error: unknown): AgeProblem {
  if (error instanceof AgeError) return error.problem
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : { name: '', message: '' }
  return byName[name] ?? { kind: 'failed', message }
}
