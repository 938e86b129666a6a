import type { OperationAnswers } from '../../../clouds/cloud.ts'
import { ErrorNote } from '../../shared/Failure.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { ByteCount } from '../fields/ByteCount.tsx'
import { BytesField, BytesSourceControl } from '../fields/BytesField.tsx'
import { type BytesInput, sizeOf, tooLargeError } from '../fields/bytes-input.ts'
import { HashField } from '../fields/HashField.tsx'
import { RunButton } from '../fields/RunButton.tsx'
import { digestHash, hashesOf, messageSizeOf, messageTexts, type SignOperation, toDigestInput } from '../hashing.ts'
import type { Outcome } from '../playground-state.ts'
import { CiphertextResult } from '../results/CiphertextResult.tsx'
import { signInput } from '../validate.ts'
import { fileStem, type OperationFormProps } from './operation-form-props.ts'

const outWords = {
  sign: { noun: 'signature', done: 'Signed', carry: 'Use in Verify' },
  hmac: { noun: 'HMAC', done: 'Computed', carry: 'Use in Verify HMAC' },
} as const

const placeholders = { sign: 'Type or paste what to sign', hmac: 'Type or paste what to authenticate' }

type Made = OperationAnswers['sign'] | OperationAnswers['hmac']

const textOf = (made: Made) => ('signature' in made ? made.signature : made.hmac)

/** Signs a message or a digest, or computes the HMAC of a message. */
export function SignForm({ operation, ...props }: OperationFormProps & { readonly operation: SignOperation }) {
  const { chosen, control, reason, arrived, onCarry } = props
  const { bench, dispatch, run: act } = control
  const side = bench[operation]
  const { message } = side
  const outcome: Outcome<Made> = side.outcome
  const digest = chosen && digestHash(operation, side, chosen)
  const size = sizeOf(message)
  const max = digest?.bytes ?? (chosen && messageSizeOf(chosen).max)
  const checked = side.tried && chosen ? signInput(operation, side, chosen) : undefined
  const problem = checked && 'problems' in checked ? checked.problems.main : undefined
  const large = max === undefined || digest ? undefined : tooLargeError(size, max, messageTexts[operation])
  const edit = (next: BytesInput) => dispatch({ type: 'edit', operation, change: { message: next } })
  const takesDigests = operation === 'sign' && chosen !== undefined && hashesOf(chosen).length > 0
  return (
    <Panes>
      <Pane
        title={digest ? 'Digest' : 'Message'}
        head={<BytesSourceControl input={message} onChange={edit} bytesOnly={digest !== undefined} />}
        footer={
          <>
            <ByteCount size={size} max={max} />
            <span className="flex-1" />
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
          label={digest ? 'Digest' : 'Message'}
          input={message}
          onChange={edit}
          error={problem ?? large}
          placeholder={placeholders[operation]}
          takesFocus={arrived}
        />
        {chosen && (
          <HashField
            of={chosen}
            hash={side.hash}
            onHash={(hash) => dispatch({ type: 'edit', operation, change: { hash } })}
            prehashed={side.prehashed}
            {...(takesDigests
              ? {
                  onPrehashed: (prehashed: boolean) =>
                    dispatch({
                      type: 'edit',
                      operation,
                      change: { prehashed, ...(prehashed ? { message: toDigestInput(message) } : {}) },
                    }),
                }
              : {})}
          />
        )}
        {outcome.state === 'failed' && (
          <div className="p-2.5">
            <ErrorNote error={outcome.error} />
          </div>
        )}
      </Pane>
      <CiphertextResult
        outcome={outcome}
        textOf={textOf}
        {...outWords[operation]}
        stem={chosen ? fileStem(chosen) : ''}
        onCarry={onCarry}
      />
    </Panes>
  )
}
