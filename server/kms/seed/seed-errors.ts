/** Errors in a seed by file, line, column and field, without values. */
import { KmsStartError } from '../root-key.ts'

/** Names and indexes from the top of a seed to a field. */
export type Path = readonly (string | number)[]

/** Seed as written, with the position of each field. */
export interface Source {
  /** File name, for messages. */
  readonly name: string
  readonly value: unknown
  /** `FILE:LINE:COLUMN` of a field, or of its nearest existing parent. */
  readonly placeOf: (path: Path) => string
}

const MOST_SHOWN = 20

const shown = (step: string | number) => {
  if (typeof step === 'number') return `[${step}]`
  // Free text, such as the name of a label, may be long or contain a secret.
  return /^[\w$-]{1,64}$/.test(step) ? `.${step}` : '.…'
}

/** Path as text: `keys[0].name`. */
export const fieldOf = (path: Path): string => path.map(shown).join('').replace(/^\./, '')

export interface SeedErrors {
  /**
   * @param rule completes the name of the field: `must be …`, `is required`
   * @param at place of the error, if it is not the field itself
   */
  add(path: Path, rule: string, at?: Path): void
  /** @throws KmsStartError with every error so far */
  check(): void
}

export function createSeedErrors({ name, placeOf }: Pick<Source, 'name' | 'placeOf'>): SeedErrors {
  const found: string[] = []
  return {
    add(path, rule, at = path) {
      const field = fieldOf(path)
      found.push(`- ${placeOf(at)} ${field}${field && ' '}${rule}`)
    },
    check() {
      if (found.length === 0) return
      const unique = [...new Set(found)]
      const more = unique.length > MOST_SHOWN ? [`- and ${unique.length - MOST_SHOWN} more`] : []
      throw new KmsStartError([`The seed ${name} can't be used:`, ...unique.slice(0, MOST_SHOWN), ...more].join('\n'))
    },
  }
}
