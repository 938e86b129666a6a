import { Download } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { algorithmOf } from '../../clouds/key-algorithm.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { formatWithRelative } from '../../lib/dates.ts'
import { download } from '../../lib/download.ts'
import { toBase64, toHex } from '../../lib/encodings.ts'
import { readPublicKey } from '../../lib/pem.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import { useFingerprint } from '../shared/use-fingerprint.ts'
import { formatAlgorithm, keyFileName } from './material-format.ts'
import { ReadOnlyText } from './ReadOnlyText.tsx'
import { commandGroup } from './use-key-page-commands.ts'

interface PublicKeyPanelProps {
  kmsKey: KmsKey
  version: number
  /** Creation of the version; undefined while it is not known. */
  createdAt: number | undefined
  /** Public key as the API writes it. */
  text: string
  now: number
}

function withCopyButton(text: string, what: string, key: KmsKey): ReactNode {
  return (
    <span className="flex min-w-0 items-start gap-1">
      <Code className="[overflow-wrap:anywhere]">{text}</Code>
      <PageCopyButton text={text} what={what} title={commandGroup(key)} collapsed className="-my-0.5 print:hidden" />
    </span>
  )
}

export function PublicKeyPanel({ kmsKey: key, version, createdAt, text, now }: PublicKeyPanelProps) {
  const publicKey = useMemo(() => readPublicKey(text), [text])
  const fingerprint = useFingerprint(publicKey?.der)
  const [form, setForm] = useState<'pem' | 'raw'>('pem')
  const algorithm = algorithmOf(key)
  const of = `of version ${version}`
  if (!publicKey)
    return (
      <Panel title={`Version ${version}`}>
        <Banner tone="warning" title="This is neither PEM nor a raw Ed25519 key.">
          Shown as received.
        </Banner>
        <ReadOnlyText label={`Public key ${of}`} className="mt-3">
          {text}
        </ReadOnlyText>
      </Panel>
    )
  const shown = form === 'raw' && publicKey.raw !== undefined ? publicKey.raw : publicKey.pem
  const save = () => download(keyFileName(key, version, '.pem'), publicKey.pem)
  // Older versions can be many: their commands are collapsed.
  const collapsed = version !== key.latestVersion
  const hash = (of: (bytes: Uint8Array) => string, what: string) =>
    fingerprint ? (
      withCopyButton(of(fingerprint), what, key)
    ) : fingerprint === null ? (
      <span className="text-fg-subtle">Unknown: the browser needs HTTPS to compute it.</span>
    ) : (
      <Skeleton width={240} />
    )
  return (
    <Panel
      title={`Version ${version}`}
      sub={version === key.latestVersion ? 'latest' : undefined}
      end={
        <>
          {publicKey.raw !== undefined && (
            <SegmentedControl
              label={`Form ${of}`}
              options={[
                { value: 'pem', label: 'PEM' },
                { value: 'raw', label: 'Raw' },
              ]}
              value={form}
              onChange={setForm}
            />
          )}
          <PageCopyButton
            text={shown}
            what={`public key ${of}`}
            look="button"
            title={commandGroup(key)}
            collapsed={collapsed}
          />
          <Button size="sm" icon={Download} aria-label={`Download PEM ${of}`} onClick={save}>
            Download
          </Button>
          <PageCommands
            title={commandGroup(key)}
            commands={[{ label: `Download PEM ${of}`, icon: Download, run: save, collapsed }]}
          />
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-start gap-4 max-[1180px]:grid-cols-[minmax(0,1fr)]">
        <ReadOnlyText label={`Public key ${of}`}>{shown.trimEnd()}</ReadOnlyText>
        <PropertyList
          items={[
            { name: 'Type and size', value: algorithm ? formatAlgorithm(algorithm) : key.type },
            { name: 'SHA-256, hex', value: hash(toHex, `hex fingerprint ${of}`) },
            { name: 'SHA-256, base64', value: hash(toBase64, `base64 fingerprint ${of}`) },
            ...(createdAt === undefined ? [] : [{ name: 'Created', value: formatWithRelative(createdAt, now) }]),
          ]}
        />
      </div>
    </Panel>
  )
}
