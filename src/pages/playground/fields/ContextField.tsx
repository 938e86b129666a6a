import { type ReactNode, useId } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Textarea } from '../../../ui/Textarea.tsx'
import { decodeText, type EncodedText } from './bytes-input.ts'
import { EncodingControl } from './EncodingControl.tsx'
import { FieldNote } from './FieldNote.tsx'

interface ContextFieldProps {
  readonly label?: string
  readonly text: EncodedText
  readonly onChange: (text: EncodedText) => void
  readonly error: string | undefined
  readonly hint: string
  readonly required?: boolean
  /** Small button beside the label. */
  readonly beside?: ReactNode
}

type ContextInput = { readonly context?: Uint8Array } | { readonly error: string }

/** Limit of the key's encryption context; undefined for keys that take none. */
export const contextLimitOf = (key: KmsKey) => cloudOf(key.cloud).capabilities.encryptionContext?.(key)

/** Context to send: none for an empty one, and for keys that take none. */
export function validateContext(text: EncodedText, key: KmsKey): ContextInput {
  const limit = contextLimitOf(key)
  if (!limit || text.value === '') return {}
  const decoded = decodeText(text)
  if ('error' in decoded) return decoded
  const { length } = decoded.bytes
  if (length > limit.max)
    return {
      error: `This is ${count(length, 'byte')}, and a context has up to ${formatNumber(limit.max)}. Shorten it.`,
    }
  return { context: decoded.bytes }
}

/** Context that is authenticated and not stored: decrypting needs the same bytes. */
export function ContextField(props: ContextFieldProps) {
  const { label = 'Encryption context', required = false, text, onChange, error, hint, beside } = props
  const id = useId()
  const note = `${id}-note`
  return (
    <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      <div className="mb-1.5 flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {!required && <span className="text-fg-subtle">optional</span>}
        {beside}
        <EncodingControl
          label={label === 'Encryption context' ? 'Encoding of the context' : `Encoding of the ${label.toLowerCase()}`}
          className="ml-auto"
          text={text}
          onChange={onChange}
        />
      </div>
      <Textarea
        id={id}
        mono
        rows={1}
        value={text.value}
        onChange={(event) => onChange({ value: event.target.value, encoding: text.encoding })}
        spellCheck={false}
        autoCorrect="off"
        autoCapitalize="off"
        aria-invalid={error !== undefined || undefined}
        aria-describedby={note}
        className="mb-1.5"
      />
      <FieldNote id={note} tone={error === undefined ? 'info' : 'error'}>
        {error ?? text.note ?? hint}
      </FieldNote>
    </div>
  )
}
