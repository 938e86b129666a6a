import { FileLock2 } from 'lucide-react'
import { useCallback } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { usePageCommands } from '../../commands.ts'
import { useLeaveGuard } from '../../shared/use-leave-guard.ts'
import { type FileMode, isFileTab } from '../playground-url.ts'
import { DecryptFile } from './DecryptFile.tsx'
import { EncryptFile } from './EncryptFile.tsx'
import { FilesRefusal, useFilesRefusal } from './FilesRefusal.tsx'
import { formatSize } from './format.ts'
import { type FileRun, useFileRun } from './use-file-run.ts'
import { useInspection } from './use-inspection.ts'

const modes: readonly { readonly value: FileMode; readonly label: string }[] = [
  { value: 'encrypt', label: 'Encrypt a file' },
  { value: 'decrypt', label: 'Decrypt a file' },
]

/** Announcement for screen readers; errors are announced where they are shown. */
function announcement({ run }: FileRun, doing: string, did: string): string {
  if (run.state === 'running') return `${doing} the file.`
  if (run.state === 'done') return `${did} and saved as ${run.report.name}, ${formatSize(run.report.size)}.`
  return run.state === 'idle' && run.cancelled ? 'Cancelled. Nothing was kept.' : ''
}

interface FilesSectionProps {
  readonly mode: FileMode
  readonly onMode: (mode: FileMode) => void
  /** Key that encrypts; a file that is decrypted names its own. */
  readonly selectedKey: KmsKey | undefined
  /** Why the key can't encrypt now, in one sentence. */
  readonly disabledReason: string | undefined
  /** Whether a key has just been chosen, so that the field takes the focus. */
  readonly takesFocus: boolean
}

/** The tab File: encrypts files of any size with the selected key, and decrypts them with the key that they name. */
export function FilesSection({ mode, onMode, ...encryption }: FilesSectionProps) {
  const refusal = useFilesRefusal()
  const encrypting = useFileRun()
  const decrypting = useFileRun()
  const header = useInspection()
  const busy = encrypting.run.state === 'running' || decrypting.run.state === 'running'
  const blocker = useLeaveGuard(
    useCallback(() => busy, [busy]),
    isFileTab,
  )
  usePageCommands(
    modes
      .filter(({ value }) => value !== mode)
      .map(({ value, label }) => ({ label, icon: FileLock2, run: () => onMode(value), keywords: 'file' })),
  )
  if (refusal) return <FilesRefusal refusal={refusal} />
  return (
    <>
      <SegmentedControl label="What to do" size="md" className="mt-4" options={modes} value={mode} onChange={onMode} />
      {mode === 'encrypt' ? (
        <EncryptFile {...encryption} work={encrypting} />
      ) : (
        <DecryptFile header={header} work={decrypting} />
      )}
      <LiveRegion>
        {[announcement(encrypting, 'Encrypting', 'Encrypted'), announcement(decrypting, 'Decrypting', 'Decrypted')]
          .join(' ')
          .trim()}
      </LiveRegion>
      <Dialog
        open={blocker.state === 'blocked'}
        onClose={() => blocker.reset?.()}
        title="Leave and cancel?"
        footer={
          <>
            <Button onClick={() => blocker.reset?.()}>Stay</Button>
            <Button variant="danger" onClick={() => blocker.proceed?.()}>
              Cancel the file and leave
            </Button>
          </>
        }
      >
        <p>
          <b>The file is not done yet.</b> Leaving stops the work and removes what was written so far. The original file
          does not change.
        </p>
      </Dialog>
    </>
  )
}
