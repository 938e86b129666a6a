import type { KmsKey } from '../../../clouds/model.ts'
import { ErrorNote } from '../../shared/Failure.tsx'
import type { PlaygroundOperation } from '../../shared/operations.ts'
import { operationErrorTitle } from '../operation-error.ts'

interface OperationErrorProps {
  readonly operation: PlaygroundOperation
  readonly chosen: KmsKey
  readonly error: unknown
}

/** What was refused, in the console's words where it can say more than the cloud. */
export function OperationError({ operation, chosen, error }: OperationErrorProps) {
  const title = operationErrorTitle(operation, chosen, error)
  return <ErrorNote error={error} {...(title === undefined ? {} : { title })} />
}
