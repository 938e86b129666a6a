import { Unplug } from 'lucide-react'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNote } from '../parts/Failure.tsx'
import { PageActions } from '../parts/PageActions.tsx'
import { ActButton } from './ActButton.tsx'
import type { Bench, CheckSide } from './bench.ts'
import type { BenchProps } from './bench-props.ts'
import { CheckVerdicts } from './CheckVerdicts.tsx'
import { Count } from './Count.tsx'
import { envelopeWarning } from './ciphertext.ts'
import { EntryArea, EntryModes } from './EntryArea.tsx'
import { type Entry, sizeOfEntry, tooLarge } from './entry.ts'
import { isMalformedProof } from './failure.ts'
import { HashRow } from './HashRow.tsx'
import { type CheckOperation, messageSize, messageWords, proofWords } from './messages.ts'
import { Pane, Panes } from './Pane.tsx'
import { ProofField } from './ProofField.tsx'
import { type Problems, verifyHmacInput, verifyInput } from './requests.ts'

const inputs = { verify: verifyInput, verifyHmac: verifyHmacInput }

function problemsOf(operation: CheckOperation, side: CheckSide, key: KmsKey | undefined): Problems {
  const checked = side.tried && key ? inputs[operation](side, key) : undefined
  return checked && 'problems' in checked ? checked.problems : {}
}

/** What the cloud or the browser found wrong with the form of what was pasted. */
function malformed(operation: CheckOperation, { [operation]: side, verify }: Bench): string | undefined {
  const { outcome } = side
  if (outcome.state === 'failed' && isMalformedProof(operation, outcome.error))
    return `This is not of the form that this key’s ${proofWords[operation].noun}s have. Check that all of it was pasted, and the key.`
  const { offline } = verify
  return operation === 'verify' && offline.state === 'done' && 'malformed' in offline.answer
    ? offline.answer.malformed
    : undefined
}

/** Failures of calls that no field answers for. */
function Failures({ operation, bench }: { operation: CheckOperation; bench: Bench }) {
  const calls = [bench[operation].outcome, ...(operation === 'verify' ? [bench.verify.offline] : [])]
  const errors = calls.flatMap((call) =>
    call.state === 'failed' && !isMalformedProof(operation, call.error) ? [call.error] : [],
  )
  return errors.map((error, index) => (
    <div key={String(index)} className="p-2.5">
      <ErrorNote error={error} />
    </div>
  ))
}

interface OfflineButtonProps {
  readonly chosen: KmsKey | undefined
  readonly control: BenchProps['control']
}

/** Needs the public key only, so the key's state is no obstacle. */
function OfflineButton({ chosen, control }: OfflineButtonProps) {
  if (chosen && (!cloudOf(chosen.cloud).verifyOffline || !chosen.can.includes('sign'))) return null
  const busy = control.bench.verify.offline.state === 'running'
  const reason = chosen ? undefined : 'Choose a key first.'
  const act = () => chosen && control.verifyOffline(chosen)
  return (
    <>
      <Button size="lg" busy={busy} disabledReason={reason} onClick={act}>
        {busy ? 'Verifying offline' : 'Verify offline'}
      </Button>
      <PageActions of={[{ label: 'Verify offline', icon: Unplug, act, reason: busy ? 'It is under way.' : reason }]} />
    </>
  )
}

/** Checks a signature or an HMAC of a message. */
export function CheckBench({ operation, ...props }: BenchProps & { readonly operation: CheckOperation }) {
  const { chosen, control, reason, arrived } = props
  const { bench, dispatch, act } = control
  const side = bench[operation]
  const { message, proof, outcome } = side
  const { field, noun } = proofWords[operation]
  const traits = chosen && cloudOf(chosen.cloud).traits
  const size = sizeOfEntry(message)
  const max = chosen && messageSize(chosen).max
  const problems = problemsOf(operation, side, chosen)
  const large = max === undefined ? undefined : tooLarge(size, max, messageWords[operation])
  const edit = (change: { message?: Entry; proof?: string; hash?: string }) =>
    dispatch({ type: 'edit', operation, change })
  return (
    <Panes>
      <Pane
        title="Message"
        head={<EntryModes entry={message} onChange={(next) => edit({ message: next })} />}
        footer={
          <>
            <Count size={size} max={max} />
            <span className="flex-1" />
            {operation === 'verify' && <OfflineButton chosen={chosen} control={control} />}
            <ActButton
              operation={operation}
              busy={outcome.state === 'running'}
              reason={reason}
              onAct={() => chosen && act(operation, chosen)}
            />
          </>
        }
      >
        <EntryArea
          label="Message"
          entry={message}
          onChange={(next) => edit({ message: next })}
          problem={problems.main ?? large}
          placeholder={`Type or paste what the ${noun} belongs to`}
          arrived={arrived}
        />
        <ProofField
          label={field}
          placeholder={traits?.ciphertextStart === undefined ? `Paste the ${noun}` : `${traits.ciphertextStart}…`}
          value={proof}
          onChange={(text) => edit({ proof: text })}
          error={problems.proof ?? malformed(operation, bench)}
          warning={chosen && traits && envelopeWarning(proof, chosen, traits, noun)}
        />
        {chosen && <HashRow of={chosen} hash={side.hash} onHash={(hash) => edit({ hash })} />}
        <Failures operation={operation} bench={bench} />
      </Pane>
      <CheckVerdicts operation={operation} bench={bench} chosen={chosen} />
    </Panes>
  )
}
