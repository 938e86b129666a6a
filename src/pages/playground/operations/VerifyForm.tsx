import { Unplug } from 'lucide-react'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { Button } from '../../../ui/Button.tsx'
import { ErrorNote } from '../../shared/Failure.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { ByteCount } from '../fields/ByteCount.tsx'
import { BytesField, BytesSourceControl } from '../fields/BytesField.tsx'
import { type BytesInput, sizeOf, tooLargeError } from '../fields/bytes-input.ts'
import { HashField } from '../fields/HashField.tsx'
import { RunButton } from '../fields/RunButton.tsx'
import { messageSizeOf, messageTexts, signatureLabels, type VerifyOperation } from '../hashing.ts'
import { ciphertextWarning } from '../inspect/ciphertext.ts'
import { isMalformedSignature } from '../operation-error.ts'
import type { PlaygroundState, VerifyState } from '../playground-state.ts'
import { type FieldErrors, verifyHmacInput, verifyInput } from '../validate.ts'
import type { OperationFormProps } from './operation-form-props.ts'
import { SignatureField } from './SignatureField.tsx'
import { VerifyResults } from './VerifyResults.tsx'

const inputs = { verify: verifyInput, verifyHmac: verifyHmacInput }

function problemsOf(operation: VerifyOperation, side: VerifyState, key: KmsKey | undefined): FieldErrors {
  const checked = side.tried && key ? inputs[operation](side, key) : undefined
  return checked && 'problems' in checked ? checked.problems : {}
}

/** What the cloud or the browser found wrong with the form of what was pasted. */
function malformed(operation: VerifyOperation, { [operation]: side, verify }: PlaygroundState): string | undefined {
  const { outcome } = side
  if (outcome.state === 'failed' && isMalformedSignature(operation, outcome.error))
    return `This is not of the form that this key’s ${signatureLabels[operation].noun}s have. Check that all of it was pasted, and the key.`
  const { offline } = verify
  return operation === 'verify' && offline.state === 'done' && 'malformed' in offline.answer
    ? offline.answer.malformed
    : undefined
}

/** Failures of calls that no field answers for. */
function Failures({ operation, bench }: { operation: VerifyOperation; bench: PlaygroundState }) {
  const calls = [bench[operation].outcome, ...(operation === 'verify' ? [bench.verify.offline] : [])]
  const errors = calls.flatMap((call) =>
    call.state === 'failed' && !isMalformedSignature(operation, call.error) ? [call.error] : [],
  )
  return errors.map((error, index) => (
    <div key={String(index)} className="p-2.5">
      <ErrorNote error={error} />
    </div>
  ))
}

interface OfflineButtonProps {
  readonly chosen: KmsKey | undefined
  readonly control: OperationFormProps['control']
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
      <PageCommands
        commands={[
          { label: 'Verify offline', icon: Unplug, run: act, disabledReason: busy ? 'It is under way.' : reason },
        ]}
      />
    </>
  )
}

/** Checks a signature or an HMAC of a message. */
export function VerifyForm({ operation, ...props }: OperationFormProps & { readonly operation: VerifyOperation }) {
  const { chosen, control, reason, arrived } = props
  const { bench, dispatch, run: act } = control
  const side = bench[operation]
  const { message, proof, outcome } = side
  const { field, noun } = signatureLabels[operation]
  const traits = chosen && cloudOf(chosen.cloud).capabilities
  const size = sizeOf(message)
  const max = chosen && messageSizeOf(chosen).max
  const problems = problemsOf(operation, side, chosen)
  const large = max === undefined ? undefined : tooLargeError(size, max, messageTexts[operation])
  const edit = (change: { message?: BytesInput; proof?: string; hash?: string }) =>
    dispatch({ type: 'edit', operation, change })
  return (
    <Panes>
      <Pane
        title="Message"
        head={<BytesSourceControl input={message} onChange={(next) => edit({ message: next })} />}
        footer={
          <>
            <ByteCount size={size} max={max} />
            <span className="flex-1" />
            {operation === 'verify' && <OfflineButton chosen={chosen} control={control} />}
            <RunButton
              operation={operation}
              busy={outcome.state === 'running'}
              disabledReason={reason}
              onRun={() => chosen && act(operation, chosen)}
            />
          </>
        }
      >
        <BytesField
          label="Message"
          input={message}
          onChange={(next) => edit({ message: next })}
          error={problems.main ?? large}
          placeholder={`Type or paste what the ${noun} belongs to`}
          takesFocus={arrived}
        />
        <SignatureField
          label={field}
          placeholder={traits?.ciphertextPrefix === undefined ? `Paste the ${noun}` : `${traits.ciphertextPrefix}…`}
          value={proof}
          onChange={(text) => edit({ proof: text })}
          error={problems.proof ?? malformed(operation, bench)}
          warning={chosen && traits && ciphertextWarning(proof, chosen, traits, noun)}
        />
        {chosen && <HashField of={chosen} hash={side.hash} onHash={(hash) => edit({ hash })} />}
        <Failures operation={operation} bench={bench} />
      </Pane>
      <VerifyResults operation={operation} bench={bench} chosen={chosen} />
    </Panes>
  )
}
