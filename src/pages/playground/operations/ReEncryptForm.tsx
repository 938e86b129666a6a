import { CornerDownRight } from 'lucide-react'
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { PropertyList } from '../../../ui/PropertyList.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { decodeText, type EncodedText } from '../fields/bytes-input.ts'
import { CiphertextField, CiphertextSize } from '../fields/CiphertextField.tsx'
import { ContextField, contextLimitOf } from '../fields/ContextField.tsx'
import { FieldNote } from '../fields/FieldNote.tsx'
import type { OperationFormProps, Outcome } from '../operation.ts'
import { CiphertextResult } from '../results/CiphertextResult.tsx'
import { DestinationField } from './DestinationField.tsx'

export interface ReEncryptDraft {
  readonly ciphertext: string
  readonly context: EncodedText
  /** Undefined stands for the latest version of the selected key itself. */
  readonly destination: KmsKey | undefined
  readonly destinationContext: EncodedText
}

const byteLength = (text: EncodedText) => {
  const decoded = decodeText(text)
  return 'bytes' in decoded ? decoded.bytes.length : 0
}

interface ResultRequirementsProps {
  readonly draft: ReEncryptDraft
  readonly selectedKey: KmsKey
}

/** Key and context that decrypt the new ciphertext. */
function ResultRequirements({ draft, selectedKey }: ResultRequirementsProps) {
  const { destination, destinationContext } = draft
  const size = byteLength(destinationContext)
  const items = [
    {
      name: 'Key',
      value: (
        <>
          <b className="font-semibold">{destination?.name ?? selectedKey.name}</b>, latest version
        </>
      ),
    },
    ...(contextLimitOf(destination ?? selectedKey)
      ? [
          {
            name: 'Context',
            value: size === 0 ? 'None' : `The destination context, ${count(size, 'byte')}`,
          },
        ]
      : []),
  ]
  return <PropertyList tight items={items} className="border-line border-t px-3.5 py-1 max-sm:px-(--gutter)" />
}

/** Decrypts and encrypts in one call, with another key or the latest version of the same. */
export function ReEncryptForm(props: OperationFormProps<ReEncryptDraft, OperationAnswers['reEncrypt']>) {
  const { list, selectedKey, draft, errors, onEdit } = props
  const { ciphertext, context, destination, destinationContext } = draft
  // The answer names no version: the ciphertext itself may.
  const outcome: Outcome<OperationAnswers['encrypt']> = props.outcome
  const cloud = selectedKey && cloudOf(selectedKey.cloud)
  const takesContext = selectedKey && contextLimitOf(selectedKey) !== undefined
  const sameContext = context.value === destinationContext.value && context.encoding === destinationContext.encoding
  return (
    <Panes>
      <Pane
        title="Source ciphertext"
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
          label="Source ciphertext"
          value={ciphertext}
          onChange={(next) => onEdit({ ciphertext: next })}
          placeholder={selectedKey ? `Paste a ciphertext of ${selectedKey.name}` : 'Paste a ciphertext'}
          error={errors.ciphertext}
          takesFocus={props.takesFocus}
          short
        />
        {takesContext && (
          <ContextField
            label="Source context"
            text={context}
            onChange={(next) => onEdit({ context: next })}
            error={errors.context}
            hint="The bytes that were used to encrypt."
          />
        )}
        {selectedKey && (
          <DestinationField
            list={list}
            selectedKey={selectedKey}
            destination={destination}
            onChange={(next) => onEdit({ destination: next })}
          />
        )}
        {selectedKey && contextLimitOf(destination ?? selectedKey) && (
          <ContextField
            label="Destination context"
            text={destinationContext}
            onChange={(next) => onEdit({ destinationContext: next })}
            error={errors.destinationContext}
            hint={`${takesContext ? 'The source context is not copied. ' : ''}Decrypting the new ciphertext needs this one.`}
            beside={
              takesContext &&
              context.value !== '' &&
              !sameContext && (
                <Button
                  variant="ghost"
                  size="sm"
                  icon={CornerDownRight}
                  onClick={() => onEdit({ destinationContext: context })}
                >
                  Copy source context
                </Button>
              )
            }
          />
        )}
        {props.errorNote}
      </Pane>
      <CiphertextResult
        selectedKey={selectedKey}
        outcome={outcome}
        textOf={(answer) => answer.ciphertext}
        noun="ciphertext"
        success="Re-encrypted"
        carryOver={props.carryOver}
        empty={`The new ciphertext appears here. The plaintext stays inside ${cloud?.longName ?? 'the cloud'}.`}
        facts={
          selectedKey && (
            <>
              <ResultRequirements draft={draft} selectedKey={selectedKey} />
              <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
                <FieldNote tone="info">
                  The plaintext stayed inside {cloud?.longName}. The source ciphertext can still be decrypted.
                </FieldNote>
              </div>
            </>
          )
        }
      />
    </Panes>
  )
}
