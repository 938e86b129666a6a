import { useDeferredValue } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import type { CryptographicOperation } from '../../clouds/operations.ts'
import { Panel } from '../../ui/Panel.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { prepareRequest } from './operation.ts'
import { registry } from './operations/registry.ts'
import { operationState, type PlaygroundState } from './playground-state.ts'

interface CodeSectionProps<Id extends CryptographicOperation> {
  readonly id: Id
  readonly selectedKey: KmsKey
  readonly state: PlaygroundState
  readonly masked: boolean
}

/** Code that sends the same request from elsewhere. */
export function CodeSection<Id extends CryptographicOperation>({
  id,
  selectedKey,
  state,
  masked,
}: CodeSectionProps<Id>) {
  // Long input makes long code, and typing must not wait for it.
  const { draft } = operationState(useDeferredValue(state), id)
  if (masked && registry[id].hasSecretInput)
    return (
      <Panel title="Code">
        <p className="text-fg-muted">The code holds the plaintext, which is masked. Show the plaintext to read it.</p>
      </Panel>
    )
  const { errors, code } = prepareRequest(id, registry[id], draft, selectedKey)
  return (
    <PageCodePanel
      label="Code"
      samples={code().map((snippet) => ({ id: snippet.label, ...snippet }))}
      footer={
        errors === undefined
          ? 'Credentials are read from the environment.'
          : 'The input is not valid yet, so its place is empty. Credentials are read from the environment.'
      }
    />
  )
}
