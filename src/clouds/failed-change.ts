import { CallError, detailsOf, mayHaveSucceeded } from './errors.ts'
import type { KmsKey } from './model.ts'
import { cloudOf } from './registry.ts'

/**
 * Error of an action on a key that could be read. Some providers answer a missing permission as if the key weren't there;
 * the advice then names the permission instead of the key.
 */
export function withPermissionHint(error: unknown, key: KmsKey): unknown {
  const details = detailsOf(error)
  if (details.reason !== 'not-found' || !cloudOf(key.cloud).capabilities.forbiddenAnswersNotFound) return error
  return new CallError({
    ...details,
    advice:
      'The key can be read, so your role probably does not allow this: the API gives the same answer for a missing key. Ask an administrator.',
  })
}

/**
 * Title and error of a change that failed. A change without an answer may have succeeded, and its title says so instead
 * of `failed`. The key must have been read again by then.
 */
export function failedChangeMessage(error: unknown, key: KmsKey, failed: string): { title: string; error: unknown } {
  if (!mayHaveSucceeded(error)) return { title: failed, error: withPermissionHint(error, key) }
  return {
    title: 'The result is unknown.',
    error: new CallError({
      ...detailsOf(error),
      advice: 'The key is refreshed: check it before you try again.',
    }),
  }
}
