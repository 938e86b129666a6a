import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
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
import { MaskButton } from './MaskButton.tsx'
import { MASKED } from './masked.ts'
import { OutputActions } from './OutputActions.tsx'
import { ReadOnlyOutput } from './ReadOnlyOutput.tsx'

interface PlaintextResultProps {
  readonly outcome: Outcome<OperationAnswers['decrypt']>
  /** The start of the file name. */
  readonly stem: string
  readonly masked: boolean
  readonly onMask: (masked: boolean) => void
  readonly onCarry: () => void
}

function Figures({ answer, milliseconds }: { answer: OperationAnswers['decrypt']; milliseconds: number }) {
  return (
    <>
      {answer.keyVersion !== undefined && (
        <>
          <span>
            Version <Figure>{answer.keyVersion}</Figure>
          </span>
          <Dot />
        </>
      )}
      <span>
        <Figure>{formatNumber(answer.plaintext.length)}</Figure> {answer.plaintext.length === 1 ? 'byte' : 'bytes'}
      </span>
      <Dot />
      <span>
        <Figure>{formatMilliseconds(milliseconds)}</Figure>
      </span>
    </>
  )
}

export function PlaintextResult({ outcome, stem, masked, onMask, onCarry }: PlaintextResultProps) {
  const [wanted, setWanted] = useState<Encoding>('text')
  if (outcome.state !== 'done')
    return (
      <Pane title="Plaintext" footer={null}>
        <ReadOnlyOutput label="Plaintext" empty="The plaintext appears here." />
      </Pane>
    )
  const { answer, milliseconds } = outcome
  const { plaintext } = answer
  const readable = encode(plaintext, 'text') !== undefined
  const encoding = wanted === 'text' && !readable ? 'hex' : wanted
  const shown = encode(plaintext, encoding) ?? ''
  const options = (['text', 'hex', 'base64'] as const).map((value) => ({
    value,
    label: encodingLabels[value],
    disabledReason: value === 'text' && !readable ? 'These bytes are not valid UTF-8.' : undefined,
  }))
  return (
    <Pane
      title="Plaintext"
      head={
        <>
          <SegmentedControl label="Shown as" options={options} value={encoding} onChange={setWanted} />
          <SuccessBadge>Decrypted</SuccessBadge>
        </>
      }
      end={
        <>
          <MaskButton masked={masked} onMask={onMask} />
          <OutputActions
            noun="plaintext"
            text={shown}
            onSave={() => download(`${stem}.plaintext.${readable ? 'txt' : 'bin'}`, plaintext)}
          />
        </>
      }
      footer={
        <>
          <Figures answer={answer} milliseconds={milliseconds} />
          <span className="flex-1" />
          <Button size="lg" icon={ArrowLeft} onClick={onCarry}>
            Use in Encrypt
          </Button>
        </>
      }
    >
      <ReadOnlyOutput label="Plaintext" {...(plaintext.length === 0 ? { empty: 'It is empty: 0 bytes.' } : {})}>
        {plaintext.length === 0 ? undefined : masked ? MASKED : shown}
      </ReadOnlyOutput>
      {!readable && (
        <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
          <FieldNote id="plaintext-form" tone="info">
            These bytes are not valid UTF-8 text, so they are shown as hex or base64.
          </FieldNote>
        </div>
      )}
    </Pane>
  )
}
