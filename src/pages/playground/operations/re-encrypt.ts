import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { lazySection } from '../../../ui/lazy-section.tsx'
import { emptyText } from '../fields/bytes-input.ts'
import { validateContext } from '../fields/ContextField.tsx'
import { ciphertextError, withoutSpace } from '../inspect/ciphertext.ts'
import { errorOf, type PlaygroundOperation } from '../operation.ts'
import { explainWrongCiphertext } from '../operation-error.ts'
import type { ReEncryptDraft } from './ReEncryptForm.tsx'

const destinationInput = ({ destination }: ReEncryptDraft, key: KmsKey) =>
  destination ? { destination: destination.id, destinationType: destination.type } : { destination: key.id }

export const reEncrypt: PlaygroundOperation<'reEncrypt', ReEncryptDraft> = {
  labels: { button: 'Re-encrypt', running: 'Re-encrypting' },
  emptyDraft: { ciphertext: '', context: emptyText, destination: undefined, destinationContext: emptyText },
  forOtherKey: (draft) => ({ ...draft, destination: undefined }),
  validate(draft, key) {
    const { capabilities } = cloudOf(key.cloud)
    const context = validateContext(draft.context, key)
    const destinationContext = validateContext(draft.destinationContext, draft.destination ?? key)
    const error = ciphertextError(draft.ciphertext, capabilities, 're-encrypt')
    if (error !== undefined || 'error' in context || 'error' in destinationContext)
      return {
        errors: { ciphertext: error, context: errorOf(context), destinationContext: errorOf(destinationContext) },
      }
    return {
      input: {
        ciphertext: withoutSpace(draft.ciphertext),
        ...context,
        ...destinationInput(draft, key),
        ...('context' in destinationContext ? { destinationContext: destinationContext.context } : {}),
      },
    }
  },
  blankInput: (draft, key) => ({ ciphertext: '', ...destinationInput(draft, key) }),
  // Few visits need it.
  Form: lazySection(() => import('./ReEncryptForm.tsx').then(({ ReEncryptForm }) => ReEncryptForm)),
  announce: (_, { destination }) => `Re-encrypted for ${destination?.name ?? 'this key’s latest version'}.`,
  explainError: explainWrongCiphertext,
  pasted: ({ ciphertext, context }) => ({ ciphertext, context }),
  target: ({ destination }) => destination?.name ?? 'its latest version',
  carryOver: ({ ciphertext }, { destination, destinationContext: context }) => ({
    input: { ciphertext, context },
    ...(destination ? { key: destination.id } : {}),
  }),
  accept: ({ ciphertext = '', context = emptyText }, draft) => ({ ...draft, ciphertext, context }),
}
