import { Suspense, useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import type { PlaygroundOperation } from '../../shared/operations.ts'
import type { AllKeys } from '../../use-keys.ts'
import type { EncodedText } from '../fields/encoded-text.ts'
import type { PlaygroundState } from '../playground-state.ts'
import type { PlaygroundRunner } from '../use-playground-runner.ts'
import { CiphertextInspectorPanel } from './CiphertextInspectorPanel.tsx'
import type { ParsedCiphertext } from './parse-ciphertext.ts'

const FindKeyDialog = lazyComponent(() => import('./FindKeyDialog.tsx').then(({ FindKeyDialog }) => FindKeyDialog))

interface Inspected {
  readonly ciphertext: string
  /** What stands beside a ciphertext that goes in; absent for one that has just been made. */
  readonly context?: EncodedText
}

/** The ciphertext on a tab: the one that goes in, else the one that came out. Undefined on tabs that have none. */
export function inspectedCiphertext(bench: PlaygroundState, operation: PlaygroundOperation): Inspected | undefined {
  const { encrypt, decrypt, reEncrypt, dataKey } = bench
  if (operation === 'decrypt') return { ciphertext: decrypt.ciphertext, context: decrypt.context }
  if (operation === 'reEncrypt') return { ciphertext: reEncrypt.ciphertext, context: reEncrypt.context }
  const made = operation === 'encrypt' ? encrypt.outcome : operation === 'dataKey' ? dataKey.outcome : undefined
  return made?.state === 'done' ? { ciphertext: made.answer.ciphertext } : undefined
}

interface InspectorProps {
  readonly inspected: Inspected
  readonly list: AllKeys
  readonly chosen: KmsKey | undefined
  readonly dispatch: PlaygroundRunner['dispatch']
  readonly onUse: (key: KmsKey, ciphertext: string, context: EncodedText) => void
}

/** The inspector of the ciphertext at hand, and the search for its key. */
export function CiphertextInspector({ inspected, list, chosen, dispatch, onUse }: InspectorProps) {
  const { ciphertext, context } = inspected
  const [finding, setFinding] = useState<ParsedCiphertext>()
  return (
    <>
      <CiphertextInspectorPanel
        ciphertext={ciphertext}
        made={context === undefined}
        chosen={chosen}
        onFind={context ? setFinding : undefined}
      />
      {finding && context && (
        <Suspense fallback={null}>
          <FindKeyDialog
            ciphertext={ciphertext}
            read={finding}
            list={list}
            chosen={chosen}
            context={context}
            onClose={() => setFinding(undefined)}
            onSearched={({ found, asked, milliseconds }) =>
              dispatch({ type: 'searched', keyName: found?.name ?? '', tried: asked, at: Date.now(), milliseconds })
            }
            onUse={(key, typed) => {
              setFinding(undefined)
              onUse(key, ciphertext, typed)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
