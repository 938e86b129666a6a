import { FileInput, FileLock, FileLock2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { Pane } from '../../shared/Pane.tsx'
import { FileFailure } from './FileFailure.tsx'
import { formatExactSize } from './format.ts'
import { type FileRun, useFocusWhenLost } from './use-file-run.ts'

interface FileDropProps {
  /** The accessible name: "File to encrypt". */
  readonly label: string
  readonly encrypted?: boolean
  readonly file: File | undefined
  /** Whether a key has just been chosen. */
  readonly takesFocus?: boolean
  readonly onChange: (file: File) => void
}

/** File field with drag and drop. Reads only the name and size. */
function FileDrop({ label, encrypted = false, file, takesFocus = false, onChange }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])
  return (
    <div className="flex min-h-[clamp(208px,31vh,440px)] flex-1 flex-col p-3.5 max-sm:min-h-32 max-sm:px-(--gutter)">
      <div className="relative grid flex-1 place-content-center justify-items-center gap-1 rounded-md border border-control p-3 text-center has-hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-focus">
        <Icon of={encrypted ? FileLock : FileInput} className="text-fg-subtle" />
        <b className="font-medium [overflow-wrap:anywhere]">{file ? file.name : 'Choose a file or drop it here'}</b>
        <span className="text-fg-subtle text-xs tabular-nums">
          {file ? `${formatExactSize(file.size)}. Choose or drop another to replace it.` : 'Any size.'}
        </span>
        <PageCommands
          commands={[
            { label: file ? 'Choose another file' : 'Choose file', icon: FileInput, run: () => input.current?.click() },
          ]}
        />
        <input
          ref={input}
          type="file"
          aria-label={label}
          className="absolute inset-0 cursor-pointer opacity-0"
          onChange={({ target }) => {
            const [chosen] = target.files ?? []
            if (chosen) onChange(chosen)
            // Lets the user choose the same file again after a change.
            target.value = ''
          }}
        />
      </div>
    </div>
  )
}

interface FilePaneProps extends FileDropProps {
  readonly title: string
  readonly action: 'Encrypt' | 'Decrypt'
  readonly work: FileRun
  /** Key that the last run used. */
  readonly used: KmsKey | undefined
  readonly disabledReason: string | undefined
  readonly onBegin: () => void
}

/** Pane that takes a file, begins the work on it, and shows why it failed. */
export function FilePane({ title, action, work, used, disabledReason, onBegin, onChange, ...drop }: FilePaneProps) {
  const { run } = work
  const cancelled = run.state === 'idle' && run.cancelled === true
  const act = useFocusWhenLost(run.state === 'failed' || cancelled)
  return (
    <Pane
      title={title}
      footer={
        <>
          <span>{cancelled ? 'Cancelled. Nothing was kept.' : ''}</span>
          <span className="flex-1" />
          <Button ref={act} variant="primary" size="lg" disabledReason={disabledReason} onClick={onBegin}>
            {action}
          </Button>
          <PageCommands commands={[{ label: action, icon: FileLock2, run: onBegin, disabledReason }]} />
        </>
      }
    >
      <FileDrop
        {...drop}
        onChange={(file) => {
          work.reset()
          onChange(file)
        }}
      />
      {run.state === 'failed' && (
        <div className="p-2.5">
          <FileFailure error={run.error} chosen={used} title={`The file was not ${action.toLowerCase()}ed`} />
        </div>
      )}
    </Pane>
  )
}
