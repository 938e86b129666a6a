import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { detailsOf } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { queries, refreshKey } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { encryptFile } from '../../../lib/age/client.ts'
import { largestFile } from '../../../lib/age/stream.ts'
import { fullAddress } from '../../../lib/base-path.ts'
import { shellQuote } from '../../../lib/shell.ts'
import { Code } from '../../../ui/Code.tsx'
import { PropertyList } from '../../../ui/PropertyList.tsx'
import { PageCopyButton } from '../../shared/PageCopyButton.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { ShowCode } from '../../shared/ShowCode.tsx'
import { FilePane } from './FilePane.tsx'
import { FileProgress } from './FileProgress.tsx'
import { FileResult } from './FileResult.tsx'
import { likelySize, wrapWith } from './file-key.ts'
import { encryptedName, formatSize, freeSpaceRefusal } from './format.ts'
import type { FileRun } from './use-file-run.ts'
import { useFreeSpace } from './use-free-space.ts'
import { wrapCode } from './wrap-code.ts'

function Preview({ file, selectedKey: key }: { file: File | undefined; selectedKey: KmsKey | undefined }) {
  const cloud = key && cloudOf(key.cloud)
  return (
    <div className="grid flex-1 content-start gap-3 bg-sunken p-3.5 max-sm:px-(--gutter)">
      <PropertyList
        tight
        items={[
          {
            name: 'Saved as',
            value: file ? <b className="font-medium">{encryptedName(file.name)}</b> : 'The file’s name and .age',
          },
          ...(file && key
            ? [
                {
                  name: 'Size',
                  value: <span className="tabular-nums">about {formatSize(likelySize(key, file.size))}</span>,
                },
              ]
            : []),
        ]}
      />
      {key && cloud && (
        <p className="text-fg-muted [overflow-wrap:anywhere]">
          Readable without the key: {cloud.longName}, {cloud.capabilities.locationNoun} <Code>{key.location}</Code>, key{' '}
          <Code>{key.id}</Code>
          {key.projectId !== undefined && (
            <>
              , project <Code>{key.projectId}</Code>
            </>
          )}
          .
        </p>
      )}
    </div>
  )
}

/** Command that decrypts the file through this console, and where it runs. */
function InTerminal({ name }: { name: string }) {
  const { data: session } = useQuery(queries.session())
  const command = `npm run decrypt-file -- --console ${fullAddress('/').replace(/\/$/, '')} ${shellQuote(name)}`
  if (session?.readOnly)
    return <p className="text-fg-muted">This console is read-only, so it does not decrypt the file.</p>
  return (
    <>
      <p className="text-fg-muted">
        To decrypt it in a terminal, run this in the folder of KMS Console while this console runs. Give the path of the
        file.
      </p>
      <p className="flex items-center gap-1 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <Code>{command}</Code>
        </span>
        <PageCopyButton text={command} what="command" />
      </p>
    </>
  )
}

interface EncryptFileProps {
  readonly selectedKey: KmsKey | undefined
  /** Why the key can't encrypt now, in one sentence. */
  readonly disabledReason: string | undefined
  readonly takesFocus: boolean
  readonly work: FileRun
}

export function EncryptFile({ selectedKey: key, disabledReason, takesFocus, work }: EncryptFileProps) {
  const client = useQueryClient()
  const [file, setFile] = useState<File>()
  const [used, setUsed] = useState<KmsKey>()
  const room = useFreeSpace(file)
  const { run } = work
  const reason = disabledReason ?? (file ? freeSpaceRefusal(room, largestFile(file.size)) : 'Choose a file first.')

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

  if (run.state === 'running')
    return (
      <FileProgress
        title={`Encrypting ${file?.name ?? ''}`}
        asking={`Asking ${used?.name ?? 'the key'} to wrap the file’s key`}
        progress={run.progress}
        onCancel={work.cancel}
      />
    )
  if (run.state === 'done')
    return (
      <FileResult
        title="Encrypted file"
        done="Encrypted"
        report={run.report}
        next="Encrypt another file"
        onNext={() => {
          work.reset()
          setFile(undefined)
        }}
        onSaveAgain={work.saveAgain}
      >
        <InTerminal name={run.report.name} />
        <p className="text-fg-muted">If the key is destroyed, nobody can decrypt the file.</p>
      </FileResult>
    )
  return (
    <>
      <Panes>
        <FilePane
          title="File"
          label="File to encrypt"
          action="Encrypt"
          file={file}
          onChange={setFile}
          takesFocus={takesFocus}
          work={work}
          used={used}
          disabledReason={reason}
          onBegin={begin}
        />
        <Pane title="Encrypted file" footer={null}>
          <Preview file={file} selectedKey={key} />
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
