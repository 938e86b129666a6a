import { useQueryClient } from '@tanstack/react-query'
import { FileKey2, Info, LockKeyhole, Plus, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Operation } from '../../clouds/cloud.ts'
import { requestCode } from '../../clouds/code-registry.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import type { OperationAnswers, OperationInputs } from '../../clouds/operations.ts'
import { refreshKey } from '../../clouds/queries.ts'
import { readOnlyRefusal } from '../../clouds/refusals.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDate } from '../../lib/dates.ts'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Select } from '../../ui/Select.tsx'
import { ConfirmDialog } from '../shared/ConfirmDialog.tsx'
import { withPermissionHint } from '../shared/key-actions/with-permission-hint.ts'
import { LocationPath } from '../shared/LocationPath.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useLinks } from '../use-project.ts'
import { ExportedMaterial, useExportedMaterial } from './ExportedMaterial.tsx'
import { commandGroup } from './use-key-page-commands.ts'

type Export = Operation<OperationInputs['export'], OperationAnswers['export']>

interface ExportTabProps {
  kmsKey: KmsKey
  /** Undefined while the versions are read. */
  versions: readonly KeyVersion[] | undefined
  /** Opens the confirmation with the tab. */
  autoOpen: boolean
  /** Called once the confirmation is open, so that it opens once. */
  onAutoOpened: () => void
}

export function ExportTab({ kmsKey: key, ...props }: ExportTabProps) {
  const operation = cloudOf(key.cloud).operations.export
  if (!operation || !key.traits.includes('exportable')) {
    const reason = operation?.refusal(key)
    return <NotExportable reason={reason === readOnlyRefusal ? undefined : reason} />
  }
  return <ExportPanels kmsKey={key} operation={operation} {...props} />
}

function NotExportable({ reason }: { reason: string | undefined }) {
  const links = useLinks()
  return (
    <EmptyState
      icon={LockKeyhole}
      title="This key can never be exported"
      actions={
        <Link to={links.createKey()} className={buttonClass()}>
          <Icon of={Plus} />
          Create another key
        </Link>
      }
    >
      {reason} Its material never leaves the KMS, which is the safer state. Where a copy must exist outside, create
      another key that allows export and move what uses this one.
    </EmptyState>
  )
}

const exportNotes = (key: KmsKey, notes: readonly string[]) => [
  'For emergencies only: whoever has the copy can do all that this version does, for ever, without the KMS. Disabling or deleting the key does not stop a copy.',
  ...notes,
  key.rotation.automatic
    ? 'One version leaves. The key rotates by itself, and the copy will not know the next version.'
    : 'One version leaves. After a rotation, the copy does not know the new version.',
  'The material is shown once, in this tab only. Nothing keeps it: leaving the tab, or five minutes, clears it.',
]

function versionOptions(key: KmsKey, versions: readonly KeyVersion[] | undefined) {
  const least = key.minDecryptionVersion ?? 1
  return Array.from({ length: key.latestVersion }, (_, index) => key.latestVersion - index).map((version) => {
    const createdAt = versions?.find((one) => one.version === version)?.createdAt
    return {
      value: String(version),
      label: version === key.latestVersion ? `${version}, latest` : String(version),
      ...(createdAt === undefined ? {} : { hint: formatDate(createdAt) }),
      disabledReason: version < least ? 'No longer in use' : undefined,
    }
  })
}

function ExportPanels(props: ExportTabProps & { operation: Export }) {
  const { kmsKey: key, versions, operation, autoOpen, onAutoOpened } = props
  const client = useQueryClient()
  const { exported, keep, clear } = useExportedMaterial()
  const [version, setVersion] = useState<string>()
  const [confirming, setConfirming] = useState(autoOpen)
  useEffect(onAutoOpened, [onAutoOpened])
  const [announcement, setAnnouncement] = useState('')
  const opener = useRef<HTMLButtonElement>(null)
  const call = useRef<AbortController>(null)
  useEffect(() => () => call.current?.abort(), [])

  const chosen = Number(version ?? key.latestVersion)
  const refusal = operation.refusal(key)

  const confirm = () => {
    clear()
    setConfirming(true)
  }

  async function run() {
    const controller = new AbortController()
    call.current = controller
    try {
      const answer = await operation.run(key, { keyVersion: chosen }, controller.signal)
      if (controller.signal.aborted) return
      keep(answer)
      setAnnouncement(`Exported version ${answer.keyVersion}. It is masked.`)
    } catch (error) {
      // A refusal often means that the key on screen is outdated.
      await refreshKey(client, key)
      throw error
    }
  }

  return (
    <div className="grid max-w-190 grid-cols-[minmax(0,1fr)] gap-4">
      <PageCommands
        title={commandGroup(key)}
        commands={[{ label: 'Export key material…', icon: FileKey2, disabledReason: refusal, run: confirm }]}
      />
      <Panel
        title="Export key material"
        footer={
          <>
            <Button ref={opener} variant="dangerQuiet" icon={FileKey2} disabledReason={refusal} onClick={confirm}>
              Export key material…
            </Button>
            {refusal !== undefined && <span className="text-fg-muted text-xs">{refusal}</span>}
          </>
        }
      >
        <div className="grid gap-4">
          <ul className="grid max-w-(--measure) gap-2 text-fg-muted">
            {exportNotes(key, cloudOf(key.cloud).capabilities.exportNotes).map((note, index) => (
              <li key={note} className="flex gap-2">
                <Icon
                  of={index === 0 ? TriangleAlert : Info}
                  size={14}
                  className={index === 0 ? 'mt-[3px] text-warning-fg' : 'mt-[3px] text-fg-subtle'}
                />
                {note}
              </li>
            ))}
          </ul>
          <Field label="Version" className="max-w-60">
            {(control) => (
              <Select
                {...control}
                options={versionOptions(key, versions)}
                value={String(chosen)}
                onChange={(next) => {
                  clear()
                  setVersion(next)
                }}
                className="w-full tabular-nums"
              />
            )}
          </Field>
        </div>
      </Panel>
      {exported && (
        <ExportedMaterial
          kmsKey={key}
          exported={exported}
          onClear={() => {
            clear()
            setAnnouncement('Cleared the key material.')
            opener.current?.focus()
          }}
        />
      )}
      <LiveRegion>{announcement}</LiveRegion>
      {confirming && (
        <ConfirmDialog
          title={`Export version ${chosen} of ${key.name}`}
          address={<LocationPath of={key} />}
          hasFields={false}
          confirmation={{ text: key.name, missing: 'Type the name of the key first.' }}
          code={() => [
            {
              label: 'Code to export',
              snippets: requestCode(key, 'export', { keyVersion: chosen }),
              note: 'What it prints is the key itself.',
            },
          ]}
          cancelLabel="Keep it inside"
          confirmLabel="Export key material"
          busyLabel="Exporting"
          danger
          disabledReason={refusal}
          run={async () => {
            await run()
            setConfirming(false)
          }}
          describeError={(error) => ({ title: 'Not exported.', error: withPermissionHint(error, key) })}
          onClose={() => setConfirming(false)}
        >
          <p>
            <b>The material of version {chosen} leaves the KMS in clear, now.</b> That can’t be taken back: no later
            step makes a copy useless, short of encrypting or signing everything again with another key.
          </p>
          <p>The export is recorded with the time and the credential of the console’s gateway.</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
