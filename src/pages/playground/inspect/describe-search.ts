import { count, formatNumber } from '../../../lib/numbers.ts'
import type { SearchPhase } from './use-find-key.ts'

interface SearchProgress {
  readonly phase: SearchPhase
  readonly candidates: number
  readonly tried: number
  /** Whether one of the keys takes an encryption context. */
  readonly takesContext: boolean
}

interface SearchDescription {
  readonly title: string
  /** What the result may mean, with what to do. */
  readonly explanation: string
  /** Sentence for screen readers, at the turns of the search that no banner announces. */
  readonly announcement: string
}

const plain = (title: string, announcement = ''): SearchDescription => ({ title, explanation: '', announcement })

/** State of a search in words. */
export function describeSearch({ phase, candidates, tried, takesContext }: SearchProgress): SearchDescription {
  switch (phase.state) {
    case 'idle':
      return plain(candidates === 0 ? 'No key to try.' : `${count(candidates, 'key')} to try.`)
    case 'running':
      return plain(
        `${formatNumber(tried)} of ${count(candidates, 'key')} tried.`,
        `Trying ${count(candidates, 'key')}.`,
      )
    case 'cancelled': {
      const title = `Cancelled after ${formatNumber(tried)} of ${count(candidates, 'key')}.`
      return plain(title, title)
    }
    case 'stopped':
      return plain(`${formatNumber(tried)} of ${count(candidates, 'key')} tried.`)
    case 'found':
      return plain('')
    case 'none':
      return {
        title:
          candidates === 1
            ? 'The only key to try does not decrypt it.'
            : `None of ${count(candidates, 'key')} decrypts it.`,
        explanation: takesContext
          ? 'Wrong context, changed ciphertext, or a key that this console does not see.'
          : 'Changed ciphertext, or a key that this console does not see.',
        announcement: '',
      }
  }
}

/** Undefined when no key is ruled out. */
export function describeRuledOut(ruledOut: number): string | undefined {
  if (ruledOut === 0) return undefined
  return `${count(ruledOut, 'other key')} do not fit by cloud, type, version or length.`
}
