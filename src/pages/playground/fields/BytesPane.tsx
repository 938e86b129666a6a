import { FileInput } from 'lucide-react'
import { type ReactNode, useId, useRef } from 'react'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/classes.ts'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { Figure, Pane } from '../../shared/Pane.tsx'
import { type BytesInputMessages, type EncodedText, readSmallFile, sizeOf, tooLargeError } from './bytes-input.ts'
import { EncodingControl } from './EncodingControl.tsx'
import { FieldNote } from './FieldNote.tsx'
import { SecretTextarea } from './SecretTextarea.tsx'

interface LoadFileButtonProps {
  readonly input: EncodedText
  readonly onChange: (input: EncodedText) => void
}

/** Loads a small file into the field: as text where that loses nothing, else as base64. */
function LoadFileButton({ input, onChange }: LoadFileButtonProps) {
  const chooser = useRef<HTMLInputElement>(null)
  const command = { label: 'Load from file', icon: FileInput, run: () => chooser.current?.click() }
  return (
    <>
      <Button variant="ghost" size="sm" iconOnly icon={FileInput} aria-label={command.label} onClick={command.run} />
      <input
        ref={chooser}
        type="file"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) void readSmallFile(file, input).then(onChange)
          // Lets the user choose the same file again after a change.
          target.value = ''
        }}
      />
      <PageCommands commands={[command]} />
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
function ByteCount({ size, max }: ByteCountProps) {
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

interface BytesPaneProps {
  readonly label: string
  readonly input: EncodedText
  readonly onChange: (input: EncodedText) => void
  /** Whether the input is a digest. */
  readonly digest?: boolean
  /** Bytes that fit; undefined while no key is selected. */
  readonly max: number | undefined
  /** What to do when they are more; absent where `error` says it. */
  readonly messages?: BytesInputMessages | undefined
  readonly error: string | undefined
  /** Advice about input that can be sent all the same. */
  readonly advice?: ReactNode
  /** Placeholder of the text field while its encoding is text. */
  readonly placeholder: string
  readonly masked?: boolean
  /** Whether the field has just been filled from another operation. */
  readonly takesFocus: boolean
  /** Small button at the end of the head. */
  readonly end?: ReactNode
  readonly buttons: ReactNode
  /** Fields below the text. */
  readonly children: ReactNode
}

/** Pane with a text field that also takes a dropped file, and under it what is wrong or worth knowing. */
export function BytesPane(props: BytesPaneProps) {
  const { label, input, onChange, digest = false, max, messages, advice, placeholder, masked = false } = props
  const noteId = useId()
  const size = sizeOf(input)
  const error = props.error ?? (max !== undefined && messages ? tooLargeError(size, max, messages) : undefined)
  const note = error ?? input.note
  const placeholders = { text: placeholder, hex: '48656c6c6f', base64: 'SGVsbG8=' }
  return (
    <Pane
      title={label}
      head={<EncodingControl text={input} onChange={onChange} digest={digest} />}
      end={
        <>
          <LoadFileButton input={input} onChange={onChange} />
          {props.end}
        </>
      }
      footer={
        <>
          <ByteCount size={size} max={max} />
          <span className="flex-1" />
          {props.buttons}
        </>
      }
    >
      <SecretTextarea
        label={label}
        value={input.value}
        onChange={(value) => onChange({ value, encoding: input.encoding })}
        onFile={(file) => void readSmallFile(file, input).then(onChange)}
        placeholder={placeholders[input.encoding]}
        masked={masked}
        takesFocus={props.takesFocus}
        invalid={error !== undefined}
        describedBy={note === undefined && !advice ? undefined : noteId}
      />
      {(note !== undefined || advice) && (
        <div id={noteId} className="grid gap-1.5 px-3.5 pt-1.5 pb-2.5 max-sm:px-(--gutter)">
          {note !== undefined && <FieldNote tone={error === undefined ? 'info' : 'error'}>{note}</FieldNote>}
          {advice && <FieldNote tone="warning">{advice}</FieldNote>}
        </div>
      )}
      {props.children}
    </Pane>
  )
}
