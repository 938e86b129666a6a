import { ArrowRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { Capabilities } from '../../../clouds/capabilities.ts'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { type Encoding, encode } from '../../../lib/encodings.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Pane, Panes, SuccessBadge } from '../../shared/Pane.tsx'
import { type BindingDraft, BindingFields } from '../fields/BoundFields.tsx'
import { encodingLabels } from '../fields/bytes-input.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import type { OperationFormProps } from '../operation.ts'
import { encodeOutput, type OutputEncoding } from '../results/output-encoding.ts'
import { MASKED, MaskButton, OutputActions, ReadOnlyOutput } from '../results/ReadOnlyOutput.tsx'
import { ResultFooter } from '../results/ResultFigures.tsx'

export interface DataKeyDraft extends BindingDraft {
  readonly size: 'standard' | 'chosen'
  /** Number of bytes as typed; counts where the size is chosen. */
  readonly bytes: string
}

type DataKeyFormProps = OperationFormProps<DataKeyDraft, OperationAnswers['dataKey']>

const steps = [
  'Encrypt your data with the plaintext key, where the data is.',
  'Store the encrypted key with the data. Delete the plaintext key.',
  'To read the data, decrypt the encrypted key here with the same context. Then decrypt the data.',
]

function EnvelopeEncryption() {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex-1 border-line border-t px-3.5 py-3 max-sm:px-(--gutter)">
      <h3 id={id} className="mb-1.5 font-medium text-sm">
        Envelope encryption
      </h3>
      <p className="mb-2 max-w-(--measure) text-fg-muted">
        Encrypt data of any size yourself. Only the data key goes through the KMS.
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

interface SizeFieldsProps {
  sizes: NonNullable<Capabilities['dataKey']>
  draft: DataKeyDraft
  error: string | undefined
  onEdit: (members: Partial<DataKeyDraft>) => void
}

/** Size of the data key: the standard one, and one of a list or any of a range. */
function SizeFields({ sizes: { spec, standard, sizes }, draft, error, onEdit }: SizeFieldsProps) {
  const isRange = 'min' in sizes
  const others = isRange ? [] : sizes.filter((size) => size !== standard)
  const options = [
    { value: 'standard', label: `${spec}, ${count(standard, 'byte')}` },
    ...others.map((size) => ({ value: String(size), label: count(size, 'byte') })),
    ...(isRange ? [{ value: 'chosen', label: 'Another' }] : []),
  ]
  const change = (value: string) => {
    if (value === 'standard' || value === 'chosen') onEdit({ size: value })
    else onEdit({ size: 'chosen', bytes: value })
  }
  return (
    <div className="grid gap-3 px-3.5 py-3 max-sm:px-(--gutter)">
      <Field label="Size" group error={isRange ? undefined : error}>
        {(field) => (
          <SegmentedControl
            aria-labelledby={`${field.id}-label`}
            aria-describedby={field['aria-describedby']}
            size="md"
            options={options}
            value={isRange || draft.size === 'standard' ? draft.size : draft.bytes}
            onChange={change}
          />
        )}
      </Field>
      {isRange && draft.size === 'chosen' && (
        <Field
          label="Number of bytes"
          error={error}
          hint={`From ${formatNumber(sizes.min)} to ${formatNumber(sizes.max)}.`}
        >
          {(field) => (
            <Input
              {...field}
              inputMode="numeric"
              value={draft.bytes}
              onChange={(event) => onEdit({ bytes: event.target.value })}
              className="w-32 tabular-nums"
            />
          )}
        </Field>
      )}
    </div>
  )
}

/** Generates a key for use outside the KMS, in plaintext and encrypted. */
export function DataKeyForm(props: DataKeyFormProps) {
  const { selectedKey, draft, errors, onEdit } = props
  const sizes = selectedKey && cloudOf(selectedKey.cloud).capabilities.dataKey
  return (
    <Panes>
      <Pane
        title="New data key"
        footer={
          <>
            <span className="flex-1" />
            {props.runButton}
          </>
        }
      >
        {sizes && <SizeFields sizes={sizes} draft={draft} error={errors.bytes} onEdit={onEdit} />}
        <BindingFields
          of={selectedKey}
          draft={draft}
          onEdit={onEdit}
          errors={errors}
          hint="Authenticated and not stored: decrypting needs the same bytes."
        />
        <EnvelopeEncryption />
        {props.errorNote}
      </Pane>
      <DataKeyResult selectedKey={selectedKey} outcome={props.outcome} carryOver={props.carryOver} />
    </Panes>
  )
}

type PlaintextEncoding = Exclude<Encoding, 'text'>

const plaintextEncodings = (['hex', 'base64'] as const).map((value) => ({ value, label: encodingLabels[value] }))

interface KeyPartProps {
  readonly title: string
  /** Choice of the encoding. */
  readonly head?: ReactNode
  readonly end: ReactNode
  readonly note: string
  readonly children: ReactNode
}

/** One of the two forms of the key. */
function KeyPart({ title, head, end, note, children }: KeyPartProps) {
  return (
    <div className="flex flex-1 flex-col not-first:border-line not-first:border-t">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1 pr-2 pl-3.5 max-sm:pl-(--gutter)">
        <h3 className="font-medium text-sm">{title}</h3>
        {head}
        <div className="ml-auto flex items-center gap-0.5">{end}</div>
      </div>
      <ReadOnlyOutput label={title} short>
        {children}
      </ReadOnlyOutput>
      <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
        <FieldNote tone="info">{note}</FieldNote>
      </div>
    </div>
  )
}

/** The same key twice: in plaintext, masked until it is revealed, and encrypted. */
function DataKeyResult({
  selectedKey,
  outcome,
  carryOver,
}: Pick<DataKeyFormProps, 'selectedKey' | 'outcome' | 'carryOver'>) {
  const [plaintextEncoding, setPlaintextEncoding] = useState<PlaintextEncoding>('base64')
  const [ciphertextEncoding, setCiphertextEncoding] = useState<OutputEncoding>('base64')
  // Kept by answer: another key is masked again, and so is this one when the form is opened again.
  const [revealed, setRevealed] = useState<OperationAnswers['dataKey']>()
  // A cleared result must not stay in memory here.
  if (revealed && outcome.state !== 'done') setRevealed(undefined)
  if (outcome.state !== 'done')
    return (
      <Pane title="Data key" footer={null}>
        <ReadOnlyOutput label="Data key" empty="The data key appears here: in plaintext, masked, and encrypted." />
      </Pane>
    )
  const { answer, milliseconds } = outcome
  const masked = revealed !== answer
  const plaintext = encode(answer.plaintext, plaintextEncoding) ?? ''
  const ciphertext = encodeOutput(answer.ciphertext, ciphertextEncoding)
  return (
    <Pane
      title="Data key"
      head={<SuccessBadge>Generated</SuccessBadge>}
      footer={
        <ResultFooter
          bytes={answer.plaintext.length}
          milliseconds={milliseconds}
          carryOver={carryOver}
          icon={ArrowRight}
        />
      }
    >
      <div className="flex flex-1 flex-col">
        <KeyPart
          title="Plaintext key"
          head={
            <SegmentedControl
              label="Shown as"
              options={plaintextEncodings}
              value={plaintextEncoding}
              onChange={setPlaintextEncoding}
            />
          }
          end={
            <>
              <MaskButton masked={masked} onMask={(mask) => setRevealed(mask ? undefined : answer)} />
              <OutputActions
                noun="plaintext key"
                text={plaintext}
                selectedKey={selectedKey}
                fileSuffix="data-key.bin"
                content={answer.plaintext}
              />
            </>
          }
          note="Leaving the page clears it. After use, clear the clipboard and delete downloads."
        >
          {masked ? MASKED : plaintext}
        </KeyPart>
        <KeyPart
          title="Encrypted key"
          head={
            ciphertext.options.length > 0 && (
              <SegmentedControl
                label="Encrypted key shown as"
                options={ciphertext.options}
                value={ciphertext.encoding}
                onChange={setCiphertextEncoding}
              />
            )
          }
          end={
            <OutputActions
              noun="encrypted key"
              text={ciphertext.text}
              selectedKey={selectedKey}
              fileSuffix="data-key.encrypted.txt"
              content={ciphertext.text}
            />
          }
          note="Store it with the data. Only the key that encrypted it can decrypt it."
        >
          {ciphertext.text}
        </KeyPart>
      </div>
    </Pane>
  )
}
