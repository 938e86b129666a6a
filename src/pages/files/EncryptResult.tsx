import type { KmsKey } from '../../clouds/model.ts'
import { shellQuote } from '../../lib/shell.ts'
import { Code } from '../../ui/Code.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import { FileResult } from './FileResult.tsx'
import { StanzaKey } from './StanzaKey.tsx'
import type { Report } from './use-file-run.ts'

interface EncryptResultProps {
  readonly report: Report
  /** Key that wrapped the file key. */
  readonly used: KmsKey | undefined
  readonly onNext: () => void
  readonly onSaveAgain: () => void
}

export function EncryptResult({ report, used, onNext, onSaveAgain }: EncryptResultProps) {
  const command = `npm run decrypt-file -- ${shellQuote(report.name)}`
  return (
    <FileResult
      title="Encrypted file"
      done="Encrypted"
      report={report}
      items={used ? [{ name: 'In the clear', value: <StanzaKey of={used} /> }] : []}
      next="Encrypt another file"
      onNext={onNext}
      onSaveAgain={onSaveAgain}
    >
      <p className="text-fg-muted">
        <span className="text-fg">Decrypt a file</span> opens it on any console that reaches the key. So does a terminal
        with its credentials:
      </p>
      <p className="flex items-center gap-1 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <Code>{command}</Code>
        </span>
        <PageCopyButton text={command} what="command" />
      </p>
      <p className="text-fg-muted">
        Any tool for age files reads its header; none opens it without the key. If the key is destroyed, nothing does.
      </p>
    </FileResult>
  )
}
