import { CallError, detailsOf, mayHaveSucceeded } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'

/**
 * What was refused to an action on a key that could be read. Some clouds answer a missing permission as if the key weren't
 * there; the advice says so then, in the place of looking for the key.
 */
export function withPermissionHint(error: unknown, key: KmsKey): unknown {
  const details = detailsOf(error)
  if (details.reason !== 'not-found' || !cloudOf(key.cloud).capabilities.forbiddenAnswersNotFound) return error
  return new CallError({
    ...details,
    advice:
      'The key itself can be read, so most likely your role may not do this: the API answers the same as for a key that isn’t there. Ask an administrator for the permission.',
  })
}

/**
 * A change that failed, for people: what was refused under `failed`, and what may have been done all the same as just that.
 * The key must have been read again by then.
 */
export function failedChangeMessage(error: unknown, key: KmsKey, failed: string): { title: string; error: unknown } {
  if (!mayHaveSucceeded(error)) return { title: failed, error: withPermissionHint(error, key) }
  return {
    title: 'It is not known whether this was done.',
    error: new CallError({
      ...detailsOf(error),
      advice: 'The key was read again: look at it before you try once more.',
    }),
  }
}
