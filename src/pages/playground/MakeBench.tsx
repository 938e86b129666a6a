import type { OperationAnswers } from '../../clouds/cloud.ts'
import { ErrorNote } from '../parts/Failure.tsx'
import { ActButton } from './ActButton.tsx'
import type { Outcome } from './bench.ts'
import { type BenchProps, fileStem } from './bench-props.ts'
import { Count } from './Count.tsx'
import { EntryArea, EntryModes } from './EntryArea.tsx'
import { EnvelopeOut } from './EnvelopeOut.tsx'
import { type Entry, sizeOfEntry, tooLarge } from './entry.ts'
import { HashRow } from './HashRow.tsx'
import { asDigest, digestHash, hashesOf, type MakeOperation, messageSize, messageWords } from './messages.ts'
import { Pane, Panes } from './Pane.tsx'
import { makeInput } from './requests.ts'

const outWords = {
  sign: { noun: 'signature', done: 'Signed', carry: 'Use in Verify' },
  hmac: { noun: 'HMAC', done: 'Computed', carry: 'Use in Verify HMAC' },
} as const

const placeholders = { sign: 'Type or paste what to sign', hmac: 'Type or paste what to authenticate' }

type Made = OperationAnswers['sign'] | OperationAnswers['hmac']

const textOf = (made: Made) => ('signature' in made ? made.signature : made.hmac)

/** Signs a message or a digest, or computes the HMAC of a message. */
export function MakeBench({ operation, ...props }: BenchProps & { readonly operation: MakeOperation }) {
  const { chosen, control, reason, arrived, onCarry } = props
  const { bench, dispatch, act } = control
  const side = bench[operation]
  const { message } = side
  const outcome: Outcome<Made> = side.outcome
  const digest = chosen && digestHash(operation, side, chosen)
  const size = sizeOfEntry(message)
  const max = digest?.bytes ?? (chosen && messageSize(chosen).max)
  const checked = side.tried && chosen ? makeInput(operation, side, chosen) : undefined
  const problem = checked && 'problems' in checked ? checked.problems.main : undefined
  const large = max === undefined || digest ? undefined : tooLarge(size, max, messageWords[operation])
  const edit = (next: Entry) => dispatch({ type: 'edit', operation, change: { message: next } })
  const takesDigests = operation === 'sign' && chosen !== undefined && hashesOf(chosen).length > 0
  return (
    <Panes>
      <Pane
        title={digest ? 'Digest' : 'Message'}
        head={<EntryModes entry={message} onChange={edit} bytesOnly={digest !== undefined} />}
        footer={
          <>
            <Count size={size} max={max} />
            <span className="flex-1" />
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
          label={digest ? 'Digest' : 'Message'}
          entry={message}
          onChange={edit}
          problem={problem ?? large}
          placeholder={placeholders[operation]}
          arrived={arrived}
        />
        {chosen && (
          <HashRow
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
                      change: { prehashed, ...(prehashed ? { message: asDigest(message) } : {}) },
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
      <EnvelopeOut
        outcome={outcome}
        textOf={textOf}
        {...outWords[operation]}
        stem={chosen ? fileStem(chosen) : ''}
        onCarry={onCarry}
      />
    </Panes>
  )
}
