import { FileInput, FileLock } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { formatExactSize } from './format.ts'

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
export function FileDrop({ label, encrypted = false, file, takesFocus = false, onChange }: FileDropProps) {
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
