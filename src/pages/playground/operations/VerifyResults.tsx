import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { effectiveHash, signatureLabels, type VerifyOperation } from '../hashing.ts'
import { readVersioned } from '../inspect/ciphertext.ts'
import type { PlaygroundState } from '../playground-state.ts'
import { NoVerifyResult, VerifyResult, VerifyResultPane } from './VerifyResult.tsx'

function meaning(operation: VerifyOperation, { name }: KmsKey, hash: string | undefined, matches: boolean) {
  const { noun } = signatureLabels[operation]
  const made = operation === 'verify' ? 'signed' : 'authenticated'
  if (matches) return `${name} ${made} this message, and neither it nor the ${noun} was changed since.`
  const [also, maker] = hash === undefined ? ['', 'Another key'] : [` with ${hash}`, 'Another key or hash']
  return `${name} did not make this ${noun} of this message${also}. ${maker} made it, or one of the two was changed.`
}

interface VerifyResultsProps {
  readonly operation: VerifyOperation
  readonly bench: PlaygroundState
  readonly chosen: KmsKey | undefined
}

/** What the cloud found, and below it what the browser found. */
export function VerifyResults({ operation, bench, chosen }: VerifyResultsProps) {
  const empty = `Whether the ${signatureLabels[operation].noun} matches appears here.`
  const { outcome, proof, hash } = bench[operation]
  const { offline } = bench.verify
  const inBrowser = operation === 'verify' && offline.state === 'done' && !('malformed' in offline.answer) && offline
  if (!chosen || (outcome.state !== 'done' && !inBrowser))
    return <VerifyResultPane empty={empty}>{null}</VerifyResultPane>
  const words = (matches: boolean) => meaning(operation, chosen, effectiveHash(hash, chosen)?.name, matches)
  return (
    <VerifyResultPane empty={empty}>
      {outcome.state === 'done' && (
        <VerifyResult
          matches={outcome.answer.valid}
          by={`Verified by ${cloudOf(chosen.cloud).longName}`}
          version={readVersioned(proof)?.version}
          milliseconds={outcome.milliseconds}
        >
          {words(outcome.answer.valid)}
        </VerifyResult>
      )}
      {inBrowser && 'valid' in inBrowser.answer && (
        <VerifyResult
          matches={inBrowser.answer.valid}
          by={`Verified in this browser${inBrowser.answer.scheme ? `, ${inBrowser.answer.scheme}` : ''}`}
          version={inBrowser.answer.keyVersion}
          milliseconds={inBrowser.milliseconds}
        >
          {words(inBrowser.answer.valid)}
        </VerifyResult>
      )}
      {inBrowser && 'unsupported' in inBrowser.answer && (
        <NoVerifyResult>{inBrowser.answer.unsupported}</NoVerifyResult>
      )}
    </VerifyResultPane>
  )
}
