import { CornerDownRight } from 'lucide-react'
import { useId } from 'react'
import type { OperationAnswers } from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { count } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { ActButton } from './ActButton.tsx'
import { BenchFailure } from './BenchFailure.tsx'
import type { Outcome, ReEncryptSide } from './bench.ts'
import { type BenchProps, fileStem } from './bench-props.ts'
import { CiphertextSize } from './CiphertextSize.tsx'
import { ContextField } from './ContextField.tsx'
import { withoutSpace } from './ciphertext.ts'
import { tooLargeWords, useCiphertextFile } from './ciphertext-file.ts'
import { DestinationField } from './DestinationField.tsx'
import { EnvelopeOut } from './EnvelopeOut.tsx'
import { FieldNote } from './FieldNote.tsx'
import { Pane, Panes } from './Pane.tsx'
import { reEncryptInput } from './requests.ts'
import { SecretArea } from './SecretArea.tsx'
import { bytesOfTyped, type Typed } from './typed.ts'

const sizeOf = (typed: Typed) => {
  const decoded = bytesOfTyped(typed)
  return 'bytes' in decoded ? decoded.bytes.length : 0
}

/** What the new ciphertext takes to be decrypted. */
function Bound({ side, chosen }: { side: ReEncryptSide; chosen: KmsKey }) {
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
    ...(cloudOf(chosen.cloud).traits.encryptionContext
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
export function ReEncryptBench({ list, chosen, control, reason, arrived, onCarry }: BenchProps) {
  const id = useId()
  const { bench, dispatch, act } = control
  const side = bench.reEncrypt
  const { ciphertext, context, destination, destinationContext } = side
  const outcome: Outcome<OperationAnswers['encrypt']> = side.outcome
  const checked = side.tried && chosen ? reEncryptInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const cloud = chosen && cloudOf(chosen.cloud)
  const edit = (change: Partial<Omit<ReEncryptSide, 'tried' | 'outcome'>>) =>
    dispatch({ type: 'edit', operation: 'reEncrypt', change })
  const file = useCiphertextFile((text) => edit({ ciphertext: text }))
  const note = problems.main ?? (file.tooLarge ? tooLargeWords : undefined)
  const sameContext = context.text === destinationContext.text && context.encoding === destinationContext.encoding
  return (
    <Panes>
      <Pane
        title="Source ciphertext"
        footer={
          <>
            <CiphertextSize ciphertext={withoutSpace(ciphertext)} />
            <span className="flex-1" />
            <ActButton
              operation="reEncrypt"
              busy={outcome.state === 'running'}
              reason={reason}
              onAct={() => chosen && act('reEncrypt', chosen)}
            />
          </>
        }
      >
        <SecretArea
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
          arrived={arrived}
          short
        />
        {note !== undefined && (
          <div className="px-3.5 pt-1.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote id={`${id}-main`} tone={problems.main === undefined ? 'warning' : 'error'}>
              {note}
            </FieldNote>
          </div>
        )}
        {cloud?.traits.encryptionContext && (
          <ContextField
            label="Source context"
            typed={context}
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
        {cloud?.traits.encryptionContext && (
          <ContextField
            label="Destination context"
            typed={destinationContext}
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
            <BenchFailure operation="reEncrypt" chosen={chosen} error={outcome.error} />
          </div>
        )}
      </Pane>
      <EnvelopeOut
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
