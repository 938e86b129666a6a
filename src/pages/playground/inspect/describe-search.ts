import { count, formatNumber } from '../../../lib/numbers.ts'
import type { Search } from './use-find-key.ts'

interface SearchProgress {
  readonly phase: Search['phase']
  readonly tries: number
  readonly tried: number
  /** One of the keys takes an encryption context. */
  readonly takesContext: boolean
}

interface SearchDescription {
  readonly title: string
  /** What it may mean, with the way out. */
  readonly more: string
  /** For screen readers, at the turns of the search only. */
  readonly said: string
}

const plain = (title: string, said = ''): SearchDescription => ({ title, more: '', said })

/** How the search stands. */
export function describeSearch({ phase, tries, tried, takesContext }: SearchProgress): SearchDescription {
  switch (phase.state) {
    case 'idle':
      return plain(tries === 0 ? 'No key here can be tried.' : `${count(tries, 'key')} can be tried.`)
    case 'running':
      return plain(`${formatNumber(tried)} of ${count(tries, 'key')} tried.`, `Trying ${count(tries, 'key')}.`)
    case 'cancelled': {
      const title = `Cancelled after ${formatNumber(tried)} of ${count(tries, 'key')}.`
      return plain(title, title)
    }
    case 'stopped':
      return plain(`${formatNumber(tried)} of ${count(tries, 'key')} tried.`)
    case 'found':
      return plain('', `${phase.key.name} opens it.`)
    case 'none':
      return {
        title: tries === 1 ? 'The one key does not open it.' : `None of ${count(tries, 'key')} opens it.`,
        more: takesContext
          ? 'It was altered, made with another context, or by a key that is not here.'
          : 'It was altered, or made by a key that is not here.',
        said: '',
      }
  }
}

/** Undefined when none is ruled out. */
export function describeRuledOut(ruledOut: number): string | undefined {
  if (ruledOut === 0) return undefined
  return `${count(ruledOut, 'other key')} can’t have made it, by cloud, type or version.`
}
