import { useQueryClient } from '@tanstack/react-query'
import { FileLock2 } from 'lucide-react'
import { useState } from 'react'
import { detailsOf } from '../../clouds/errors.ts'
import type { KeyAddress, KmsKey } from '../../clouds/model.ts'
import { refreshKey } from '../../clouds/queries.ts'
import { encryptFile } from '../../lib/age/client.ts'
import { payloadSize } from '../../lib/age/stream.ts'
import { Button } from '../../ui/Button.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { KeyPicker } from '../shared/KeyPicker.tsx'
import { refusalOf } from '../shared/offered-operations.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import { Pane, Panes } from '../shared/Pane.tsx'
import { RefusalBanner, SelectedKeyFailed } from '../shared/SelectedKeyNotices.tsx'
import { ShowCode } from '../shared/ShowCode.tsx'
import { useSelectedKey } from '../shared/use-selected-key.ts'
import type { AllKeys } from '../use-keys.ts'
import { EncryptResult } from './EncryptResult.tsx'
import { FileDrop } from './FileDrop.tsx'
import { FileFailure } from './FileFailure.tsx'
import { FileProgress } from './FileProgress.tsx'
import { Frame } from './Frame.tsx'
import { wrapWith } from './file-key.ts'
import { encryptedName, formatSize, freeSpaceRefusal } from './format.ts'
import { StanzaKey } from './StanzaKey.tsx'
import type { FileRun } from './use-file-run.ts'
import { useFocusWhenLost } from './use-focus-when-lost.ts'
import { useFreeSpace } from './use-free-space.ts'
import { wrapCode } from './wrap-code.ts'

interface EncryptTabProps {
  readonly list: AllKeys
  readonly address: KeyAddress | undefined
  readonly onChoose: (address: KeyAddress) => void
  readonly work: FileRun
}

/** Upper bound in bytes of a header with one stanza. */
const HEADER = 1000

function HeaderPreview({ file, chosen }: { file: File | undefined; chosen: KmsKey | undefined }) {
  return (
    <div className="flex-1 bg-sunken p-3.5 max-sm:px-(--gutter)">
      <PropertyList
        tight
        items={[
          {
            name: 'Saved as',
            value: file ? <b className="font-medium">{encryptedName(file.name)}</b> : 'The file’s name and .age',
          },
          ...(file
            ? [
                {
                  name: 'Size',
                  value: <span className="tabular-nums">about {formatSize(payloadSize(file.size))}</span>,
                },
              ]
            : []),
          {
            name: 'In the clear',
            value: chosen ? <StanzaKey of={chosen} /> : 'The address of the key, once one is chosen',
          },
          { name: 'Encrypted', value: 'The content. The file’s name is not written into it.' },
          { name: 'Opened by', value: 'Whoever may decrypt with this key' },
        ]}
      />
    </div>
  )
}

export function EncryptTab({ list, address, onChoose, work }: EncryptTabProps) {
  const client = useQueryClient()
  const { key, error, loading, retry } = useSelectedKey(address, list.keys)
  const [file, setFile] = useState<File>()
  const [used, setUsed] = useState<KmsKey>()
  const room = useFreeSpace(file)
  const { run } = work
  const act = useFocusWhenLost(run.state === 'failed' || (run.state === 'idle' && run.cancelled === true))
  const refusal = key && refusalOf(key, 'encrypt')
  const reason = !key
    ? loading
      ? 'The key is still being read.'
      : 'Choose a key first.'
    : (refusal ?? (file ? freeSpaceRefusal(room, payloadSize(file.size) + HEADER) : 'Choose a file first.'))

  const begin = () => {
    if (!key || !file) return
    setUsed(key)
    work.start({
      name: encryptedName(file.name),
      file,
      async perform({ into, signal, onProgress }) {
        try {
          return await encryptFile({ file, into, signal, onProgress }, wrapWith(key, signal))
        } catch (failure) {
          if (detailsOf(failure).method !== '') void refreshKey(client, key)
          throw failure
        }
      },
    })
  }
  const choose = (next: File) => {
    work.reset()
    setFile(next)
  }

  if (run.state === 'running')
    return (
      <Frame>
        <FileProgress
          title={`Encrypting ${file?.name ?? ''}`}
          asking={`Asking ${used?.name ?? 'the key'} to wrap the file’s key`}
          progress={run.progress}
          onCancel={work.cancel}
        />
      </Frame>
    )
  if (run.state === 'done')
    return (
      <Frame>
        <EncryptResult
          report={run.report}
          used={used}
          onNext={() => {
            work.reset()
            setFile(undefined)
          }}
          onSaveAgain={work.saveAgain}
        />
      </Frame>
    )
  return (
    <>
      <div className="pt-4">
        <KeyPicker list={list} selectedKey={key} operation="encrypt" onSelect={onChoose} />
      </div>
      {error && <SelectedKeyFailed error={error} onRetry={retry} />}
      {refusal !== undefined && key && <RefusalBanner of={key} operation="encrypt" refusal={refusal} />}
      <Panes>
        <Pane
          title="File"
          footer={
            <>
              <span>{run.state === 'idle' && run.cancelled ? 'Cancelled. Nothing was kept.' : ''}</span>
              <span className="flex-1" />
              <Button ref={act} variant="primary" size="lg" disabledReason={reason} onClick={begin}>
                Encrypt
              </Button>
              <PageCommands commands={[{ label: 'Encrypt', icon: FileLock2, run: begin, disabledReason: reason }]} />
            </>
          }
        >
          <FileDrop label="File to encrypt" file={file} onChange={choose} />
          {run.state === 'failed' && (
            <div className="p-2.5">
              <FileFailure error={run.error} chosen={used} title="The file was not encrypted" />
            </div>
          )}
        </Pane>
        <Pane title="Encrypted file" footer={null}>
          <HeaderPreview file={file} chosen={key} />
        </Pane>
      </Panes>
      <div className="pt-3">
        <ShowCode
          groups={() => (key ? [wrapCode(key)] : [])}
          disabledReason={key ? undefined : 'Choose a key first.'}
        />
      </div>
    </>
  )
}
