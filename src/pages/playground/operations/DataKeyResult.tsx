import { ArrowRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { OperationAnswers } from '../../../clouds/cloud.ts'
import { download } from '../../../lib/download.ts'
import { type Encoding, encode } from '../../../lib/encodings.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Dot, Figure, Pane } from '../../shared/Pane.tsx'
import { SuccessBadge } from '../../shared/SuccessBadge.tsx'
import { encodingLabels } from '../fields/encoded-text.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import { formatMilliseconds } from '../history.ts'
import type { Outcome } from '../playground-state.ts'
import { MaskButton } from '../results/MaskButton.tsx'
import { MASKED } from '../results/masked.ts'
import { OutputActions } from '../results/OutputActions.tsx'
import { encodeOutput, type OutputEncoding } from '../results/output-encoding.ts'
import { ReadOnlyOutput } from '../results/ReadOnlyOutput.tsx'

interface DataKeyResultProps {
  readonly outcome: Outcome<OperationAnswers['dataKey']>
  /** The start of the file names. */
  readonly stem: string
  readonly onCarry: () => void
}

type Shape = Exclude<Encoding, 'text'>

const shapes = (['hex', 'base64'] as const).map((value) => ({ value, label: encodingLabels[value] }))

interface KeyFormProps {
  readonly title: string
  readonly head?: ReactNode
  readonly end: ReactNode
  readonly children: ReactNode
}

/** One of the two forms of the key. */
function KeyForm({ title, head, end, children }: KeyFormProps) {
  return (
    <div className="flex flex-1 flex-col not-first:border-line not-first:border-t">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1 pr-2 pl-3.5 max-sm:pl-(--gutter)">
        <h3 className="font-medium text-sm">{title}</h3>
        {head}
        <div className="ml-auto flex items-center gap-0.5">{end}</div>
      </div>
      {children}
    </div>
  )
}

/** The same key twice: in clear, masked until it is asked for, and encrypted. */
export function DataKeyResult({ outcome, stem, onCarry }: DataKeyResultProps) {
  const [shape, setShape] = useState<Shape>('base64')
  const [form, setForm] = useState<OutputEncoding>('base64')
  // Another key is masked again, and so is this one when the tab is opened again.
  const [revealed, setRevealed] = useState<OperationAnswers['dataKey']>()
  // What was cleared is not held here either.
  if (revealed && outcome.state !== 'done') setRevealed(undefined)
  if (outcome.state !== 'done')
    return (
      <Pane title="Data key" footer={null}>
        <ReadOnlyOutput
          label="Data key"
          empty="The key appears here twice: its plaintext, masked, and its encrypted copy."
        />
      </Pane>
    )
  const { answer, milliseconds } = outcome
  const { plaintext, ciphertext } = answer
  const masked = revealed !== answer
  const shown = encode(plaintext, shape) ?? ''
  const encrypted = encodeOutput(ciphertext, form)
  return (
    <Pane
      title="Data key"
      head={<SuccessBadge>Generated</SuccessBadge>}
      footer={
        <>
          <span>
            <Figure>{formatNumber(plaintext.length)}</Figure> {plaintext.length === 1 ? 'byte' : 'bytes'}
          </span>
          <Dot />
          <span>
            <Figure>{formatMilliseconds(milliseconds)}</Figure>
          </span>
          <span className="flex-1" />
          <Button size="lg" icon={ArrowRight} onClick={onCarry}>
            Use in Decrypt
          </Button>
        </>
      }
    >
      <div className="flex flex-1 flex-col">
        <KeyForm
          title="Plaintext key"
          head={<SegmentedControl label="Shown as" options={shapes} value={shape} onChange={setShape} />}
          end={
            <>
              <MaskButton masked={masked} onMask={(mask) => setRevealed(mask ? undefined : answer)} />
              <OutputActions
                noun="plaintext key"
                text={shown}
                onSave={() => download(`${stem}.data-key.bin`, plaintext)}
              />
            </>
          }
        >
          <ReadOnlyOutput label="Plaintext key" short>
            {masked ? MASKED : shown}
          </ReadOnlyOutput>
          <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote tone="info">
              Nothing keeps it: leaving the page clears it. What you copy stays on the clipboard, and a download on the
              disk: remove both when they have served.
            </FieldNote>
          </div>
        </KeyForm>
        <KeyForm
          title="Encrypted key"
          head={
            encrypted.options.length > 0 && (
              <SegmentedControl
                label="Encrypted key shown as"
                options={encrypted.options}
                value={encrypted.form}
                onChange={setForm}
              />
            )
          }
          end={
            <OutputActions
              noun="encrypted key"
              text={encrypted.text}
              onSave={() => download(`${stem}.data-key.encrypted.txt`, encrypted.text)}
            />
          }
        >
          <ReadOnlyOutput label="Encrypted key" short>
            {encrypted.text}
          </ReadOnlyOutput>
          <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote tone="info">
              Keep this one beside the data. It is of no use without the key that made it.
            </FieldNote>
          </div>
        </KeyForm>
      </div>
    </Pane>
  )
}
