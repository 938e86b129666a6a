import { useMemo, useState } from 'react'
import { runOperation } from '../../../clouds/key-operations.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { count } from '../../../lib/numbers.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Code } from '../../../ui/Code.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { ErrorNote } from '../../shared/Failure.tsx'
import { KeyLink } from '../../shared/KeyLink.tsx'
import { describeUnread } from '../../shared/key-picker-groups.ts'
import type { AllKeys } from '../../use-keys.ts'
import type { EncodedText } from '../fields/bytes-input.ts'
import { ContextField, contextLimitOf } from '../fields/ContextField.tsx'
import { decrypt } from '../operations/DecryptForm.tsx'
import { describeRuledOut, describeSearch } from './describe-search.ts'
import { FindKeyRows } from './FindKeyRows.tsx'
import { candidatesOf } from './find-key.ts'
import type { ParsedCiphertext } from './parse-ciphertext.ts'
import { type FindKeyReport, useFindKey } from './use-find-key.ts'

interface FindKeyDialogProps {
  readonly ciphertext: string
  readonly parsed: ParsedCiphertext
  readonly list: AllKeys
  /** Tried first. */
  readonly selectedKey: KmsKey | undefined
  /** Context beside the ciphertext. */
  readonly context: EncodedText
  readonly onClose: () => void
  readonly onSearched: (report: FindKeyReport) => void
  /** Decrypts with the key that was found, and the context that it took. */
  readonly onUse: (key: KmsKey, context: EncodedText) => void
}

function Found({ found, calls }: { found: KmsKey; calls: number }) {
  return (
    <Banner tone="ok" title={<>{found.name} decrypts it.</>}>
      {cloudOf(found.cloud).longName}, <Code>{found.location}</Code>, after {count(calls, 'call')}.{' '}
      <KeyLink to={addressOf(found)}>Open key</KeyLink>
    </Banner>
  )
}

/** Dialog that tries the keys that may have made a ciphertext until one decrypts it. */
export function FindKeyDialog(props: FindKeyDialogProps) {
  const { ciphertext, parsed, list, selectedKey, onClose, onSearched, onUse } = props
  const [context, setContext] = useState(props.context)
  const { candidates, blocked, ruledOut } = useMemo(
    () => candidatesOf(list.keys, parsed, selectedKey),
    [list.keys, parsed, selectedKey],
  )
  const validate = (key: KmsKey) => decrypt.validate({ ciphertext, context, bound: {} }, key)
  const search = useFindKey(async (key, signal) => {
    const validated = validate(key)
    if ('errors' in validated) throw new Error('the ciphertext or its context can’t be sent')
    const { plaintext } = await runOperation(key, 'decrypt', validated.input, signal)
    // The search answers which key it is, not what it says.
    plaintext.fill(0)
  }, onSearched)
  const { phase, results } = search
  const running = phase.state === 'running'
  const takesContext = candidates.find(({ key }) => contextLimitOf(key))
  const validated = takesContext && validate(takesContext.key)
  const contextError = validated && 'errors' in validated ? validated.errors.context : undefined
  const tried = candidates.filter(({ id }) => results.has(id)).length
  const remaining = candidates.length - tried
  const missing = describeUnread(list.missing)
  const disabledReason = running
    ? undefined
    : candidates.length === 0
      ? 'There is no key to try.'
      : remaining === 0
        ? 'All keys were tried.'
        : contextError
  const description = describeSearch({
    phase,
    candidates: candidates.length,
    tried,
    takesContext: takesContext !== undefined,
  })
  return (
    <Dialog
      open
      wide
      keep
      onClose={onClose}
      title="Find the key of this ciphertext"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {phase.state === 'found' ? (
            <Button variant="primary" onClick={() => onUse(phase.key, context)}>
              Decrypt with this key
            </Button>
          ) : running ? (
            <Button onClick={search.cancel}>Cancel search</Button>
          ) : (
            <Button variant="primary" disabledReason={disabledReason} onClick={() => search.start(candidates)}>
              {tried > 0 && remaining > 0
                ? `Continue with ${count(remaining, 'key')}`
                : `Try ${count(candidates.length, 'key')}`}
            </Button>
          )}
        </>
      }
    >
      <p className="text-fg-muted text-sm">
        Each try is one decrypt call and one entry in the cloud’s audit log. The search stops at the first match. No
        plaintext is kept or shown.
      </p>
      {takesContext && (
        <div className="overflow-hidden rounded-md border border-line text-sm">
          <ContextField
            text={context}
            onChange={(next) => {
              setContext(next)
              search.reset()
            }}
            error={contextError}
            hint="Decrypting needs the context that was used to encrypt."
          />
        </div>
      )}
      {running && (
        <ProgressBar label="Keys tried" share={tried / candidates.length} detail={`${tried} of ${candidates.length}`} />
      )}
      {phase.state === 'found' && <Found found={phase.key} calls={search.calls} />}
      {phase.state === 'none' && (
        <Banner tone="warning" title={description.title}>
          {description.explanation}
        </Banner>
      )}
      {phase.state === 'stopped' && <ErrorNote error={phase.error} title="The search stopped." />}
      {phase.state !== 'found' && phase.state !== 'none' && <p className="text-sm">{description.title}</p>}
      <LiveRegion>{description.announcement}</LiveRegion>
      <FindKeyRows candidates={candidates} blocked={blocked} results={results} found={phase.state === 'found'} />
      <p className="text-fg-subtle text-xs">
        {[
          describeRuledOut(ruledOut),
          missing,
          list.pending ? 'Some keys are still being read.' : undefined,
          'Keys of other projects and organisations are not searched.',
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </Dialog>
  )
}
