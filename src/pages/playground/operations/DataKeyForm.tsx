import { useId } from 'react'
import { cloudOf } from '../../../clouds/queries.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { ContextField } from '../fields/ContextField.tsx'
import { RunButton } from '../fields/RunButton.tsx'
import type { DataKeyState } from '../playground-state.ts'
import { OperationError } from '../results/OperationError.tsx'
import { dataKeyInput } from '../validate.ts'
import { DataKeyResult } from './DataKeyResult.tsx'
import { fileStem, type OperationFormProps } from './operation-form-props.ts'

const steps = [
  'Encrypt your data with the plaintext key, where the data is.',
  'Keep the encrypted key beside the data, and forget the plaintext key.',
  'To read the data, decrypt the encrypted key with this key and the same context, and the data with what comes of it.',
]

/** How a data key is used: said beside the choice of its size. */
function Envelope() {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex-1 border-line border-t px-3.5 py-3 max-sm:px-(--gutter)">
      <h3 id={id} className="mb-1.5 font-medium text-sm">
        Envelope encryption
      </h3>
      <p className="mb-2 max-w-(--measure) text-fg-muted">
        Data of any size, encrypted on your side: only the key that did it goes through the KMS.
      </p>
      <ol className="grid max-w-(--measure) list-decimal gap-1 pl-5 text-fg-muted marker:text-fg-subtle">
        {steps.map((step) => (
          <li key={step} className="pl-0.5">
            {step}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Makes a key for use outside the KMS, in clear and encrypted. */
export function DataKeyForm({ chosen, control, reason, onCarry }: OperationFormProps) {
  const { bench, dispatch, run: act } = control
  const side = bench.dataKey
  const { size, bytes, context, outcome } = side
  const checked = side.tried && chosen ? dataKeyInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const traits = chosen && cloudOf(chosen.cloud).capabilities
  const sizes = traits?.dataKey
  const edit = (change: Partial<Omit<DataKeyState, 'tried' | 'outcome'>>) =>
    dispatch({ type: 'edit', operation: 'dataKey', change })
  return (
    <Panes>
      <Pane
        title="New data key"
        footer={
          <>
            <span className="flex-1" />
            <RunButton
              operation="dataKey"
              busy={outcome.state === 'running'}
              disabledReason={reason}
              onRun={() => chosen && act('dataKey', chosen)}
            />
          </>
        }
      >
        {sizes && (
          <div className="grid gap-3 px-3.5 py-3 max-sm:px-(--gutter)">
            <Field label="Size" group>
              {(field) => (
                <SegmentedControl
                  aria-labelledby={`${field.id}-label`}
                  aria-describedby={field['aria-describedby']}
                  size="md"
                  options={[
                    { value: 'standard', label: `${sizes.spec}, ${count(sizes.standard, 'byte')}` },
                    { value: 'chosen', label: 'Another' },
                  ]}
                  value={size}
                  onChange={(next) => edit({ size: next })}
                />
              )}
            </Field>
            {size === 'chosen' && (
              <Field
                label="Number of bytes"
                error={problems.size}
                hint={`From ${formatNumber(sizes.size.min)} to ${formatNumber(sizes.size.max)}.`}
              >
                {(field) => (
                  <Input
                    {...field}
                    inputMode="numeric"
                    value={bytes}
                    onChange={(event) => edit({ bytes: event.target.value })}
                    className="w-32 tabular-nums"
                  />
                )}
              </Field>
            )}
          </div>
        )}
        {traits?.encryptionContext && (
          <ContextField
            text={context}
            onChange={(next) => edit({ context: next })}
            error={problems.context}
            hint="Authenticated and not stored: decrypting the encrypted key needs the same bytes."
          />
        )}
        <Envelope />
        {outcome.state === 'failed' && chosen && (
          <div className="p-2.5">
            <OperationError operation="dataKey" chosen={chosen} error={outcome.error} />
          </div>
        )}
      </Pane>
      <DataKeyResult outcome={outcome} stem={chosen ? fileStem(chosen) : ''} onCarry={onCarry} />
    </Panes>
  )
}
