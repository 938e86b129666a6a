import { useState } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TypedConfirmation } from '../../ui/TypedConfirmation.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { withPermissionHint } from '../shared/key-actions/with-permission-hint.ts'
import { LocationPath } from '../shared/LocationPath.tsx'
import { ShowCode } from '../shared/ShowCode.tsx'

interface ExportDialogProps {
  keyOf: KmsKey
  version: number
  /** Why it can't be done any more: the key may change while the dialog is open. */
  refusal: string | undefined
  /** Exports; rejects with what was refused. */
  run: () => Promise<void>
  onClose: () => void
}

/** Asks for the key's name before its material leaves. Stays open with the error when it is refused. */
export function ExportDialog({ keyOf: key, version, refusal, run, onClose }: ExportDialogProps) {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const reason = typed === key.name ? refusal : 'Type the name of the key first.'

  async function submit() {
    if (reason !== undefined || busy) return
    setBusy(true)
    setError(undefined)
    try {
      await run()
      onClose()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      busy={busy}
      title={`Export version ${version} of ${key.name}`}
      address={<LocationPath of={key} />}
      error={
        error === undefined ? undefined : <ErrorNote title="Not exported." error={withPermissionHint(error, key)} />
      }
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>Keep it inside</Button>
          <Button type="submit" variant="danger" busy={busy} disabledReason={reason}>
            {busy ? 'Exporting' : 'Export key material'}
          </Button>
        </>
      }
    >
      <p>
        <b>The material of version {version} leaves the KMS in clear, now.</b> That can’t be taken back: no later step
        makes a copy useless, short of encrypting or signing everything again with another key.
      </p>
      <p>The export is recorded with the time and the credential of the console’s gateway.</p>
      <TypedConfirmation name={key.name} value={typed} onChange={setTyped} />
      <ShowCode
        groups={() => [
          {
            label: 'Code to export',
            snippets: cloudOf(key.cloud).operations.export?.code(key, { keyVersion: version }) ?? [],
            note: 'What it prints is the key itself.',
          },
        ]}
      />
    </Dialog>
  )
}
