/** Answer of the gateway while the console's records can't be reached. */
import { ProblemError } from '../gateway/problem.ts'
import { DatabaseUnavailableError } from '../records/database.ts'

/** The error for a call that has gone to the provider, or may have: the answer must not sound as if nothing was done. */
export const afterSending = (error: unknown): unknown =>
  error instanceof DatabaseUnavailableError
    ? new DatabaseUnavailableError(error.message, { mayHaveHappened: true, cause: error.cause })
    : error

/** The error for people, where it is that of the records; any other stays as it is. */
export function withoutRecords(error: unknown): unknown {
  if (!(error instanceof DatabaseUnavailableError)) return error
  const done = error.mayHaveHappened ? ' The call may have been carried out: look before you try again.' : ''
  return new ProblemError({
    slug: 'records-unavailable',
    detail: `The console’s records can’t be reached now.${done}`,
    headers: { 'retry-after': '1' },
  })
}
