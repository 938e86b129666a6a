import { Search } from 'lucide-react'
import { type ReactNode, Suspense, useDeferredValue, useMemo, useState } from 'react'
import { Link } from 'react-router'
import { ciphertextFormatOf } from '../../../clouds/ciphertext-formats.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Code } from '../../../ui/Code.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { PropertyList } from '../../../ui/PropertyList.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import type { AllKeys } from '../../use-keys.ts'
import { useLinks } from '../../use-project.ts'
import type { EncodedText } from '../fields/bytes-input.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import type { InspectedCiphertext } from '../operation.ts'
import { CiphertextBar } from './CiphertextBar.tsx'
import {
  describeKeyMatch,
  describeOrigin,
  describeOtherFormat,
  describeVersion,
  SIGNATURE_PASTED,
  summarizeText,
} from './describe-ciphertext.ts'
import { type ParsedCiphertext, type ParsedText, parseCiphertext } from './parse-ciphertext.ts'
import type { FindKeyReport } from './use-find-key.ts'

const FindKeyDialog = lazyComponent(() => import('./FindKeyDialog.tsx').then(({ FindKeyDialog }) => FindKeyDialog))

const matchDots = { yes: 'on', unlikely: 'unknown', no: 'failed' } as const

function SelectedKeyMatch({ selectedKey, ciphertext }: { selectedKey: KmsKey; ciphertext: ParsedCiphertext }) {
  const { likelihood, title, reason } = describeKeyMatch(selectedKey, ciphertext)
  return (
    <>
      <StatusDot state={matchDots[likelihood]}>{title}</StatusDot>
      <span className="block text-fg-muted text-xs">{reason}</span>
    </>
  )
}

/** Signatures and HMACs of the same length, where they look like ciphertexts. */
function describeLookalikes({ clouds, versionPrefix, bytes }: ParsedCiphertext): string | undefined {
  if (!versionPrefix) return undefined
  const [lookalike] = clouds.flatMap((id) => ciphertextFormatOf(id).signatureCandidates?.(bytes) ?? [])
  return lookalike && `It is as long as ${lookalike} too, which look the same. Nothing in it tells them apart.`
}

/** @param isResult the selected key has just made the ciphertext */
function propertiesOf(ciphertext: ParsedCiphertext, selectedKey: KmsKey | undefined, isResult: boolean) {
  const { versionPrefix, bytes, clouds } = ciphertext
  const layout =
    selectedKey && clouds.includes(selectedKey.cloud)
      ? ciphertextFormatOf(selectedKey.cloud).layout(selectedKey, bytes)
      : undefined
  const lookalikes = isResult ? undefined : describeLookalikes(ciphertext)
  const takesContext = clouds.some((id) => cloudOf(id).capabilities.encryptionContext)
  const certainty = clouds.map((id) => ciphertextFormatOf(id).certainty).join(' ')
  const items: { name: string; value: ReactNode }[] = [
    { name: 'Looks like', value: describeOrigin(ciphertext) },
    ...(versionPrefix ? [{ name: 'Key version', value: describeVersion(versionPrefix, selectedKey) }] : []),
    { name: 'Length', value: count(bytes, 'byte') },
  ]
  if (selectedKey)
    items.push(
      isResult
        ? { name: 'Opens with', value: <b className="font-semibold">{selectedKey.name}</b> }
        : { name: 'Chosen key', value: <SelectedKeyMatch selectedKey={selectedKey} ciphertext={ciphertext} /> },
    )
  items.push({
    name: 'Layout',
    value: (
      <span className="text-fg-muted">
        {selectedKey && layout && 'parts' in layout && (
          <>
            Expected for <Code>{selectedKey.type}</Code>.{' '}
          </>
        )}
        {certainty}
      </span>
    ),
  })
  if (lookalikes !== undefined)
    items.push({ name: 'May also be', value: <span className="text-fg-muted">{lookalikes}</span> })
  if (takesContext && !isResult)
    items.push({
      name: 'Context',
      value: <span className="text-fg-muted">If one was given when it was made, decrypting takes the same bytes.</span>,
    })
  return items
}

function FaultyText({ parsed: { fault, excerpt } }: { parsed: Extract<ParsedText, { kind: 'faulty' }> }) {
  return (
    <div className="grid gap-2">
      <FieldNote tone="error">{fault.message}</FieldNote>
      <p className="mono whitespace-pre-wrap [overflow-wrap:anywhere]">
        <span className="text-fg-subtle">{excerpt.before}</span>
        <mark className="rounded-xs bg-danger-bg px-0.5 font-semibold text-danger-fg">
          {excerpt.at === '' ? '(end)' : excerpt.at}
        </mark>
        <span className="text-fg-subtle">{excerpt.after}</span>
      </p>
    </div>
  )
}

interface InspectedTextProps {
  readonly parsed: ParsedText
  readonly selectedKey: KmsKey | undefined
  readonly isResult: boolean
}

function InspectedText({ parsed, selectedKey, isResult }: InspectedTextProps) {
  const links = useLinks()
  switch (parsed.kind) {
    case 'empty':
      return (
        <p className="text-fg-muted">
          Paste a ciphertext, or drop a file that holds one. What it says of itself stands here before anything is sent.
        </p>
      )
    case 'other-format': {
      const { format } = parsed
      return (
        <div className="grid gap-2">
          <FieldNote tone="warning">{describeOtherFormat(format)}</FieldNote>
          {format.kind === 'age' && !format.armored && (
            <Link
              className="link justify-self-start"
              to={links.files(selectedKey && addressOf(selectedKey), { tab: 'decrypt' })}
            >
              Decrypt a file
            </Link>
          )}
        </div>
      )
    }
    case 'faulty':
      return <FaultyText parsed={parsed} />
    case 'signature': {
      const { versionPrefix, bytes } = parsed
      return (
        <>
          <FieldNote tone="warning">{SIGNATURE_PASTED}</FieldNote>
          <PropertyList
            tight
            className="mt-2"
            items={[
              ...(versionPrefix ? [{ name: 'Key version', value: String(versionPrefix.version) }] : []),
              { name: 'Length', value: count(bytes, 'byte') },
            ]}
          />
        </>
      )
    }
    case 'ciphertext':
      return (
        <div className="grid gap-2.5">
          <CiphertextBar ciphertext={parsed} selectedKey={selectedKey} />
          <PropertyList tight items={propertiesOf(parsed, selectedKey, isResult)} />
        </div>
      )
  }
}

interface CiphertextInspectorProps {
  readonly inspected: InspectedCiphertext
  readonly list: AllKeys
  readonly selectedKey: KmsKey | undefined
  readonly onSearched: (report: FindKeyReport) => void
  /** Decrypts with the key that was found, and the context that it took. */
  readonly onUse: (key: KmsKey, ciphertext: string, context: EncodedText) => void
}

/** Format of the ciphertext on the form, parsed in the page while it is typed, and the search for its key. */
export function CiphertextInspector({ inspected, list, selectedKey, onSearched, onUse }: CiphertextInspectorProps) {
  const { ciphertext, context } = inspected
  const isResult = context === undefined
  // Long text takes a while to parse, and typing must not wait for it.
  const deferred = useDeferredValue(ciphertext)
  const parsed = useMemo(() => parseCiphertext(deferred), [deferred])
  const [searched, setSearched] = useState<ParsedCiphertext>()
  const find = {
    label: 'Find its key',
    icon: Search,
    disabledReason: parsed.kind === 'ciphertext' ? undefined : 'Paste a ciphertext first.',
    run: () => parsed.kind === 'ciphertext' && setSearched(parsed),
  }
  return (
    <>
      <Panel
        title="Ciphertext inspector"
        sub={<span className="max-sm:hidden">Read here, nothing is sent</span>}
        end={
          !isResult && (
            <>
              <Button
                variant="ghost"
                size="sm"
                icon={find.icon}
                disabledReason={find.disabledReason}
                onClick={find.run}
              >
                {find.label}
              </Button>
              <PageCommands commands={[{ ...find, keywords: 'ciphertext inspector' }]} />
            </>
          )
        }
      >
        <InspectedText parsed={parsed} selectedKey={selectedKey} isResult={isResult} />
        {!isResult && <LiveRegion>{summarizeText(parsed, selectedKey)}</LiveRegion>}
      </Panel>
      {searched && context && (
        <Suspense fallback={null}>
          <FindKeyDialog
            ciphertext={ciphertext}
            parsed={searched}
            list={list}
            selectedKey={selectedKey}
            context={context}
            onClose={() => setSearched(undefined)}
            onSearched={onSearched}
            onUse={(key, text) => {
              setSearched(undefined)
              onUse(key, ciphertext, text)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
