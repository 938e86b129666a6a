import { ArrowRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { download } from '../../../lib/download.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Dot, Figure, Pane } from '../../shared/Pane.tsx'
import { SuccessBadge } from '../../shared/SuccessBadge.tsx'
import { FieldNote } from '../fields/FieldNote.tsx'
import { formatMilliseconds } from '../history.ts'
import { ciphertextBytes, readVersioned } from '../inspect/ciphertext.ts'
import type { Outcome } from '../playground-state.ts'
import { OutputActions } from './OutputActions.tsx'
import { encodeOutput, type OutputEncoding } from './output-encoding.ts'
import { ReadOnlyOutput } from './ReadOnlyOutput.tsx'

/** The prefix and the version stand out; an opaque text is one run. */
function HighlightedPrefix({ text }: { text: string }) {
  const envelope = readVersioned(text)
  if (!envelope) return text
  return (
    <>
      <span className="font-medium text-fg">{envelope.prefix}</span>
      <span className="text-fg-subtle">:</span>
      <span className="font-semibold text-accent-fg">v{envelope.version}</span>
      <span className="text-fg-subtle">:</span>
      {envelope.body}
    </>
  )
}

interface FiguresProps {
  readonly text: string
  readonly keyVersion: number | undefined
  readonly milliseconds: number
}

function Figures({ text, keyVersion, milliseconds }: FiguresProps) {
  const version = keyVersion ?? readVersioned(text)?.version
  const size = ciphertextBytes(text)?.length
  return (
    <>
      {version !== undefined && (
        <>
          <span>
            Version <Figure>{version}</Figure>
          </span>
          <Dot />
        </>
      )}
      {size !== undefined && (
        <>
          <span>
            <Figure>{formatNumber(size)}</Figure> bytes
          </span>
          <Dot />
        </>
      )}
      <span>
        <Figure>{formatMilliseconds(milliseconds)}</Figure>
      </span>
    </>
  )
}

interface CiphertextResultProps<Answer> {
  readonly outcome: Outcome<Answer>
  readonly textOf: (answer: Answer) => string
  readonly noun: 'ciphertext' | 'signature' | 'HMAC'
  /** What was done, in one word. */
  readonly done: string
  /** The start of the file name. */
  readonly stem: string
  /** What the button says that carries it on. */
  readonly carry: string
  readonly onCarry: () => void
  /** Said while there is nothing. */
  readonly empty?: string
  /** Facts about the result, under it. */
  readonly facts?: ReactNode
}

/** A text that names the version which made it: to read in other encodings, to copy, to save and to use on another tab. */
export function CiphertextResult<Answer extends { readonly keyVersion?: number }>(
  props: CiphertextResultProps<Answer>,
) {
  const { outcome, textOf, noun, done, stem, carry, onCarry, facts } = props
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
  const { form, text, options } = encodeOutput(answered, wanted)
  const changed = text !== answered
  return (
    <Pane
      title={title}
      head={
        <>
          {options.length > 0 && (
            <SegmentedControl label="Shown as" options={options} value={form} onChange={setWanted} />
          )}
          <SuccessBadge>{done}</SuccessBadge>
        </>
      }
      end={
        <OutputActions
          noun={noun}
          text={text}
          onSave={() => download(`${stem}.${noun.toLowerCase()}.${changed ? `${form}.` : ''}txt`, text)}
        />
      }
      footer={
        <>
          <Figures text={answered} keyVersion={answer.keyVersion} milliseconds={milliseconds} />
          <span className="flex-1" />
          <Button size="lg" icon={ArrowRight} onClick={onCarry}>
            {carry}
          </Button>
        </>
      }
    >
      <ReadOnlyOutput label={title}>
        <HighlightedPrefix text={text} />
      </ReadOnlyOutput>
      {changed && (
        <div className="bg-sunken px-3.5 pb-2.5 max-sm:px-(--gutter)">
          <FieldNote tone="info">
            These are the bytes alone. The cloud takes only the form that it answered, and “{carry}” passes that on.
          </FieldNote>
        </div>
      )}
      {facts}
    </Pane>
  )
}
