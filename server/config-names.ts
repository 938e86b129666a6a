/** Warnings for variables that look like settings of this program and are not. */
import type { Environment } from './env-file.ts'
import { providers } from './gateway/registry.ts'
import { nearest } from './nearest.ts'

const toolVariables: ReadonlySet<string> = new Set(providers.flatMap((provider) => provider.toolVariables))

const prefixed = new RegExp(`^(?:KMS_|${providers.map(({ prefix }) => prefix).join('|')})`, 'i')

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toUpperCase()

/**
 * @param known names that the program reads
 * @returns one sentence for each variable that is set, unknown, and was probably meant for this program
 */
export const unknownNames = (set: Environment, known: readonly string[]): readonly string[] =>
  Object.entries(set)
    .filter(([name, value]) => value?.trim() && !known.includes(name) && !toolVariables.has(name))
    .flatMap(([name]) => {
      // Names without a prefix belong to everybody: of those, only another spelling of a known one counts.
      const meant = prefixed.test(name) ? nearest(name, known) : known.find((other) => plain(other) === plain(name))
      if (meant !== undefined) return [`${name} is not read. Did you mean ${meant}?`]
      return prefixed.test(name) ? [`${name} is not read: no setting has such a name.`] : []
    })
