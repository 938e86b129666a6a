import { CornerDownRight } from 'lucide-react'
import { useId } from 'react'
import type { OperationAnswers } from '../../../clouds/cloud.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { PropertyList } from '../../../ui/PropertyList.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { CiphertextSize } from '../fields/CiphertextSize.tsx'
import { ContextField } from '../fields/ContextField.tsx'
import { FILE_TOO_LARGE, useCiphertextFile } from '../fields/ciphertext-file.ts'
import { bytesOfText, type EncodedText } from '../fields/encoded-text.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import { RunButton } from '../fields/RunButton.tsx'
import { SecretTextarea } from '../fields/SecretTextarea.tsx'
import { withoutSpace } from '../inspect/ciphertext.ts'
import type { Outcome, ReEncryptState } from '../playground-state.ts'
import { CiphertextResult } from '../results/CiphertextResult.tsx'
import { OperationError } from '../results/OperationError.tsx'
import { reEncryptInput } from '../validate.ts'
import { DestinationField } from './DestinationField.tsx'
import { fileStem, type OperationFormProps } from './operation-form-props.ts'

const sizeOf = (typed: EncodedText) => {
  const decoded = bytesOfText(typed)
  return 'bytes' in decoded ? decoded.bytes.length : 0
}

/** What the new ciphertext takes to be decrypted. */
function Bound({ side, chosen }: { side: ReEncryptState; chosen: KmsKey }) {
  const { destination, destinationContext } = side
  const size = sizeOf(destinationContext)
  const items = [
    {
      name: 'Opens with',
      value: (
        <>
          <b className="font-semibold">{destination?.name ?? chosen.name}</b>
          {destination ? `, not ${chosen.name}` : ', made by its newest version'}
        </>
      ),
    },
    ...(cloudOf(chosen.cloud).capabilities.encryptionContext
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

/** Decrypts and encrypts in one call, with another key or the newest version of the same. */
export function ReEncryptForm({ list, chosen, control, reason, arrived, onCarry }: OperationFormProps) {
  const id = useId()
  const { bench, dispatch, run: act } = control
  const side = bench.reEncrypt
  const { ciphertext, context, destination, destinationContext } = side
  const outcome: Outcome<OperationAnswers['encrypt']> = side.outcome
  const checked = side.tried && chosen ? reEncryptInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const cloud = chosen && cloudOf(chosen.cloud)
  const edit = (change: Partial<Omit<ReEncryptState, 'tried' | 'outcome'>>) =>
    dispatch({ type: 'edit', operation: 'reEncrypt', change })
  const file = useCiphertextFile((text) => edit({ ciphertext: text }))
  const note = problems.main ?? (file.tooLarge ? FILE_TOO_LARGE : undefined)
  const sameContext = context.text === destinationContext.text && context.encoding === destinationContext.encoding
  return (
    <Panes>
      <Pane
        title="Source ciphertext"
        footer={
          <>
            <CiphertextSize ciphertext={withoutSpace(ciphertext)} />
            <span className="flex-1" />
            <RunButton
              operation="reEncrypt"
              busy={outcome.state === 'running'}
              disabledReason={reason}
              onRun={() => chosen && act('reEncrypt', chosen)}
            />
          </>
        }
      >
        <SecretTextarea
          label="Source ciphertext"
          value={ciphertext}
          onChange={(text) => {
            file.forget()
            edit({ ciphertext: text })
          }}
          onFile={file.onFile}
          placeholder={chosen ? `Paste a ciphertext of ${chosen.name}` : 'Paste a ciphertext'}
          invalid={problems.main !== undefined}
          describedBy={note === undefined ? undefined : `${id}-main`}
          takesFocus={arrived}
          short
        />
        {note !== undefined && (
          <div className="px-3.5 pt-1.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote id={`${id}-main`} tone={problems.main === undefined ? 'warning' : 'error'}>
              {note}
            </FieldNote>
          </div>
        )}
        {cloud?.capabilities.encryptionContext && (
          <ContextField
            label="Source context"
            text={context}
            onChange={(next) => edit({ context: next })}
            error={problems.context}
            hint="The same bytes that were given when it was encrypted."
          />
        )}
        {chosen && (
          <DestinationField
            list={list}
            chosen={chosen}
            destination={destination}
            onChange={(next) => edit({ destination: next })}
          />
        )}
        {cloud?.capabilities.encryptionContext && (
          <ContextField
            label="Destination context"
            text={destinationContext}
            onChange={(next) => edit({ destinationContext: next })}
            error={problems.destinationContext}
            hint="The source context is not carried over: what stands here is what decrypting will need."
            beside={
              context.text !== '' &&
              !sameContext && (
                <Button
                  variant="ghost"
                  size="sm"
                  icon={CornerDownRight}
                  onClick={() => edit({ destinationContext: context })}
                >
                  Use the source’s
                </Button>
              )
            }
          />
        )}
        {outcome.state === 'failed' && chosen && (
          <div className="p-2.5">
            <OperationError operation="reEncrypt" chosen={chosen} error={outcome.error} />
          </div>
        )}
      </Pane>
      <CiphertextResult
        outcome={outcome}
        textOf={({ ciphertext }) => ciphertext}
        noun="ciphertext"
        done="Re-encrypted"
        stem={chosen ? fileStem(chosen) : ''}
        carry="Use in Decrypt"
        onCarry={onCarry}
        empty={`The new ciphertext appears here. ${cloud?.longName ?? 'The cloud'} decrypts and encrypts inside its KMS: the plaintext never leaves it.`}
        facts={
          chosen && (
            <>
              <Bound side={side} chosen={chosen} />
              <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
                <FieldNote tone="info">
                  The plaintext never left {cloud?.longName}. The source ciphertext still opens as before.
                </FieldNote>
              </div>
            </>
          )
        }
      />
    </Panes>
  )
}
