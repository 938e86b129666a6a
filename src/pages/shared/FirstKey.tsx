import { KeyRound } from 'lucide-react'
import { cloudOf } from '../../clouds/registry.ts'
import { formatList } from '../../lib/format-list.ts'
import { Code } from '../../ui/Code.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useConnections } from '../use-keys.ts'
import { CreateKeyLink } from './CreateKeyLink.tsx'
import { PageCopyButton } from './PageCopyButton.tsx'

const DEMO = 'npm run demo'

/** The demo listens where this console does, so that one of them has to end. */
const DemoHint = () => (
  <div className="grid justify-items-center gap-2 px-6 pb-10 text-center text-fg-muted">
    <p className="max-w-[44ch] text-balance">
      To see the console filled with example keys, stop it with Ctrl+C and run this in its place:
    </p>
    <p className="flex items-center gap-1 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
      <Code>{DEMO}</Code>
      <PageCopyButton text={DEMO} what="command" />
    </p>
  </div>
)

/** What an empty console is for, the way to a first key, and, where the local KMS serves, to the demo. */
export function FirstKey({ title }: { title: string }) {
  const connections = useConnections()
  const isLocal = connections.some(({ mode }) => mode === 'embedded')
  const isTrial = connections.every(({ mode }) => mode === 'embedded')
  return (
    <div>
      <EmptyState icon={KeyRound} title={title} actions={<CreateKeyLink words="Create your first key" />}>
        KMS Console manages the keys of {formatList(connections.map(({ id }) => cloudOf(id).longName))}
        {isTrial ? '; the local KMS stands in for them, so that you can try everything without an account.' : '.'}
      </EmptyState>
      {isLocal ? <DemoHint /> : null}
    </div>
  )
}
