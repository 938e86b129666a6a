import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import type { Bench } from './bench.ts'
import { readEnvelope } from './ciphertext.ts'
import { type CheckOperation, hashInUse, proofWords } from './messages.ts'
import { NoVerdict, Verdict, VerdictPane } from './VerdictOut.tsx'

function meaning(operation: CheckOperation, { name }: KmsKey, hash: string | undefined, matches: boolean) {
  const { noun } = proofWords[operation]
  const made = operation === 'verify' ? 'signed' : 'authenticated'
  if (matches) return `${name} ${made} this message, and neither it nor the ${noun} was changed since.`
  const [also, maker] = hash === undefined ? ['', 'Another key'] : [` with ${hash}`, 'Another key or hash']
  return `${name} did not make this ${noun} of this message${also}. ${maker} made it, or one of the two was changed.`
}

interface CheckVerdictsProps {
  readonly operation: CheckOperation
  readonly bench: Bench
  readonly chosen: KmsKey | undefined
}

/** What the cloud found, and below it what the browser found. */
export function CheckVerdicts({ operation, bench, chosen }: CheckVerdictsProps) {
  const empty = `Whether the ${proofWords[operation].noun} matches appears here.`
  const { outcome, proof, hash } = bench[operation]
  const { offline } = bench.verify
  const inBrowser = operation === 'verify' && offline.state === 'done' && !('malformed' in offline.answer) && offline
  if (!chosen || (outcome.state !== 'done' && !inBrowser)) return <VerdictPane empty={empty}>{null}</VerdictPane>
  const words = (matches: boolean) => meaning(operation, chosen, hashInUse(hash, chosen)?.name, matches)
  return (
    <VerdictPane empty={empty}>
      {outcome.state === 'done' && (
        <Verdict
          matches={outcome.answer.valid}
          by={`Verified by ${cloudOf(chosen.cloud).longName}`}
          version={readEnvelope(proof)?.version}
          milliseconds={outcome.milliseconds}
        >
          {words(outcome.answer.valid)}
        </Verdict>
      )}
      {inBrowser && 'valid' in inBrowser.answer && (
        <Verdict
          matches={inBrowser.answer.valid}
          by={`Verified in this browser${inBrowser.answer.scheme ? `, ${inBrowser.answer.scheme}` : ''}`}
          version={inBrowser.answer.keyVersion}
          milliseconds={inBrowser.milliseconds}
        >
          {words(inBrowser.answer.valid)}
        </Verdict>
      )}
      {inBrowser && 'unsupported' in inBrowser.answer && <NoVerdict>{inBrowser.answer.unsupported}</NoVerdict>}
    </VerdictPane>
  )
}
