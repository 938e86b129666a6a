import { useDeferredValue } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import { Panel } from '../../ui/Panel.tsx'
import type { PlaygroundOperation } from '../shared/operations.ts'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import type { PlaygroundState } from './playground-state.ts'
import { prepare } from './validate.ts'

interface CodeSectionProps {
  readonly bench: PlaygroundState
  readonly chosen: KmsKey
  readonly operation: PlaygroundOperation
  readonly masked: boolean
}

/** The request that the act would send, to run elsewhere. */
export function CodeSection({ bench, chosen, operation, masked }: CodeSectionProps) {
  // Long input makes long code, and typing must not wait for it.
  const deferred = useDeferredValue(bench)
  if (masked && operation === 'encrypt')
    return (
      <Panel title="Code">
        <p className="text-fg-muted">The code holds the plaintext, which is masked. Show the plaintext to read it.</p>
      </Panel>
    )
  const { problems, code } = prepare(deferred, operation, chosen)
  return (
    <PageCodePanel
      label="Code"
      samples={code().map((snippet) => ({ id: snippet.label, ...snippet }))}
      footer={
        problems === undefined
          ? 'Credentials are read from the environment.'
          : 'The input is not valid yet, so its place is empty. Credentials are read from the environment.'
      }
    />
  )
}
