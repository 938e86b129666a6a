import { useQueryClient } from '@tanstack/react-query'
import { Download, Eye, EyeOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { requestCode } from '../../clouds/code-registry.ts'
import { withPermissionHint } from '../../clouds/failed-change.ts'
import { operationRefusal, runOperation } from '../../clouds/key-operations.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import type { OperationAnswers } from '../../clouds/operations.ts'
import { refreshKey } from '../../clouds/queries.ts'
import { currentTime } from '../../lib/current-time.ts'
import { formatDate, formatTime } from '../../lib/dates.ts'
import { download } from '../../lib/download.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { usePageHide } from '../../ui/use-page-hide.ts'
import { ConfirmDialog, typeNameOf } from '../shared/ConfirmDialog.tsx'
import { LocationPath } from '../shared/LocationPath.tsx'
import { formatMaterial, isPem, keyFileName } from './material-format.ts'
import { ReadOnlyText } from './ReadOnlyText.tsx'

interface ExportDialogProps {
  kmsKey: KmsKey
  /** Undefined while the versions are read. */
  versions: readonly KeyVersion[] | undefined
  onClose: () => void
}

type Exported = OperationAnswers['export']

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

/** Confirmation of an export, then its material: shown once, and gone with the dialog. */
export function ExportDialog({ kmsKey: key, versions, onClose }: ExportDialogProps) {
  const client = useQueryClient()
  const [version, setVersion] = useState(String(key.latestVersion))
  const [exported, setExported] = useState<Exported>()
  const call = useRef<AbortController>(null)
  useEffect(() => () => call.current?.abort(), [])

  if (exported) return <MaterialDialog kmsKey={key} exported={exported} onClose={onClose} />

  async function run() {
    const controller = new AbortController()
    call.current = controller
    try {
      const answer = await runOperation(key, 'export', { keyVersion: Number(version) }, controller.signal)
      if (!controller.signal.aborted) setExported(answer)
    } catch (error) {
      // A refusal often means that the key on screen is outdated.
      await refreshKey(client, key)
      throw error
    }
  }

  return (
    <ConfirmDialog
      title={`Export ${key.name}`}
      address={<LocationPath of={key} />}
      hasFields
      confirmation={typeNameOf(key)}
      code={() => [
        {
          label: 'Code to export',
          snippets: requestCode(key, 'export', { keyVersion: Number(version) }),
          note: 'It prints the key material.',
        },
      ]}
      cancelLabel="Cancel"
      confirmLabel="Export key material"
      busyLabel="Exporting"
      danger
      disabledReason={operationRefusal(key, 'export')}
      run={run}
      describeError={(error) => ({ title: 'Not exported.', error: withPermissionHint(error, key) })}
      onClose={onClose}
    >
      <p>
        <b>Anyone who has the copy can use this version without the KMS.</b> Disabling or deleting the key does not stop
        the copy.
      </p>
      <Field label="Version" hint="Only this version is exported." className="max-w-60">
        {(control) => (
          <Select
            {...control}
            options={versionOptions(key, versions)}
            value={version}
            onChange={setVersion}
            className="w-full tabular-nums"
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}

const LIFETIME_MS = 5 * 60_000

/** Constant length, which hides the length of the material too. */
const MASK = '•'.repeat(24)

interface MaterialDialogProps {
  kmsKey: KmsKey
  exported: Exported
  onClose: () => void
}

/** Exported material in component state alone: it closes on leaving the page, on request and after five minutes. */
function MaterialDialog({ kmsKey: key, exported: { material, keyVersion }, onClose }: MaterialDialogProps) {
  const [until] = useState(() => currentTime() + LIFETIME_MS)
  const [revealed, setRevealed] = useState(false)
  const reveal = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const timer = setTimeout(onClose, Math.max(0, until - currentTime()))
    return () => clearTimeout(timer)
  }, [until, onClose])
  usePageHide(onClose)
  const ending = isPem(material) ? '-private.pem' : '-material.b64'
  return (
    <Dialog
      open
      keep
      wide
      onClose={onClose}
      title={`Key material of version ${keyVersion}`}
      address={<span className="text-fg-muted text-sm">{formatMaterial(material, key.type)}</span>}
      initialFocus={reveal}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <ReadOnlyText label="Key material" className="max-h-[50vh]">
        {revealed ? material : MASK}
      </ReadOnlyText>
      <div className="flex flex-wrap gap-2">
        <Button ref={reveal} icon={revealed ? EyeOff : Eye} onClick={() => setRevealed(!revealed)}>
          {revealed ? 'Mask' : 'Reveal'}
        </Button>
        <CopyButton text={material} label="Copy key material" look="button" />
        <Button icon={Download} onClick={() => download(keyFileName(key, keyVersion, ending), material)}>
          Download
        </Button>
      </div>
      <p>Shown once: this dialog closes at {formatTime(until)}. Delete copies and files after use.</p>
    </Dialog>
  )
}
