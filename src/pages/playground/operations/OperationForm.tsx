import { Suspense } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { type CryptographicOperation, cryptographicLabels } from '../../../clouds/operations.ts'
import { Button } from '../../../ui/Button.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { ErrorNote } from '../../shared/Failure.tsx'
import type { AllKeys } from '../../use-keys.ts'
import { CiphertextNotice } from '../inspect/CiphertextNotice.tsx'
import { FindKeyButton, type FindKeyHandlers } from '../inspect/FindKeyButton.tsx'
import type { CarryOverButton } from '../operation.ts'
import { PlaygroundSkeleton } from '../PlaygroundStates.tsx'
import { operationState, type PlaygroundState } from '../playground-state.ts'
import type { PlaygroundRunner } from '../use-playground-runner.ts'
import { registry } from './registry.ts'

interface OperationFormProps<Id extends CryptographicOperation> {
  readonly id: Id
  readonly list: AllKeys
  readonly selectedKey: KmsKey | undefined
  readonly runner: PlaygroundRunner
  /** Why the operation can't run now, in one sentence; undefined when it can. */
  readonly disabledReason: string | undefined
  readonly masked: boolean
  readonly onMask: (masked: boolean) => void
  readonly takesFocus: boolean
  /** Opens another operation with the result. */
  readonly onCarryOver: () => void
  /** Opens another operation with the input; absent where the key can't run that. */
  readonly onCarryInputOver: (() => void) | undefined
  readonly onOpen: (operation: CryptographicOperation) => void
  readonly findKey: FindKeyHandlers
}

const buttonTo = (to: CryptographicOperation, onClick: () => void): CarryOverButton => ({
  label: `Use in ${cryptographicLabels[to]}`,
  onClick,
})

/** Form and result of one operation. */
export function OperationForm<Id extends CryptographicOperation>(props: OperationFormProps<Id>) {
  const { id, selectedKey, runner, onCarryOver, onCarryInputOver } = props
  const { Form, labels, validate, explainError, next, inputNext, pasted } = registry[id]
  const { draft, submitted, outcome, offline } = operationState(runner.state, id)
  const validated = submitted && selectedKey ? validate(draft, selectedKey) : undefined
  const failures = [outcome, offline].flatMap((one) => (one.state === 'failed' ? [one.error] : []))
  const explained = failures.map((error) => ({ error, ...(selectedKey && explainError?.(error, selectedKey)) }))
  const running = outcome.state === 'running'
  const errors = {
    ...(validated && 'errors' in validated ? validated.errors : {}),
    ...explained.find((one) => one.errors)?.errors,
  }
  const ciphertext = pasted?.(draft)
  const refused = explained.flatMap(({ error, title }) => (title === undefined ? [] : [{ error, title }]))[0]
  return (
    <Suspense fallback={<PlaygroundSkeleton />}>
      <Form
        key={id}
        list={props.list}
        selectedKey={selectedKey}
        draft={draft}
        outcome={outcome}
        offline={offline}
        errors={errors}
        onEdit={(change) => runner.edit(id, (now) => ({ ...now, ...change }))}
        runButton={
          <Button
            variant="primary"
            size="lg"
            busy={running}
            disabledReason={props.disabledReason}
            aria-keyshortcuts="Control+Enter"
            {...(running ? {} : { kbd: 'Ctrl Enter' })}
            onClick={() => selectedKey && runner.run(id, selectedKey)}
          >
            {running ? labels.running : labels.button}
          </Button>
        }
        findKeyButton={
          ciphertext && <FindKeyButton {...ciphertext} {...props.findKey} list={props.list} selectedKey={selectedKey} />
        }
        errorNote={
          <>
            {explained
              .filter(({ errors, title }) => !errors && title === undefined)
              .map(({ error }, index) => (
                <div key={String(index)} className="p-2.5">
                  <ErrorNote error={error} />
                </div>
              ))}
            {ciphertext && !('ciphertext' in errors && errors.ciphertext) && (
              <CiphertextNotice {...ciphertext} selectedKey={selectedKey} refused={refused} />
            )}
          </>
        }
        onRunOffline={() => selectedKey && runner.runOffline(id, selectedKey)}
        masked={props.masked}
        onMask={props.onMask}
        takesFocus={props.takesFocus}
        carryOver={next && buttonTo(next, onCarryOver)}
        carryInputOver={inputNext && onCarryInputOver && buttonTo(inputNext, onCarryInputOver)}
        onOpen={props.onOpen}
      />
    </Suspense>
  )
}

interface ResultAnnouncementProps<Id extends CryptographicOperation> {
  readonly id: Id
  readonly state: PlaygroundState
}

/** Announces results to screen readers; errors announce themselves. */
export function ResultAnnouncement<Id extends CryptographicOperation>({ id, state }: ResultAnnouncementProps<Id>) {
  const { announce, offline: check } = registry[id]
  const { draft, outcome, offline } = operationState(state, id)
  const sentences = [
    outcome.state === 'done' ? announce(outcome.answer, draft) : '',
    check && offline.state === 'done' ? check.announce(offline.answer) : '',
  ]
  return <LiveRegion>{sentences.filter(Boolean).join(' ')}</LiveRegion>
}
