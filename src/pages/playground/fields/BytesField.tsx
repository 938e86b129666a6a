import { FileInput, X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/classes.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Figure } from '../../shared/Pane.tsx'
import {
  type BytesInput,
  type BytesSource,
  encodingLabels,
  MAX_FILE_BYTES,
  type SelectedFile,
  sourceOf,
  switchSource,
} from './bytes-input.ts'
import { FieldNote } from './FieldNote.tsx'
import { SecretTextarea } from './SecretTextarea.tsx'

const sources: readonly { value: BytesSource; label: string }[] = [
  { value: 'text', label: encodingLabels.text },
  { value: 'hex', label: encodingLabels.hex },
  { value: 'base64', label: encodingLabels.base64 },
  { value: 'file', label: 'File' },
]

interface BytesSourceControlProps {
  readonly input: BytesInput
  readonly onChange: (input: BytesInput) => void
  /** Whether the input is a digest: only hex and base64 can be chosen. */
  readonly digest?: boolean
}

export function BytesSourceControl({ input, onChange, digest = false }: BytesSourceControlProps) {
  const isDisabled = (value: BytesSource) => digest && (value === 'text' || value === 'file')
  return (
    <SegmentedControl
      label="Encoding"
      options={sources.map((source) => ({
        ...source,
        disabledReason: isDisabled(source.value) ? 'A digest is given in hex or base64.' : undefined,
      }))}
      value={sourceOf(input)}
      onChange={(source) => onChange(switchSource(input, source))}
    />
  )
}

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

/** Small file, sent to nobody but the KMS. The whole area takes a click or a dropped file. */
function FileField({ label, file, onChange, invalid, describedBy }: FileFieldProps) {
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
            const [selected] = event.target.files ?? []
            if (selected) void readFile(selected).then(onChange)
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

interface BytesFieldProps {
  readonly label: string
  readonly input: BytesInput
  readonly onChange: (input: BytesInput) => void
  readonly error: string | undefined
  /** Advice about input that can be sent all the same. */
  readonly advice?: ReactNode
  /** Placeholder of the text field while its encoding is text. */
  readonly placeholder: string
  readonly masked?: boolean
  /** Whether the field has just been filled from another operation. */
  readonly takesFocus: boolean
}

/** Text field or file, and under it what is wrong or worth knowing. */
export function BytesField(props: BytesFieldProps) {
  const { label, input, onChange, error, advice, placeholder, masked = false, takesFocus } = props
  const noteId = useId()
  const { source, text, file } = input
  const note = error ?? (source === 'text' ? text.note : undefined)
  const field = { invalid: error !== undefined, describedBy: note === undefined && !advice ? undefined : noteId }
  const placeholders = { text: placeholder, hex: '48656c6c6f', base64: 'SGVsbG8=' }
  return (
    <>
      {source === 'file' ? (
        <FileField
          label={`${label} file`}
          file={file}
          onChange={(next) => onChange({ source, text, ...(next ? { file: next } : {}) })}
          {...field}
        />
      ) : (
        <SecretTextarea
          label={label}
          value={text.value}
          onChange={(value) => onChange({ ...input, text: { value, encoding: text.encoding } })}
          placeholder={placeholders[text.encoding]}
          masked={masked}
          takesFocus={takesFocus}
          {...field}
        />
      )}
      {(note !== undefined || advice) && (
        <div id={noteId} className="grid gap-1.5 px-3.5 pt-1.5 pb-2.5 max-sm:px-(--gutter)">
          {note !== undefined && <FieldNote tone={error === undefined ? 'info' : 'error'}>{note}</FieldNote>}
          {advice && <FieldNote tone="warning">{advice}</FieldNote>}
        </div>
      )}
    </>
  )
}

interface ByteCountProps {
  /** Bytes; undefined while the input is not valid. */
  readonly size: number | undefined
  /** Undefined while no key is selected. */
  readonly max: number | undefined
}

/** `67 of 65,535 bytes`, with a meter beside it. */
export function ByteCount({ size, max }: ByteCountProps) {
  const over = size !== undefined && max !== undefined && size > max
  if (max === undefined) return <span>{size === undefined ? '' : count(size, 'byte')}</span>
  return (
    <>
      <span className={cx(over && 'text-danger-fg')}>
        {size === undefined ? 'Up to' : <Figure>{formatNumber(size)}</Figure>} {size === undefined ? '' : 'of '}
        {formatNumber(max)} bytes
      </span>
      <span aria-hidden className="h-1 w-18 overflow-hidden rounded-[2px] bg-active max-lg:hidden">
        <span
          className={cx('block h-full', over ? 'bg-danger-mark' : 'bg-chart-strong', (size ?? 0) > 0 && 'min-w-[3px]')}
          style={{ width: `${Math.min(100, ((size ?? 0) / max) * 100)}%` }}
        />
      </span>
    </>
  )
}
