import type { QueryClient } from '@tanstack/react-query'
import { FileLock2 } from 'lucide-react'
import { useCallback } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { queries } from '../../clouds/queries.ts'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { usePageCommands } from '../commands.ts'
import { Page } from '../shared/Page.tsx'
import { useLeaveGuard } from '../shared/use-leave-guard.ts'
import { useAllKeys } from '../use-keys.ts'
import { useLinks } from '../use-project.ts'
import { DecryptTab } from './DecryptTab.tsx'
import { EncryptTab } from './EncryptTab.tsx'
import { FilesRefusal, useFilesRefusal } from './FilesRefusal.tsx'
import { type FilesTab, readFilesView, tabs, useFilesView } from './files-url.ts'
import { formatSize } from './format.ts'
import { LeaveGuard } from './LeaveGuard.tsx'
import { type FileRun, useFileRun } from './use-file-run.ts'
import { useInspection } from './use-inspection.ts'

export const load =
  (client: QueryClient) =>
  ({ request }: LoaderFunctionArgs) => {
    const { address } = readFilesView(new URL(request.url).searchParams)
    if (address) void client.prefetchQuery(queries.key(address))
    return null
  }

const labels: Record<FilesTab, string> = { encrypt: 'Encrypt a file', decrypt: 'Decrypt a file' }

/** Announcement for screen readers; errors are announced where they are shown. */
function announcement({ run }: FileRun, doing: string, did: string): string {
  if (run.state === 'running') return `${doing} the file.`
  if (run.state === 'done') return `${did} and saved as ${run.report.name}, ${formatSize(run.report.size)}.`
  return run.state === 'idle' && run.cancelled ? 'Cancelled. Nothing was kept.' : ''
}

export default function FilesPage() {
  const view = useFilesView()
  const refusal = useFilesRefusal()
  const links = useLinks()
  const list = useAllKeys()
  const encrypting = useFileRun()
  const decrypting = useFileRun()
  const header = useInspection()
  const busy = encrypting.run.state === 'running' || decrypting.run.state === 'running'
  const blocker = useLeaveGuard(useCallback(() => busy, [busy]))
  usePageCommands(
    tabs
      .filter((tab) => tab !== view.tab)
      .map((tab) => ({ label: labels[tab], icon: FileLock2, run: () => view.open(tab), keywords: 'tab' })),
  )
  const crumbs = [{ label: 'Playground', to: links.playground(view.address) }]

  if (refusal)
    return (
      <Page title="Files" crumbs={crumbs}>
        <FilesRefusal refusal={refusal} />
      </Page>
    )
  return (
    <Page title="Files" crumbs={crumbs}>
      <Tabs
        label="What to do"
        className="pt-1"
        tabs={tabs.map((value) => ({ value, label: labels[value] }))}
        value={view.tab}
        onChange={view.open}
      >
        {view.tab === 'encrypt' ? (
          <EncryptTab list={list} address={view.address} onChoose={view.choose} work={encrypting} />
        ) : (
          <DecryptTab header={header} work={decrypting} />
        )}
      </Tabs>
      <LiveRegion>
        {[announcement(encrypting, 'Encrypting', 'Encrypted'), announcement(decrypting, 'Decrypting', 'Decrypted')]
          .join(' ')
          .trim()}
      </LiveRegion>
      <LeaveGuard blocker={blocker} />
    </Page>
  )
}
