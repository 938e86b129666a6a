import { ArrowRight, Check, Download } from 'lucide-react'
import type { OperationAnswers } from '../../clouds/cloud.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Outcome } from './bench.ts'
import { ciphertextSize, readEnvelope } from './ciphertext.ts'
import { download } from './download.ts'
import { OutArea } from './OutArea.tsx'
import { Dot, Figure, Pane } from './Pane.tsx'
import { formatTook } from './visit-words.ts'

export function Done({ children }: { children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-ok-fg text-xs">
      <Icon of={Check} size={14} />
      {children}
    </span>
  )
}

/** The prefix and the version stand out; an opaque ciphertext is one run of text. */
function Marked({ ciphertext }: { ciphertext: string }) {
  const envelope = readEnvelope(ciphertext)
  if (!envelope) return ciphertext
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

function Figures({ answer, milliseconds }: { answer: OperationAnswers['encrypt']; milliseconds: number }) {
  const version = answer.keyVersion ?? readEnvelope(answer.ciphertext)?.version
  const size = ciphertextSize(answer.ciphertext)
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
        <Figure>{formatTook(milliseconds)}</Figure>
      </span>
    </>
  )
}

interface CiphertextOutProps {
  readonly outcome: Outcome<OperationAnswers['encrypt']>
  /** The start of the file name. */
  readonly stem: string
  readonly onCarry: () => void
}

export function CiphertextOut({ outcome, stem, onCarry }: CiphertextOutProps) {
  if (outcome.state !== 'done')
    return (
      <Pane title="Ciphertext" footer={null}>
        <OutArea label="Ciphertext" empty="The ciphertext appears here." />
      </Pane>
    )
  const { answer, milliseconds } = outcome
  const { ciphertext } = answer
  return (
    <Pane
      title="Ciphertext"
      head={<Done>Encrypted</Done>}
      end={
        <>
          <CopyButton text={ciphertext} label="Copy ciphertext" className="size-7" />
          <Button
            variant="ghost"
            size="sm"
            iconOnly
            icon={Download}
            aria-label="Download ciphertext"
            onClick={() => download(`${stem}.ciphertext.txt`, ciphertext)}
          />
        </>
      }
      footer={
        <>
          <Figures answer={answer} milliseconds={milliseconds} />
          <span className="flex-1" />
          <Button size="lg" icon={ArrowRight} onClick={onCarry}>
            Use in Decrypt
          </Button>
        </>
      }
    >
      <OutArea label="Ciphertext">
        <Marked ciphertext={ciphertext} />
      </OutArea>
    </Pane>
  )
}
