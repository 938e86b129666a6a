import { CircleCheck, CircleX, Info } from 'lucide-react'
import type { OfflineAnswer } from '../../../clouds/cloud.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { capitalize } from '../../../lib/capitalize.ts'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Dot, Pane } from '../../shared/Pane.tsx'
import { digestHash, effectiveHash, hashesOf, type MessageDraft, verifiesDigests } from '../hashing.ts'
import { readVersioned } from '../inspect/ciphertext.ts'
import type { Outcome } from '../operation.ts'
import { ResultFigures } from '../results/ResultFigures.tsx'

export interface VerifyDraft extends MessageDraft {
  /** Signature or HMAC as pasted. */
  readonly signature: string
}

export interface VerifyTexts {
  readonly noun: 'signature' | 'HMAC'
  /** Past participle: what the key did with the message. */
  readonly made: 'signed' | 'authenticated'
}

interface VerifyResultProps {
  readonly matches: boolean
  /** Meaning of the result. */
  readonly children: string
  /** Who verified, or how. */
  readonly by: string
  readonly version: number | undefined
  readonly milliseconds: number
}

/** Result of one verification. A mismatch is an answer, not a failed request: no alert. */
function VerifyResult({ matches, children, by, version, milliseconds }: VerifyResultProps) {
  return (
    <section
      aria-label={by}
      className={cx(
        'rounded-md border p-3',
        matches ? 'border-ok-border bg-ok-bg' : 'border-danger-border bg-danger-bg',
      )}
    >
      <h3 className={cx('flex items-center gap-2 font-semibold text-md', matches ? 'text-ok-fg' : 'text-danger-fg')}>
        <Icon of={matches ? CircleCheck : CircleX} size={18} />
        {matches ? 'Matches' : 'Does not match'}
      </h3>
      <p className="mt-1 text-fg-muted [overflow-wrap:anywhere]">{children}</p>
      <p className="mt-2 flex flex-wrap items-center gap-x-2.5 text-fg-muted text-xs tabular-nums">
        <span>{by}</span>
        <Dot />
        <ResultFigures version={version} milliseconds={milliseconds} />
      </p>
    </section>
  )
}

/** Meaning of a result, in one or two sentences. */
function explainResult({ noun, made }: VerifyTexts, key: KmsKey, draft: VerifyDraft, matches: boolean): string {
  const what = digestHash(draft, key, verifiesDigests) ? 'digest' : 'message'
  if (matches) return `${key.name} ${made} this ${what}. ${capitalize(what)} and ${noun} are unchanged.`
  const hash = hashesOf(key).length > 1 ? effectiveHash(draft.hash, key) : undefined
  const label = cloudOf(key.cloud).capabilities.messages?.hashLabel.toLowerCase()
  const causes = hash ? `Wrong key or ${label} (${hash.name})` : 'Wrong key'
  return `${causes}, or the ${what} or the ${noun} was changed.`
}

interface VerifyResultsProps {
  readonly texts: VerifyTexts
  readonly selectedKey: KmsKey | undefined
  readonly draft: VerifyDraft
  readonly outcome: Outcome<{ readonly valid: boolean }>
  readonly offline: Outcome<OfflineAnswer>
}

/** Result of the KMS, and below it the browser's own. */
export function VerifyResults({ texts, selectedKey, draft, outcome, offline }: VerifyResultsProps) {
  const inBrowser = offline.state === 'done' && !('malformed' in offline.answer) ? offline : undefined
  const explain = (key: KmsKey, matches: boolean) => explainResult(texts, key, draft, matches)
  return (
    <Pane title="Result" footer={null}>
      <div className="flex min-h-[clamp(208px,31vh,440px)] flex-1 flex-col gap-2.5 bg-sunken p-3.5 max-sm:min-h-29 max-sm:px-(--gutter)">
        {(!selectedKey || (outcome.state !== 'done' && !inBrowser)) && (
          <p className="text-fg-subtle">Whether the {texts.noun} matches appears here.</p>
        )}
        {selectedKey && outcome.state === 'done' && (
          <VerifyResult
            matches={outcome.answer.valid}
            by={`Verified by ${cloudOf(selectedKey.cloud).longName}`}
            version={readVersioned(draft.signature)?.version}
            milliseconds={outcome.milliseconds}
          >
            {explain(selectedKey, outcome.answer.valid)}
          </VerifyResult>
        )}
        {selectedKey && inBrowser && 'valid' in inBrowser.answer && (
          <VerifyResult
            matches={inBrowser.answer.valid}
            by={`Verified in this browser${inBrowser.answer.scheme ? `, ${inBrowser.answer.scheme}` : ''}`}
            version={inBrowser.answer.keyVersion}
            milliseconds={inBrowser.milliseconds}
          >
            {explain(selectedKey, inBrowser.answer.valid)}
          </VerifyResult>
        )}
        {selectedKey && inBrowser && 'unsupported' in inBrowser.answer && (
          <p className="flex gap-2 rounded-md border border-line-strong bg-surface p-3 text-fg-muted">
            <Icon of={Info} className="mt-0.5" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{inBrowser.answer.unsupported}</span>
          </p>
        )}
      </div>
    </Pane>
  )
}
