import { useId, useState } from 'react'
import { detectFormat } from '../../../lib/detect-format.ts'
import { encode, toBase64 } from '../../../lib/encodings.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { Figure } from '../../shared/Pane.tsx'
import { ciphertextBytes, withoutSpace } from '../inspect/ciphertext.ts'
import { FieldNote } from './FieldNote.tsx'
import { SecretTextarea } from './SecretTextarea.tsx'

/** Largest file that can hold a ciphertext of any provider in base64, in bytes. */
const MAX_CIPHERTEXT_FILE = 1 << 18

/** End of the header of an age file: its encrypted content follows. */
const AGE_HEADER_END = '\n---'

const latin1 = new TextDecoder('latin1')

/**
 * Content of a file as the field takes it: its text, or its bytes in base64; of an age file the header alone, which says
 * what it is. Undefined for a file that is too large for a ciphertext.
 */
export async function readCiphertextFile(file: Blob): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.slice(0, MAX_CIPHERTEXT_FILE).arrayBuffer())
  const start = latin1.decode(bytes)
  if (detectFormat(start)?.kind === 'age') return start.split(AGE_HEADER_END, 1)[0]
  if (file.size > MAX_CIPHERTEXT_FILE) return undefined
  return encode(bytes, 'text') ?? toBase64(bytes)
}

const FILE_TOO_LARGE = 'This file is too large for a ciphertext. Decrypt encrypted files on the tab File.'

interface CiphertextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder: string
  readonly error: string | undefined
  readonly takesFocus: boolean
  /** Whether other fields stand beside it in the pane. */
  readonly short?: boolean
}

/** Ciphertext to paste, or to drop as a file. */
export function CiphertextField(props: CiphertextFieldProps) {
  const { onChange, error, ...field } = props
  const noteId = useId()
  const [tooLarge, setTooLarge] = useState(false)
  const note = error ?? (tooLarge ? FILE_TOO_LARGE : undefined)
  return (
    <>
      <SecretTextarea
        {...field}
        onChange={(value) => {
          setTooLarge(false)
          onChange(value)
        }}
        onFile={(file) =>
          void readCiphertextFile(file).then((value) => {
            setTooLarge(value === undefined)
            if (value !== undefined) onChange(value)
          })
        }
        invalid={error !== undefined}
        describedBy={note === undefined ? undefined : noteId}
      />
      {note !== undefined && (
        <div className="px-3.5 pt-1.5 pb-2.5 max-sm:px-(--gutter)">
          <FieldNote id={noteId} tone={error === undefined ? 'warning' : 'error'}>
            {note}
          </FieldNote>
        </div>
      )}
    </>
  )
}

/** Size of a ciphertext in bytes, or in characters while it can't be decoded. */
export function CiphertextSize({ value }: { value: string }) {
  const ciphertext = withoutSpace(value)
  const size = ciphertextBytes(ciphertext)?.length
  if (ciphertext === '') return null
  return (
    <span>
      <Figure>{formatNumber(size ?? ciphertext.length)}</Figure> {size === undefined ? 'characters' : 'bytes'}
    </span>
  )
}
