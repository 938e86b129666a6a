import { Code } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Snippet } from '../../clouds/snippet.ts'
import { Button } from '../../ui/Button.tsx'
import { lazySection } from '../../ui/lazy-section.tsx'
import { PageCommands } from './PageCommands.tsx'

const PageCodePanel = lazySection(() => import('./PageCodePanel.tsx').then(({ PageCodePanel }) => PageCodePanel))

export interface SnippetGroup {
  /** The accessible name of its tabs: "Code to rotate". */
  readonly label: string
  readonly snippets: readonly Snippet[]
  /** What to mind, as sentences. */
  readonly note?: string | undefined
}

interface ShowCodeProps {
  /** Made only while they are shown, and again whenever the form changes. */
  groups: () => readonly SnippetGroup[]
  /** Why there is no code now. */
  disabledReason?: string | undefined
}

/** For a field whose text can't be sent as it is. */
export const notValidYet = (field: 'days' | 'period', instead: number): string =>
  `${field === 'days' ? 'The number of days' : 'The period'} is not valid yet: the code has the usual ${instead}.`

/** The request that a form would send, to run elsewhere. In a dialog it scrolls in itself, so that the buttons stay near. */
export function ShowCode({ groups, disabledReason }: ShowCodeProps) {
  const [wanted, setWanted] = useState(false)
  const open = wanted && disabledReason === undefined
  const label = open ? 'Hide code' : 'Show code'
  const toggle = () => setWanted(!wanted)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-2">
      <Button
        size="sm"
        variant="ghost"
        icon={Code}
        aria-expanded={open}
        disabledReason={disabledReason}
        onClick={toggle}
        className="-ml-2 print:hidden"
      >
        {label}
      </Button>
      <PageCommands commands={[{ label, icon: Code, run: toggle, disabledReason, keywords: 'curl cli go' }]} />
      {open ? (
        <Suspense>
          {groups().map(({ label, snippets, note }) => (
            <PageCodePanel
              key={label}
              label={label}
              samples={snippets.map((snippet) => ({ id: snippet.label, ...snippet }))}
              footer={[note, 'Credentials are read from the environment.'].filter(Boolean).join(' ')}
              className="w-full in-[[role=dialog]]:[&_[role=tabpanel]]:max-h-[min(24rem,60dvh)]"
            />
          ))}
        </Suspense>
      ) : null}
    </div>
  )
}
