import { ArrowRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { OperationAnswers } from '../../clouds/cloud.ts'
import { download } from '../../lib/download.ts'
import { type Encoding, encode } from '../../lib/encodings.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import type { Outcome } from './bench.ts'
import { Done } from './Done.tsx'
import { FieldNote } from './FieldNote.tsx'
import { MaskButton } from './MaskButton.tsx'
import { MASK } from './mask.ts'
import { OutArea } from './OutArea.tsx'
import { OutButtons } from './OutButtons.tsx'
import { Dot, Figure, Pane } from './Pane.tsx'
import { type Form, shownAs } from './shown-as.ts'
import { encodingNames } from './typed.ts'
import { formatTook } from './visit-words.ts'

interface DataKeyOutProps {
  readonly outcome: Outcome<OperationAnswers['dataKey']>
  /** The start of the file names. */
  readonly stem: string
  readonly onCarry: () => void
}

type Shape = Exclude<Encoding, 'text'>

const shapes = (['hex', 'base64'] as const).map((value) => ({ value, label: encodingNames[value] }))

interface PartProps {
  readonly title: string
  readonly head?: ReactNode
  readonly end: ReactNode
  readonly children: ReactNode
}

/** One of the two forms of the key. */
function Part({ title, head, end, children }: PartProps) {
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
export function DataKeyOut({ outcome, stem, onCarry }: DataKeyOutProps) {
  const [shape, setShape] = useState<Shape>('base64')
  const [form, setForm] = useState<Form>('base64')
  // Another key is masked again, and so is this one when the tab is opened again.
  const [revealed, setRevealed] = useState<OperationAnswers['dataKey']>()
  // What was cleared is not held here either.
  if (revealed && outcome.state !== 'done') setRevealed(undefined)
  if (outcome.state !== 'done')
    return (
      <Pane title="Data key" footer={null}>
        <OutArea label="Data key" empty="The key appears here twice: its plaintext, masked, and its encrypted copy." />
      </Pane>
    )
  const { answer, milliseconds } = outcome
  const { plaintext, ciphertext } = answer
  const masked = revealed !== answer
  const shown = encode(plaintext, shape) ?? ''
  const encrypted = shownAs(ciphertext, form)
  return (
    <Pane
      title="Data key"
      head={<Done>Generated</Done>}
      footer={
        <>
          <span>
            <Figure>{formatNumber(plaintext.length)}</Figure> {plaintext.length === 1 ? 'byte' : 'bytes'}
          </span>
          <Dot />
          <span>
            <Figure>{formatTook(milliseconds)}</Figure>
          </span>
          <span className="flex-1" />
          <Button size="lg" icon={ArrowRight} onClick={onCarry}>
            Use in Decrypt
          </Button>
        </>
      }
    >
      <div className="flex flex-1 flex-col">
        <Part
          title="Plaintext key"
          head={<SegmentedControl label="Shown as" options={shapes} value={shape} onChange={setShape} />}
          end={
            <>
              <MaskButton masked={masked} onMask={(mask) => setRevealed(mask ? undefined : answer)} />
              <OutButtons
                noun="plaintext key"
                text={shown}
                onSave={() => download(`${stem}.data-key.bin`, plaintext)}
              />
            </>
          }
        >
          <OutArea label="Plaintext key" short>
            {masked ? MASK : shown}
          </OutArea>
          <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote tone="info">
              Nothing keeps it: leaving the page clears it. What you copy stays on the clipboard, and a download on the
              disk: remove both when they have served.
            </FieldNote>
          </div>
        </Part>
        <Part
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
            <OutButtons
              noun="encrypted key"
              text={encrypted.text}
              onSave={() => download(`${stem}.data-key.encrypted.txt`, encrypted.text)}
            />
          }
        >
          <OutArea label="Encrypted key" short>
            {encrypted.text}
          </OutArea>
          <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote tone="info">
              Keep this one beside the data. It is of no use without the key that made it.
            </FieldNote>
          </div>
        </Part>
      </div>
    </Pane>
  )
}
