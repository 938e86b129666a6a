/** Bytes that a use of a key is bound to: the encryption context, associated data and the derivation context. */
import type { KmsKey } from '../../../clouds/model.ts'
import type { BoundBytes } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { decodeText, type EncodedText, emptyText } from './bytes-input.ts'
import { ContextField, contextLimitOf } from './ContextField.tsx'

type BoundId = 'associatedData' | 'derivationContext'

/** Texts of the fields that were edited. */
export type BoundDraft = { readonly [Id in BoundId]?: EncodedText }

const fields = [
  {
    id: 'associatedData',
    label: 'Associated data',
    hint: 'Authenticated and not stored: decrypting needs the same bytes.',
  },
  {
    id: 'derivationContext',
    label: 'Derivation context',
    hint: 'The key of this call is derived with it: decrypting needs the same bytes.',
  },
] as const

interface BoundLimits {
  readonly max: number
  readonly required?: boolean
}

const limitsOf = (id: BoundId, key: KmsKey): BoundLimits | undefined => cloudOf(key.cloud).capabilities[id]?.(key)

function readField(
  { id, label }: (typeof fields)[number],
  draft: BoundDraft,
  key: KmsKey,
): { readonly bytes?: Uint8Array } | { readonly error: string } {
  const limits = limitsOf(id, key)
  if (!limits) return {}
  const text = draft[id] ?? emptyText
  if (text.value === '') return limits.required ? { error: `${label} is missing: this key needs one.` } : {}
  const decoded = decodeText(text)
  if ('error' in decoded) return decoded
  const { length } = decoded.bytes
  return length > limits.max
    ? { error: `This is ${count(length, 'byte')}, and up to ${formatNumber(limits.max)} fit. Shorten it.` }
    : decoded
}

/** Bytes to send, without what the key doesn't take; or the first error. */
export function validateBound(
  draft: BoundDraft,
  key: KmsKey,
): { readonly input: Pick<BoundBytes, BoundId> } | { readonly error: string } {
  const input: { [Id in BoundId]?: Uint8Array } = {}
  for (const field of fields) {
    const read = readField(field, draft, key)
    if ('error' in read) return read
    if (read.bytes) input[field.id] = read.bytes
  }
  return { input }
}

/** What a ciphertext is bound to, as typed. */
export interface BindingDraft {
  readonly context: EncodedText
  readonly bound: BoundDraft
}

interface BindingFieldsProps {
  readonly of: KmsKey | undefined
  readonly draft: BindingDraft
  readonly onEdit: (change: Partial<BindingDraft>) => void
  /** Errors of the draft, once a request was tried. */
  readonly errors: { readonly [Part in keyof BindingDraft]?: string | undefined }
  /** About the encryption context. */
  readonly hint: string
}

/** A field for the encryption context, and for each of the others that the key takes. */
export function BindingFields({ of: key, draft: { context, bound }, onEdit, errors, hint }: BindingFieldsProps) {
  if (!key) return null
  return (
    <>
      {contextLimitOf(key) && (
        <ContextField
          text={context}
          onChange={(next) => onEdit({ context: next })}
          error={errors.context}
          hint={hint}
        />
      )}
      {fields.map((field) => {
        const limits = limitsOf(field.id, key)
        if (!limits) return null
        const read = readField(field, bound, key)
        return (
          <ContextField
            key={field.id}
            label={field.label}
            required={limits.required ?? false}
            text={bound[field.id] ?? emptyText}
            onChange={(text) => onEdit({ bound: { ...bound, [field.id]: text } })}
            error={errors.bound !== undefined && 'error' in read ? read.error : undefined}
            hint={field.hint}
          />
        )
      })}
    </>
  )
}
