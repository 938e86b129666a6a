import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { AgeError } from '../../lib/age/age-error.ts'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { withPermissionHint } from '../shared/key-actions/with-permission-hint.ts'
import { describeProblem } from './format.ts'

interface FileFailureProps {
  readonly error: unknown
  /** The key that was asked, where one was. */
  readonly chosen?: KmsKey | undefined
  /** What could not be done to the file, when the cloud refused: "The file was not encrypted". */
  readonly title: string
}

/** What is wrong with the file, or what the cloud refused. */
export function FileFailure({ error, chosen, title }: FileFailureProps) {
  if (error instanceof AgeError) {
    const { title: what, advice } = describeProblem(error.problem)
    return (
      <Banner tone="danger" title={what}>
        {advice}
      </Banner>
    )
  }
  // A failure of the console itself has no call to be named.
  const isCall = detailsOf(error).method !== ''
  return <ErrorNote error={chosen && isCall ? withPermissionHint(error, chosen) : error} title={`${title}.`} />
}
