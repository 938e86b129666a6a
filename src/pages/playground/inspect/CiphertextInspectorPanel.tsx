import { Search } from 'lucide-react'
import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { Link } from 'react-router'
import { ciphertextFormatOf } from '../../../clouds/ciphertext-format.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Code } from '../../../ui/Code.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { PropertyList } from '../../../ui/PropertyList.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { useLinks } from '../../use-project.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import { CiphertextBar } from './CiphertextBar.tsx'
import {
  describeKeyMatch,
  describeOrigin,
  describeOtherFormat,
  describeVersion,
  SIGNATURE_PASTED,
  summarizeInspection,
} from './describe-ciphertext.ts'
import { type ParsedCiphertext, type ParsedText, parseCiphertext } from './parse-ciphertext.ts'

interface InspectorPanelProps {
  readonly ciphertext: string
  /** The chosen key has just made it, so there is nothing to guess about that. */
  readonly made: boolean
  readonly chosen: KmsKey | undefined
  /** Looks for the key of a ciphertext; undefined where the key is known. */
  readonly onFind: ((read: ParsedCiphertext) => void) | undefined
}

const dots = { yes: 'on', unlikely: 'unknown', no: 'failed' } as const

function Verdict({ chosen, read }: { chosen: KmsKey; read: ParsedCiphertext }) {
  const { could, title, why } = describeKeyMatch(chosen, read)
  return (
    <>
      <StatusDot state={dots[could]}>{title}</StatusDot>
      <span className="block text-fg-muted text-xs">{why}</span>
    </>
  )
}

/** The lengths of other things that look the same; said only where a ciphertext names its version as they do. */
function alikeWords({ clouds, mark, bytes }: ParsedCiphertext): string | undefined {
  if (!mark) return undefined
  const [alike] = clouds.flatMap((id) => ciphertextFormatOf(id).signatureCandidates?.(bytes) ?? [])
  return alike && `It is as long as ${alike} too, which look the same. Nothing in it tells them apart.`
}

function factsOf(read: ParsedCiphertext, chosen: KmsKey | undefined, made: boolean) {
  const { mark, bytes, clouds } = read
  const layout =
    chosen && clouds.includes(chosen.cloud) ? ciphertextFormatOf(chosen.cloud).layout(chosen, bytes) : undefined
  const alike = made ? undefined : alikeWords(read)
  const context = clouds.some((id) => cloudOf(id).capabilities.encryptionContext)
  const certainty = clouds.map((id) => ciphertextFormatOf(id).certainty).join(' ')
  const items: { name: string; value: ReactNode }[] = [
    { name: 'Looks like', value: describeOrigin(read) },
    ...(mark ? [{ name: 'Key version', value: describeVersion(mark, chosen) }] : []),
    { name: 'Length', value: count(bytes, 'byte') },
  ]
  if (chosen)
    items.push(
      made
        ? { name: 'Opens with', value: <b className="font-semibold">{chosen.name}</b> }
        : { name: 'Chosen key', value: <Verdict chosen={chosen} read={read} /> },
    )
  items.push({
    name: 'Layout',
    value: (
      <span className="text-fg-muted">
        {chosen && layout && 'parts' in layout && (
          <>
            Expected for <Code>{chosen.type}</Code>.{' '}
          </>
        )}
        {certainty}
      </span>
    ),
  })
  if (alike !== undefined) items.push({ name: 'May also be', value: <span className="text-fg-muted">{alike}</span> })
  if (context && !made)
    items.push({
      name: 'Context',
      value: <span className="text-fg-muted">If one was given when it was made, decrypting takes the same bytes.</span>,
    })
  return items
}

function Faulty({ inspection: { fault, around } }: { inspection: Extract<ParsedText, { kind: 'faulty' }> }) {
  return (
    <div className="grid gap-2">
      <FieldNote tone="error">{fault.message}</FieldNote>
      <p className="mono whitespace-pre-wrap [overflow-wrap:anywhere]">
        <span className="text-fg-subtle">{around.before}</span>
        <mark className="rounded-xs bg-danger-bg px-0.5 font-semibold text-danger-fg">
          {around.at === '' ? '(end)' : around.at}
        </mark>
        <span className="text-fg-subtle">{around.after}</span>
      </p>
    </div>
  )
}

interface BodyProps extends Pick<InspectorPanelProps, 'chosen' | 'made'> {
  readonly inspection: ParsedText
}

function Body({ inspection, chosen, made }: BodyProps) {
  const links = useLinks()
  switch (inspection.kind) {
    case 'nothing':
      return (
        <p className="text-fg-muted">
          Paste a ciphertext, or drop a file that holds one. What it says of itself stands here before anything is sent.
        </p>
      )
    case 'foreign': {
      const { what } = inspection
      return (
        <div className="grid gap-2">
          <FieldNote tone="warning">{describeOtherFormat(what)}</FieldNote>
          {what.kind === 'age' && !what.armored && (
            <Link className="link justify-self-start" to={links.files(chosen && addressOf(chosen), { tab: 'decrypt' })}>
              Decrypt a file
            </Link>
          )}
        </div>
      )
    }
    case 'faulty':
      return <Faulty inspection={inspection} />
    case 'signature': {
      const { mark, bytes } = inspection
      return (
        <>
          <FieldNote tone="warning">{SIGNATURE_PASTED}</FieldNote>
          <PropertyList
            tight
            className="mt-2"
            items={[
              ...(mark ? [{ name: 'Key version', value: String(mark.version) }] : []),
              { name: 'Length', value: count(bytes, 'byte') },
            ]}
          />
        </>
      )
    }
    case 'ciphertext':
      return (
        <div className="grid gap-2.5">
          <CiphertextBar read={inspection} chosen={chosen} />
          <PropertyList tight items={factsOf(inspection, chosen, made)} />
        </div>
      )
  }
}

/** What a ciphertext says of itself, read in the page while it is typed. */
export function CiphertextInspectorPanel({ ciphertext, made, chosen, onFind }: InspectorPanelProps) {
  // Long text takes a while to read, and typing must not wait for it.
  const deferred = useDeferredValue(ciphertext)
  const inspection = useMemo(() => parseCiphertext(deferred), [deferred])
  const finds = onFind && {
    label: 'Find its key',
    icon: Search,
    disabledReason: inspection.kind === 'ciphertext' ? undefined : 'Paste a ciphertext first.',
    run: () => inspection.kind === 'ciphertext' && onFind(inspection),
  }
  return (
    <Panel
      title="Ciphertext inspector"
      sub={<span className="max-sm:hidden">Read here, nothing is sent</span>}
      end={
        finds && (
          <>
            <Button
              variant="ghost"
              size="sm"
              icon={finds.icon}
              disabledReason={finds.disabledReason}
              onClick={finds.run}
            >
              {finds.label}
            </Button>
            <PageCommands commands={[{ ...finds, keywords: 'ciphertext inspector' }]} />
          </>
        )
      }
    >
      <Body inspection={inspection} chosen={chosen} made={made} />
      {!made && <LiveRegion>{summarizeInspection(inspection, chosen)}</LiveRegion>}
    </Panel>
  )
}
