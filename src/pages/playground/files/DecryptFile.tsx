import { useQueryClient } from '@tanstack/react-query'
import { FileLock } from 'lucide-react'
import { detailsOf } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { refusalOf } from '../../../clouds/offered-operations.ts'
import { refreshKey } from '../../../clouds/queries.ts'
import { decryptFile } from '../../../lib/age/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { RefusalBanner } from '../../shared/SelectedKeyNotices.tsx'
import { FileFailure } from './FileFailure.tsx'
import { FilePane } from './FilePane.tsx'
import { FileProgress } from './FileProgress.tsx'
import { FileRecipients } from './FileRecipients.tsx'
import { FileResult } from './FileResult.tsx'
import { unwrapWith } from './file-key.ts'
import { decryptedName, freeSpaceRefusal } from './format.ts'
import type { FileRun } from './use-file-run.ts'
import { useFreeSpace } from './use-free-space.ts'
import type { useInspection } from './use-inspection.ts'
import { useOpeningKey } from './use-opening-key.ts'

interface DecryptFileProps {
  readonly header: ReturnType<typeof useInspection>
  readonly work: FileRun
}

function disabledReasonOf(key: KmsKey | undefined, loading: boolean): string | undefined {
  if (!key) return loading ? 'The key is still being read.' : 'This console does not reach the file’s key.'
  return refusalOf(key, 'decrypt')
}

export function DecryptFile({ header: { inspection, inspect, clear }, work }: DecryptFileProps) {
  const client = useQueryClient()
  const file = inspection.state === 'none' ? undefined : inspection.file
  const recipients = inspection.state === 'read' ? inspection.recipients : undefined
  const found = recipients?.kind === 'key' ? recipients : undefined
  const opening = useOpeningKey(found?.stanza)
  const reach = 'refusal' in opening ? undefined : opening
  const key = reach?.key
  const room = useFreeSpace(file)
  const { run } = work

  const reason = !file
    ? 'Choose a file first.'
    : inspection.state === 'reading'
      ? 'The file’s header is still being read.'
      : !found
        ? 'This file can’t be decrypted here.'
        : (disabledReasonOf(key, reach?.loading === true) ?? freeSpaceRefusal(room, file.size))

  const begin = () => {
    if (!key || !file || !found) return
    work.start({
      name: decryptedName(file.name),
      file,
      async perform({ into, signal, onProgress }) {
        let fileKey: Uint8Array<ArrayBuffer>
        try {
          fileKey = await unwrapWith(key, found.stanza, found.body, signal)
        } catch (failure) {
          if (detailsOf(failure).method !== '') void refreshKey(client, key)
          throw failure
        }
        try {
          return await decryptFile({ file, into, signal, onProgress }, fileKey)
        } finally {
          fileKey.fill(0)
        }
      },
    })
  }

  if (run.state === 'running')
    return (
      <FileProgress
        title={`Decrypting ${file?.name ?? ''}`}
        asking={`Asking ${key?.name ?? 'the key'} to unwrap the file’s key`}
        progress={run.progress}
        onCancel={work.cancel}
      />
    )
  if (run.state === 'done')
    return (
      <FileResult
        title="Decrypted file"
        done="Decrypted"
        report={run.report}
        next="Decrypt another file"
        onNext={() => {
          work.reset()
          clear()
        }}
        onSaveAgain={work.saveAgain}
      >
        <p className="text-fg-muted">The whole file is verified: no byte was changed, and none is missing.</p>
      </FileResult>
    )
  const refusal = key && refusalOf(key, 'decrypt')
  return (
    <>
      {refusal !== undefined && key && <RefusalBanner of={key} use="decrypt" refusal={refusal} />}
      <Panes>
        <FilePane
          title="Encrypted file"
          label="File to decrypt"
          action="Decrypt"
          encrypted
          file={file}
          onChange={inspect}
          work={work}
          used={key}
          disabledReason={reason}
          onBegin={begin}
        />
        <Pane
          title="Header"
          head={<span className="text-fg-subtle text-xs">Read in this page, not sent</span>}
          footer={null}
        >
          <div className="flex-1 bg-sunken">
            {inspection.state === 'failed' ? (
              <div className="p-2.5">
                <FileFailure error={inspection.error} title="The header could not be read" />
              </div>
            ) : recipients ? (
              <FileRecipients recipients={recipients} opening={opening} />
            ) : (
              <EmptyState icon={FileLock} title="No file yet">
                Its key is shown here.
              </EmptyState>
            )}
          </div>
        </Pane>
      </Panes>
    </>
  )
}
