import type { Capabilities } from '../../../clouds/capabilities.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { lazySection } from '../../../ui/lazy-section.tsx'
import { validateBound } from '../fields/BoundFields.tsx'
import { emptyText } from '../fields/bytes-input.ts'
import { validateContext } from '../fields/ContextField.tsx'
import { errorOf, type PlaygroundOperation } from '../operation.ts'
import type { DataKeyDraft } from './DataKeyForm.tsx'

/** Size to send: none for the standard one. */
function validateSize({ size, bytes: text }: DataKeyDraft, { dataKey: sizes }: Capabilities) {
  if (size === 'standard' || !sizes) return {}
  const bytes = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
  if ('min' in sizes.sizes) {
    const { min, max } = sizes.sizes
    if (bytes >= min && bytes <= max) return { bytes }
    return { error: `Choose whole bytes, from ${formatNumber(min)} to ${formatNumber(max)}.` }
  }
  return sizes.sizes.includes(bytes) ? { bytes } : { error: 'Choose one of the sizes.' }
}

export const dataKey: PlaygroundOperation<'dataKey', DataKeyDraft> = {
  labels: { button: 'Generate data key', running: 'Generating data key' },
  emptyDraft: { size: 'standard', bytes: '', context: emptyText, bound: {} },
  validate(draft, key) {
    const { capabilities } = cloudOf(key.cloud)
    const size = validateSize(draft, capabilities)
    const context = validateContext(draft.context, key)
    const bound = validateBound(draft.bound, key)
    if ('error' in size || 'error' in context || 'error' in bound)
      return { errors: { bytes: errorOf(size), context: errorOf(context), bound: errorOf(bound) } }
    return { input: { ...size, ...context, ...bound.input } }
  },
  blankInput: () => ({}),
  // Few visits need it.
  Form: lazySection(() => import('./DataKeyForm.tsx').then(({ DataKeyForm }) => DataKeyForm)),
  announce: ({ plaintext }) => `Data key generated: ${count(plaintext.length, 'byte')}. Its plaintext is masked.`,
  made: ({ ciphertext }) => ciphertext,
  // Its plaintext stays masked in the next operation, as it is here.
  carryOver: ({ ciphertext }, { context, bound }) => ({ input: { ciphertext, context, bound }, masked: true }),
}
