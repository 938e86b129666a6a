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
      return plain(candidates === 0 ? 'No key here can be tried.' : `${count(candidates, 'key')} can be tried.`)
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
        title: candidates === 1 ? 'The one key does not open it.' : `None of ${count(candidates, 'key')} opens it.`,
        explanation: takesContext
          ? 'It was altered, made with another context, or by a key that is not here.'
          : 'It was altered, or made by a key that is not here.',
        announcement: '',
      }
  }
}

/** Undefined when no key is ruled out. */
export function describeRuledOut(ruledOut: number): string | undefined {
  if (ruledOut === 0) return undefined
  return `${count(ruledOut, 'other key')} can’t have made it, by cloud, type or version.`
}
