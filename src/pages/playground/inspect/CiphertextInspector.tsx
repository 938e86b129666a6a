import { ciphertextFormatOf } from '../../../clouds/ciphertext-formats.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { count } from '../../../lib/numbers.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { CiphertextBar } from './CiphertextBar.tsx'
import { useParsedCiphertext } from './CiphertextNotice.tsx'
import { describeOrigin, describeVersion } from './describe-ciphertext.ts'
import { partsOf } from './parse-ciphertext.ts'

interface CiphertextInspectorProps {
  readonly ciphertext: string
  readonly selectedKey: KmsKey | undefined
}

/** Pieces of the ciphertext on the form, read in the page. One line for an opaque one; nothing for what is none. */
export function CiphertextInspector({ ciphertext, selectedKey }: CiphertextInspectorProps) {
  const parsed = useParsedCiphertext(ciphertext)
  if (parsed.kind !== 'ciphertext') return null
  const { versionPrefix, bytes, clouds } = parsed
  const parts = partsOf(parsed, selectedKey) ?? []
  return (
    <Panel title="Ciphertext inspector" sub="Read in this page, not sent">
      {versionPrefix ? (
        <div className="grid gap-2.5">
          <CiphertextBar ciphertext={parsed} versionPrefix={versionPrefix} selectedKey={selectedKey} />
          <p>
            {describeOrigin(parsed)}. Key version {describeVersion(versionPrefix, selectedKey)}.{' '}
            <span className="text-fg-muted">{clouds.map((id) => ciphertextFormatOf(id).certainty).join(' ')}</span>
          </p>
        </div>
      ) : (
        <p>
          {describeOrigin(parsed)}: {[count(bytes, 'byte'), ...parts.map(({ name }) => `one ${name}`)].join(', ')}.
        </p>
      )}
    </Panel>
  )
}
