import { ArrowRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Pane, SuccessBadge } from '../../shared/Pane.tsx'
import { FieldNote } from '../fields/FieldNote.tsx'
import { ciphertextBytes, readVersioned } from '../inspect/ciphertext.ts'
import type { CarryOverButton, Outcome } from '../operation.ts'
import { encodeOutput, type OutputEncoding } from './output-encoding.ts'
import { OutputActions, ReadOnlyOutput } from './ReadOnlyOutput.tsx'
import { ResultFooter } from './ResultFigures.tsx'

/** Text with its prefix and version set apart; opaque text is one run. */
function HighlightedPrefix({ text }: { text: string }) {
  const versioned = readVersioned(text)
  if (!versioned) return text
  return (
    <>
      <span className="font-medium text-fg">{versioned.prefix}</span>
      <span className="text-fg-subtle">:</span>
      <span className="font-semibold text-accent-fg">v{versioned.version}</span>
      <span className="text-fg-subtle">:</span>
      {versioned.body}
    </>
  )
}

interface CiphertextResultProps<Answer> {
  readonly selectedKey: KmsKey | undefined
  readonly outcome: Outcome<Answer>
  readonly textOf: (answer: Answer) => string
  readonly noun: 'ciphertext' | 'signature' | 'HMAC'
  /** One word beside the title: "Encrypted". */
  readonly success: string
  readonly carryOver: CarryOverButton | undefined
  /** Shown while there is no result. */
  readonly empty?: string
  /** Facts about the result, under it. */
  readonly facts?: ReactNode
}

/** Ciphertext, signature or HMAC: to read in other encodings, to copy, to save and to use in another operation. */
export function CiphertextResult<Answer extends { readonly keyVersion?: number }>(
  props: CiphertextResultProps<Answer>,
) {
  const { selectedKey, outcome, textOf, noun, success, carryOver, facts } = props
  const [wanted, setWanted] = useState<OutputEncoding>('answered')
  const title = noun.charAt(0).toUpperCase() + noun.slice(1)
  if (outcome.state !== 'done')
    return (
      <Pane title={title} footer={null}>
        <ReadOnlyOutput label={title} empty={props.empty ?? `The ${noun} appears here.`} />
      </Pane>
    )
  const { answer, milliseconds } = outcome
  const answered = textOf(answer)
  const { encoding, text, options } = encodeOutput(answered, wanted)
  const changed = text !== answered
  return (
    <Pane
      title={title}
      head={
        <>
          {options.length > 0 && (
            <SegmentedControl label="Shown as" options={options} value={encoding} onChange={setWanted} />
          )}
          <SuccessBadge>{success}</SuccessBadge>
        </>
      }
      end={
        <OutputActions
          noun={noun}
          text={text}
          selectedKey={selectedKey}
          fileSuffix={`${noun.toLowerCase()}.${changed ? `${encoding}.` : ''}txt`}
          content={text}
        />
      }
      footer={
        <ResultFooter
          version={answer.keyVersion ?? readVersioned(answered)?.version}
          bytes={ciphertextBytes(answered)?.length}
          milliseconds={milliseconds}
          carryOver={carryOver}
          icon={ArrowRight}
        />
      }
    >
      <ReadOnlyOutput label={title}>
        <HighlightedPrefix text={text} />
      </ReadOnlyOutput>
      {changed && (
        <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
          <FieldNote tone="info">
            Bytes only. The cloud accepts the {noun} only as received: “{carryOver?.label}” uses that form.
          </FieldNote>
        </div>
      )}
      {facts}
    </Pane>
  )
}
