import { CallError, detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'

/**
 * What was refused to an action on a key that could be read. Some clouds answer a missing permission as if the key weren't
 * there; the advice says so then, in the place of looking for the key.
 */
export function explained(error: unknown, key: KmsKey): unknown {
  const details = detailsOf(error)
  if (details.reason !== 'not-found' || !cloudOf(key.cloud).traits.hidesForbidden) return error
  return new CallError({
    ...details,
    advice:
      'The key itself can be read, so most likely your role may not do this: the API answers the same as for a key that isn’t there. Ask an administrator for the permission.',
  })
}
