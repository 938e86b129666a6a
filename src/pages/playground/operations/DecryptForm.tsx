import { ArrowRight } from 'lucide-react'
import { useId } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { CiphertextSize } from '../fields/CiphertextSize.tsx'
import { ContextField } from '../fields/ContextField.tsx'
import { FILE_TOO_LARGE, useCiphertextFile } from '../fields/ciphertext-file.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import { RunButton } from '../fields/RunButton.tsx'
import { SecretTextarea } from '../fields/SecretTextarea.tsx'
import { ciphertextWarning, withoutSpace } from '../inspect/ciphertext.ts'
import type { DecryptState } from '../playground-state.ts'
import { OperationError } from '../results/OperationError.tsx'
import { PlaintextResult } from '../results/PlaintextResult.tsx'
import { decryptInput } from '../validate.ts'
import { fileStem, type OperationFormProps } from './operation-form-props.ts'

/** What to say of what was pasted: wrong once it was tried, doubtful before. */
function judge(side: DecryptState, chosen: KmsKey | undefined) {
  if (!chosen) return { problems: {} }
  const checked = side.tried ? decryptInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const warning = problems.main
    ? undefined
    : ciphertextWarning(side.ciphertext, chosen, cloudOf(chosen.cloud).capabilities, 'ciphertext')
  return { problems, ...(warning === undefined ? {} : { warning }) }
}

export function DecryptForm({
  chosen,
  control,
  reason,
  masked,
  onMask,
  arrived,
  onCarry,
  onReEncrypt,
}: OperationFormProps) {
  const noteId = useId()
  const { bench, dispatch, run: act } = control
  const side = bench.decrypt
  const { ciphertext, context, outcome } = side
  const { problems, warning } = judge(side, chosen)
  const edit = (text: string) => dispatch({ type: 'edit', operation: 'decrypt', change: { ciphertext: text } })
  const file = useCiphertextFile(edit)
  const note = problems.main ?? (file.tooLarge ? FILE_TOO_LARGE : outcome.state === 'failed' ? undefined : warning)
  const traits = chosen && cloudOf(chosen.cloud).capabilities
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
            <RunButton
              operation="decrypt"
              busy={outcome.state === 'running'}
              disabledReason={reason}
              onRun={() => chosen && act('decrypt', chosen)}
            />
          </>
        }
      >
        <SecretTextarea
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
          takesFocus={arrived}
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
            text={context}
            onChange={(next) => dispatch({ type: 'edit', operation: 'decrypt', change: { context: next } })}
            error={problems.context}
            hint="The same bytes that were given when it was encrypted."
          />
        )}
        {outcome.state === 'failed' && chosen && (
          <div className="p-2.5">
            <OperationError operation="decrypt" chosen={chosen} error={outcome.error} />
          </div>
        )}
      </Pane>
      <PlaintextResult
        outcome={outcome}
        stem={chosen ? fileStem(chosen) : ''}
        masked={masked}
        onMask={onMask}
        onCarry={onCarry}
      />
    </Panes>
  )
}
