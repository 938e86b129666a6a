/** A creation whose answer did not come: what may have become of it. */
import type { ApiKey } from '../../clouds/access.ts'
import { detailsOf } from '../../clouds/errors.ts'

/** Whether a failed creation may have made a key all the same: no answer came, a broken one, or a server's failure. */
export function mayBeMade(error: unknown): boolean {
  const { reason, status, method } = detailsOf(error)
  // Never sent: the console itself failed, or the gateway had no credentials to send it with.
  if (method === '' || reason === 'unauthorized') return false
  return status === undefined || status >= 500 || reason === 'broken-answer'
}

/** Keys of the name that were not known before; each of them may be the one. */
export const candidates = (keys: readonly ApiKey[], name: string, known: ReadonlySet<string>): ApiKey[] =>
  keys.filter((key) => key.name === name && !known.has(key.key))
