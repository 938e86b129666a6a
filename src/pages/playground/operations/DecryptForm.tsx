import { ArrowRight } from 'lucide-react'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { type BindingDraft, BindingFields, validateBound } from '../fields/BoundFields.tsx'
import { emptyText, encodeText } from '../fields/bytes-input.ts'
import { CiphertextField, CiphertextSize } from '../fields/CiphertextField.tsx'
import { validateContext } from '../fields/ContextField.tsx'
import { ciphertextError, withoutSpace } from '../inspect/ciphertext.ts'
import { errorOf, type OperationFormProps, type PlaygroundOperation } from '../operation.ts'
import { explainWrongCiphertext } from '../operation-error.ts'
import { PlaintextResult } from '../results/PlaintextResult.tsx'

export interface DecryptDraft extends BindingDraft {
  readonly ciphertext: string
}

const disabledReasonOf = (ciphertext: string) =>
  withoutSpace(ciphertext) === '' ? 'Paste a ciphertext first.' : undefined

function DecryptForm(props: OperationFormProps<DecryptDraft, OperationAnswers['decrypt']>) {
  const { selectedKey, draft, outcome, errors, onEdit, carryInputOver } = props
  const { ciphertext } = draft
  return (
    <Panes>
      <Pane
        title="Ciphertext"
        end={
          carryInputOver && (
            <Button
              variant="ghost"
              size="sm"
              icon={ArrowRight}
              disabledReason={disabledReasonOf(ciphertext)}
              onClick={carryInputOver.onClick}
            >
              {carryInputOver.label}
            </Button>
          )
        }
        footer={
          <>
            <CiphertextSize value={ciphertext} />
            <span className="flex-1" />
            {props.findKeyButton}
            {props.runButton}
          </>
        }
      >
        <CiphertextField
          label="Ciphertext"
          value={ciphertext}
          onChange={(next) => onEdit({ ciphertext: next })}
          placeholder="Paste a ciphertext"
          error={errors.ciphertext}
          takesFocus={props.takesFocus}
        />
        <BindingFields
          of={selectedKey}
          draft={draft}
          onEdit={onEdit}
          errors={errors}
          hint="The bytes that were used to encrypt."
        />
        {props.errorNote}
      </Pane>
      <PlaintextResult
        selectedKey={selectedKey}
        outcome={outcome}
        masked={props.masked}
        onMask={props.onMask}
        carryOver={props.carryOver}
      />
    </Panes>
  )
}

export const decrypt: PlaygroundOperation<'decrypt', DecryptDraft> = {
  labels: { button: 'Decrypt', running: 'Decrypting' },
  emptyDraft: { ciphertext: '', context: emptyText, bound: {} },
  validate({ ciphertext, context: text, bound: texts }, key) {
    const { capabilities } = cloudOf(key.cloud)
    const context = validateContext(text, key)
    const error = ciphertextError(ciphertext, capabilities)
    const bound = validateBound(texts, key)
    if (error === undefined && !('error' in context) && 'input' in bound)
      return { input: { ciphertext: withoutSpace(ciphertext), ...context, ...bound.input } }
    return { errors: { ciphertext: error, context: errorOf(context), bound: errorOf(bound) } }
  },
  blankInput: () => ({ ciphertext: '' }),
  Form: DecryptForm,
  announce: ({ plaintext }) => `Decrypted: ${count(plaintext.length, 'byte')}.`,
  explainError: explainWrongCiphertext,
  pasted: ({ ciphertext, context }) => ({ ciphertext, context }),
  carryOver: ({ plaintext }, { context, bound }) => ({
    input: { plaintext: encodeText(plaintext), context, bound },
  }),
  carryInputOver({ ciphertext, context }) {
    const disabledReason = disabledReasonOf(ciphertext)
    return disabledReason === undefined ? { input: { ciphertext, context } } : { disabledReason }
  },
  accept: ({ ciphertext = '', context = emptyText, bound = {} }) => ({ ciphertext, context, bound }),
}
