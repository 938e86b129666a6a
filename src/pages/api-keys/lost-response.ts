/** A creation whose answer did not come: what may have become of it. */
import type { ApiKey } from '../../clouds/iam.ts'

/** Keys of the name that were not known before; each of them may be the one. */
export const possibleKeys = (keys: readonly ApiKey[], name: string, known: ReadonlySet<string>): ApiKey[] =>
  keys.filter((key) => key.name === name && !known.has(key.key))
