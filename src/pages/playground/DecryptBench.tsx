import { ArrowRight } from 'lucide-react'
import { useId } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { ActButton } from './ActButton.tsx'
import { BenchFailure } from './BenchFailure.tsx'
import type { DecryptSide } from './bench.ts'
import { type BenchProps, fileStem } from './bench-props.ts'
import { CiphertextSize } from './CiphertextSize.tsx'
import { ContextField } from './ContextField.tsx'
import { envelopeWarning, withoutSpace } from './ciphertext.ts'
import { tooLargeWords, useCiphertextFile } from './ciphertext-file.ts'
import { FieldNote } from './FieldNote.tsx'
import { Pane, Panes } from './Pane.tsx'
import { PlaintextOut } from './PlaintextOut.tsx'
import { decryptInput } from './requests.ts'
import { SecretArea } from './SecretArea.tsx'

/** What to say of what was pasted: wrong once it was tried, doubtful before. */
function judge(side: DecryptSide, chosen: KmsKey | undefined) {
  if (!chosen) return { problems: {} }
  const checked = side.tried ? decryptInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const warning = problems.main
    ? undefined
    : envelopeWarning(side.ciphertext, chosen, cloudOf(chosen.cloud).traits, 'ciphertext')
  return { problems, ...(warning === undefined ? {} : { warning }) }
}

export function DecryptBench({ chosen, control, reason, masked, onMask, arrived, onCarry, onReEncrypt }: BenchProps) {
  const noteId = useId()
  const { bench, dispatch, act } = control
  const side = bench.decrypt
  const { ciphertext, context, outcome } = side
  const { problems, warning } = judge(side, chosen)
  const edit = (text: string) => dispatch({ type: 'edit', operation: 'decrypt', change: { ciphertext: text } })
  const file = useCiphertextFile(edit)
  const note = problems.main ?? (file.tooLarge ? tooLargeWords : outcome.state === 'failed' ? undefined : warning)
  const traits = chosen && cloudOf(chosen.cloud).traits
  return (
    <Panes>
      <Pane
        title="Ciphertext"
        end={
          onReEncrypt && (
            <Button
              variant="ghost"
              size="sm"
              icon={ArrowRight}
              disabledReason={withoutSpace(ciphertext) === '' ? 'Paste a ciphertext first.' : undefined}
              onClick={onReEncrypt}
            >
              Use in Re-encrypt
            </Button>
          )
        }
        footer={
          <>
            <CiphertextSize ciphertext={withoutSpace(ciphertext)} />
            <span className="flex-1" />
            <ActButton
              operation="decrypt"
              busy={outcome.state === 'running'}
              reason={reason}
              onAct={() => chosen && act('decrypt', chosen)}
            />
          </>
        }
      >
        <SecretArea
          label="Ciphertext"
          value={ciphertext}
          onChange={(text) => {
            file.forget()
            edit(text)
          }}
          onFile={file.onFile}
          placeholder="Paste a ciphertext"
          invalid={problems.main !== undefined}
          describedBy={note === undefined ? undefined : noteId}
          arrived={arrived}
        />
        {note !== undefined && (
          <div className="px-3.5 pt-1.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote id={noteId} tone={problems.main === undefined ? 'warning' : 'error'}>
              {note}
            </FieldNote>
          </div>
        )}
        {traits?.encryptionContext && (
          <ContextField
            typed={context}
            onChange={(next) => dispatch({ type: 'edit', operation: 'decrypt', change: { context: next } })}
            error={problems.context}
            hint="The same bytes that were given when it was encrypted."
          />
        )}
        {outcome.state === 'failed' && chosen && (
          <div className="p-2.5">
            <BenchFailure operation="decrypt" chosen={chosen} error={outcome.error} />
          </div>
        )}
      </Pane>
      <PlaintextOut
        outcome={outcome}
        stem={chosen ? fileStem(chosen) : ''}
        masked={masked}
        onMask={onMask}
        onCarry={onCarry}
      />
    </Panes>
  )
}
