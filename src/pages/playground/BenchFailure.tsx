import type { KmsKey } from '../../clouds/model.ts'
import { ErrorNote } from '../parts/Failure.tsx'
import { failureTitle } from './failure.ts'
import type { PlaygroundOperation } from './operations.ts'

interface BenchFailureProps {
  readonly operation: PlaygroundOperation
  readonly chosen: KmsKey
  readonly error: unknown
}

/** What was refused, in the console's words where it can say more than the cloud. */
export function BenchFailure({ operation, chosen, error }: BenchFailureProps) {
  const title = failureTitle(operation, chosen, error)
  return <ErrorNote error={error} {...(title === undefined ? {} : { title })} />
}
