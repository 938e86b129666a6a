import { detailsOf } from '../../../clouds/errors.ts'
import { withPermissionHint } from '../../../clouds/failed-change.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { AgeError } from '../../../lib/age/age-error.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { ErrorNote } from '../../shared/Failure.tsx'
import { describeProblem } from './format.ts'

interface FileFailureProps {
  readonly error: unknown
  /** Key that was used, if any. */
  readonly chosen?: KmsKey | undefined
  /** Title when the cloud refused: "The file was not encrypted". */
  readonly title: string
}

/** Error of the file, or refusal of the cloud. */
export function FileFailure({ error, chosen, title }: FileFailureProps) {
  if (error instanceof AgeError) {
    const { title: what, advice } = describeProblem(error.problem)
    return (
      <Banner tone="danger" title={what}>
        {advice}
      </Banner>
    )
  }
  // An error of the console itself has no request.
  const isCall = detailsOf(error).method !== ''
  return <ErrorNote error={chosen && isCall ? withPermissionHint(error, chosen) : error} title={`${title}.`} />
}
