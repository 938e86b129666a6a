import { FileInput, X } from 'lucide-react'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { MAX_FILE_BYTES, type SelectedFile } from './bytes-input.ts'

interface FileFieldProps {
  readonly label: string
  readonly file: SelectedFile | undefined
  readonly onChange: (file: SelectedFile | undefined) => void
  readonly invalid: boolean
  readonly describedBy?: string | undefined
}

async function readFile(file: File): Promise<SelectedFile> {
  const { name, size } = file
  return size > MAX_FILE_BYTES ? { name, size } : { name, size, bytes: new Uint8Array(await file.arrayBuffer()) }
}

/** A small file. The whole area takes a click or a dropped file; the file never leaves the page but to the KMS. */
export function FileField({ label, file, onChange, invalid, describedBy }: FileFieldProps) {
  return (
    <div className="flex min-h-[clamp(208px,31vh,440px)] flex-1 flex-col p-3.5 max-sm:min-h-29 max-sm:px-(--gutter)">
      <div className="relative grid flex-1 place-content-center justify-items-center gap-1 rounded-md border border-control p-3 text-center has-hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-focus">
        <Icon of={FileInput} className="text-fg-subtle" />
        <b className="font-medium [overflow-wrap:anywhere]">{file ? file.name : 'Choose a file or drop it here'}</b>
        <span className="text-fg-subtle text-xs">
          {file ? `${count(file.size, 'byte')}. Choose or drop another to replace it.` : 'It is read in memory.'}
        </span>
        <input
          type="file"
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          className="absolute inset-0 cursor-pointer opacity-0"
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            if (chosen) void readFile(chosen).then(onChange)
          }}
        />
      </div>
      {file && (
        <Button variant="ghost" size="sm" icon={X} className="mt-2 self-start" onClick={() => onChange(undefined)}>
          Remove the file
        </Button>
      )}
    </div>
  )
}
