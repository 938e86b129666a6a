import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { type Encoding, encode } from '../../../lib/encodings.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Pane, SuccessBadge } from '../../shared/Pane.tsx'
import { encodingLabels } from '../fields/bytes-input.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import type { CarryOverButton, Outcome } from '../operation.ts'
import { MASKED, MaskButton, OutputActions, ReadOnlyOutput } from './ReadOnlyOutput.tsx'
import { ResultFooter } from './ResultFigures.tsx'

interface PlaintextResultProps {
  readonly selectedKey: KmsKey | undefined
  readonly outcome: Outcome<OperationAnswers['decrypt']>
  readonly masked: boolean
  readonly onMask: (masked: boolean) => void
  readonly carryOver: CarryOverButton | undefined
}

/** Plaintext: as text where its bytes are valid UTF-8, to mask, to copy, to save and to use in another operation. */
export function PlaintextResult({ selectedKey, outcome, masked, onMask, carryOver }: PlaintextResultProps) {
  const [wanted, setWanted] = useState<Encoding>('text')
  if (outcome.state !== 'done')
    return (
      <Pane title="Plaintext" footer={null}>
        <ReadOnlyOutput label="Plaintext" empty="The plaintext appears here." />
      </Pane>
    )
  const { answer, milliseconds } = outcome
  const { plaintext } = answer
  const isText = encode(plaintext, 'text') !== undefined
  const encoding = wanted === 'text' && !isText ? 'hex' : wanted
  const text = encode(plaintext, encoding) ?? ''
  const options = (['text', 'hex', 'base64'] as const).map((value) => ({
    value,
    label: encodingLabels[value],
    disabledReason: value === 'text' && !isText ? 'These bytes are not valid UTF-8.' : undefined,
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
            text={text}
            selectedKey={selectedKey}
            fileSuffix={`plaintext.${isText ? 'txt' : 'bin'}`}
            content={plaintext}
          />
        </>
      }
      footer={
        <ResultFooter
          version={answer.keyVersion}
          bytes={plaintext.length}
          milliseconds={milliseconds}
          carryOver={carryOver}
          icon={ArrowLeft}
        />
      }
    >
      <ReadOnlyOutput label="Plaintext" {...(plaintext.length === 0 ? { empty: 'It is empty: 0 bytes.' } : {})}>
        {plaintext.length === 0 ? undefined : masked ? MASKED : text}
      </ReadOnlyOutput>
      {!isText && (
        <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
          <FieldNote id="plaintext-form" tone="info">
            These bytes are not valid UTF-8 text, so they are shown as hex or base64.
          </FieldNote>
        </div>
      )}
    </Pane>
  )
}
