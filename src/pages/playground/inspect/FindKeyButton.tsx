import { Search } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { Button } from '../../../ui/Button.tsx'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { PageCommands } from '../../shared/PageCommands.tsx'
import type { AllKeys } from '../../use-keys.ts'
import type { EncodedText } from '../fields/bytes-input.ts'
import { useParsedCiphertext } from './CiphertextNotice.tsx'
import type { ParsedCiphertext } from './parse-ciphertext.ts'
import type { FindKeyReport } from './use-find-key.ts'

const FindKeyDialog = lazyComponent(() => import('./FindKeyDialog.tsx').then(({ FindKeyDialog }) => FindKeyDialog))

/** What the search reports, and what is done with the key that it finds. */
export interface FindKeyHandlers {
  readonly onSearched: (report: FindKeyReport) => void
  /** Decrypts with the key that was found, and the context that it took. */
  readonly onUse: (key: KmsKey, ciphertext: string, context: EncodedText) => void
}

interface FindKeyButtonProps extends FindKeyHandlers {
  readonly ciphertext: string
  readonly context: EncodedText
  readonly list: AllKeys
  readonly selectedKey: KmsKey | undefined
}

/** Beside the button of an operation that takes a ciphertext: the search for the key that made it. */
export function FindKeyButton({ ciphertext, context, list, selectedKey, onSearched, onUse }: FindKeyButtonProps) {
  const parsed = useParsedCiphertext(ciphertext)
  const [searched, setSearched] = useState<ParsedCiphertext>()
  const find = {
    label: 'Find its key',
    icon: Search,
    disabledReason: parsed.kind === 'ciphertext' ? undefined : 'Paste a ciphertext first.',
    run: () => parsed.kind === 'ciphertext' && setSearched(parsed),
  }
  return (
    <>
      <Button size="lg" icon={find.icon} disabledReason={find.disabledReason} onClick={find.run}>
        {find.label}
      </Button>
      <PageCommands commands={[{ ...find, keywords: 'search ciphertext' }]} />
      {searched && (
        <Suspense fallback={null}>
          <FindKeyDialog
            ciphertext={ciphertext}
            parsed={searched}
            list={list}
            selectedKey={selectedKey}
            context={context}
            onClose={() => setSearched(undefined)}
            onSearched={onSearched}
            onUse={(key, text) => {
              setSearched(undefined)
              onUse(key, ciphertext, text)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
