import { useMemo, useState } from 'react'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Code } from '../../../ui/Code.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { CloudMark } from '../../shared/CloudMark.tsx'
import { ErrorNote } from '../../shared/Failure.tsx'
import { KeyLink } from '../../shared/KeyLink.tsx'
import { formatMissing } from '../../shared/key-picker-groups.ts'
import type { AllKeys } from '../../use-keys.ts'
import { ContextField } from '../fields/ContextField.tsx'
import type { EncodedText } from '../fields/encoded-text.ts'
import { emptyPlayground } from '../playground-state.ts'
import { decryptInput } from '../validate.ts'
import { describeRuledOut, describeSearch } from './describe-search.ts'
import { FindKeyRows } from './FindKeyRows.tsx'
import { candidatesOf } from './find-key.ts'
import type { ParsedCiphertext } from './parse-ciphertext.ts'
import { type Searched, useFindKey } from './use-find-key.ts'

interface FindKeyDialogProps {
  readonly ciphertext: string
  readonly read: ParsedCiphertext
  readonly list: AllKeys
  /** Tried first. */
  readonly chosen: KmsKey | undefined
  /** As it stands beside the ciphertext. */
  readonly context: EncodedText
  readonly onClose: () => void
  readonly onSearched: (searched: Searched) => void
  /** Goes on with the key that was found, and the context that it took. */
  readonly onUse: (key: KmsKey, context: EncodedText) => void
}

const placeOf = ({ cloud, location }: KmsKey) => `${cloud}/${location}`

function Found({ found, asked }: { found: KmsKey; asked: number }) {
  return (
    <Banner tone="ok" title={<>{found.name} opens it.</>}>
      It is in {cloudOf(found.cloud).longName}, <Code>{found.location}</Code>. {count(asked, 'call')} made, and nothing
      of the plaintext kept. <KeyLink to={addressOf(found)}>Open key</KeyLink>
    </Banner>
  )
}

interface PlacesProps {
  readonly counts: ReadonlyMap<string, readonly { readonly key: KmsKey }[]>
  readonly left: ReadonlySet<string>
  readonly onChange: (left: ReadonlySet<string>) => void
  readonly reason: string | undefined
}

/** The locations whose keys are tried; only where there is a choice. */
function Places({ counts, left, onChange, reason }: PlacesProps) {
  if (counts.size < 2) return null
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">Look in</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5 text-sm">
        {[...counts].map(([place, [first, ...more]]) => {
          if (!first) return null
          const { cloud, location } = first.key
          const { longName } = cloudOf(cloud)
          return (
            <Checkbox
              key={place}
              checked={!left.has(place)}
              disabledReason={reason}
              onChange={(checked) =>
                onChange(checked ? left.difference(new Set([place])) : left.union(new Set([place])))
              }
              label={
                <span className="inline-flex items-center gap-1.5">
                  <CloudMark cloud={cloud} />
                  <span className="sr-only">{longName}</span> <Code>{location}</Code>
                  <span className="text-fg-subtle">{formatNumber(more.length + 1)}</span>
                </span>
              }
            />
          )
        })}
      </div>
    </fieldset>
  )
}

/** Tries the keys that may have made a ciphertext, when asked to, until one opens it. */
export function FindKeyDialog(props: FindKeyDialogProps) {
  const { ciphertext, read, list, chosen, onClose, onSearched, onUse } = props
  const [context, setContext] = useState(props.context)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const {
    tries: all,
    refused,
    ruledOut,
  } = useMemo(() => candidatesOf(list.keys, read, chosen), [list.keys, read, chosen])
  const places = useMemo(() => Map.groupBy(all, ({ key }) => placeOf(key)), [all])
  const tries = useMemo(() => all.filter(({ key }) => !left.has(placeOf(key))), [all, left])
  const inputOf = (key: KmsKey) => decryptInput({ ...emptyPlayground.decrypt, ciphertext, context }, key)
  const search = useFindKey(async (key, signal) => {
    const checked = inputOf(key)
    if ('problems' in checked) throw new Error('the ciphertext or its context can’t be sent')
    const { plaintext } = await cloudOf(key.cloud).operations.decrypt.run(key, checked.input, signal)
    // Which key it is was asked, not what it says.
    plaintext.fill(0)
  }, onSearched)
  const { phase, ends } = search
  const running = phase.state === 'running'
  const takesContext = tries.find(({ key }) => cloudOf(key.cloud).capabilities.encryptionContext)
  const checked = takesContext && inputOf(takesContext.key)
  const problem = checked && 'problems' in checked ? checked.problems.context : undefined
  const tried = tries.filter(({ id }) => ends.has(id)).length
  const remaining = tries.length - tried
  const missing = formatMissing(list.missing)
  const reason = running
    ? undefined
    : tries.length === 0
      ? 'There is no key to try.'
      : remaining === 0
        ? 'All of them were tried.'
        : problem
  const words = describeSearch({ phase, tries: tries.length, tried, takesContext: takesContext !== undefined })
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
              Decrypt with it
            </Button>
          ) : running ? (
            <Button onClick={search.cancel}>Cancel search</Button>
          ) : (
            <Button variant="primary" disabledReason={reason} onClick={() => search.start(tries)}>
              {tried > 0 && remaining > 0
                ? `Go on with ${count(remaining, 'key')}`
                : `Try ${count(tries.length, 'key')}`}
            </Button>
          )}
        </>
      }
    >
      <p className="text-fg-muted text-sm">
        Each try is one call that decrypts, and one entry in the cloud’s audit log. It ends at the first key that opens
        the ciphertext, and shows nothing of the plaintext.
      </p>
      <Places
        counts={places}
        left={left}
        onChange={setLeft}
        reason={running ? 'The search is under way.' : undefined}
      />
      {takesContext && (
        <div className="overflow-hidden rounded-md border border-line text-sm">
          <ContextField
            text={context}
            onChange={(next) => {
              setContext(next)
              search.reset()
            }}
            error={problem}
            hint="With another context than it was made with, no key opens it."
          />
        </div>
      )}
      {running && (
        <ProgressBar label="Keys tried" share={tried / tries.length} detail={`${tried} of ${tries.length}`} />
      )}
      {phase.state === 'found' && <Found found={phase.key} asked={search.asked} />}
      {phase.state === 'none' && (
        <Banner tone="warning" title={words.title}>
          {words.more}
        </Banner>
      )}
      {phase.state === 'stopped' && <ErrorNote error={phase.error} title="The search was stopped." />}
      {phase.state !== 'found' && phase.state !== 'none' && <p className="text-sm">{words.title}</p>}
      <LiveRegion>{phase.state === 'stopped' || phase.state === 'none' ? '' : words.said}</LiveRegion>
      <FindKeyRows tries={tries} refused={refused} ends={ends} over={phase.state === 'found'} />
      <p className="text-fg-subtle text-xs">
        {[
          describeRuledOut(ruledOut),
          missing,
          list.pending ? 'Some keys are still being read.' : undefined,
          'Keys of other projects and organisations are not looked at.',
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </Dialog>
  )
}
