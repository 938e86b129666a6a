import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { useSearchParams } from '../../router/react.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { lazySection } from '../../ui/lazy-section.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { usePrinting } from '../../ui/use-media.ts'
import { useKeyActions } from '../shared/key-actions/use-key-actions.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useCopy } from '../shared/use-copy.ts'
import { useNow } from '../shared/use-now.ts'
import { KeyHeader } from './KeyHeader.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { RotationTab } from './RotationTab.tsx'
import { StatusBanner } from './StatusBanner.tsx'
import { commandGroup, exportItem, useKeyPageCommands } from './use-key-page-commands.ts'
import { namesExport, tabLabels, tabsOf, useKeyTab } from './use-key-tab.ts'
import { useRotationForm } from './use-rotation-form.ts'

const PublicKeyTab = lazySection(() => import('./PublicKeyTab.tsx').then(({ PublicKeyTab }) => PublicKeyTab))
const ReplicasTab = lazySection(() => import('./ReplicasTab.tsx').then(({ ReplicasTab }) => ReplicasTab))
const CodeTab = lazySection(() => import('./CodeTab.tsx').then(({ CodeTab }) => CodeTab))
const AccessTab = lazySection(() => import('./access/AccessTab.tsx').then(({ AccessTab }) => AccessTab))
const KeyActivity = lazySection(() =>
  import('../shared/activity/KeyActivity.tsx').then(({ KeyActivity }) => KeyActivity),
)

const StoreNotice = lazyComponent(() => import('../shared/ExternalKey.tsx').then(({ StoreNotice }) => StoreNotice))
const ExportDialog = lazyComponent(() => import('./ExportDialog.tsx').then(({ ExportDialog }) => ExportDialog))

interface KeyContentProps {
  kmsKey: KmsKey
  /** Error of the last refresh; the key on screen is older then. */
  stale: Error | null
  retrying: boolean
  onRetry: () => void
}

export function KeyContent({ kmsKey: key, stale, retrying, onRetry }: KeyContentProps) {
  const now = useNow()
  const { person } = useSuspenseQuery(queries.session()).data
  const tabs = tabsOf(key, person !== undefined)
  const [tab, choose] = useKeyTab(tabs)
  const actions = useKeyActions()
  const { copy, copyDialog } = useCopy()
  const versions = useQuery({ ...queries.versions(key), placeholderData: keepPreviousData })
  // The form's state lives here, so that switching tabs does not lose it.
  const form = useRotationForm(key)
  const heading = useHeadingFocus(key.status)
  const [params] = useSearchParams()
  const [exporting, setExporting] = useState(() => namesExport(params) && exportItem(key) !== undefined)
  const [replicating, setReplicating] = useState(false)
  const closeExport = useCallback(() => setExporting(false), [])
  useKeyPageCommands(key, {
    start: actions.start,
    copy,
    tabs,
    tab,
    open: choose,
    startExport: () => setExporting(true),
    startReplication() {
      choose('replicas')
      setReplicating(true)
    },
  })
  const printed = tabs.filter((one) => one === 'overview' || one === 'rotation' || one === tab)
  const shown = usePrinting() ? printed : [tab]

  return (
    <>
      <KeyHeader
        kmsKey={key}
        now={now}
        start={actions.start}
        startExport={() => setExporting(true)}
        copy={copy}
        headingRef={heading}
      />
      <StatusBanner kmsKey={key} now={now} start={actions.start} running={actions.running} />
      {key.external ? (
        <Suspense>
          <StoreNotice kmsKey={key} className="mb-3" />
        </Suspense>
      ) : null}
      {stale && (
        <Banner
          tone="warning"
          title="This key could not be read again."
          meta={requestLine(detailsOf(stale))}
          className="mb-3"
          actions={
            <>
              <Button size="sm" icon={RotateCw} busy={retrying} className="print:hidden" onClick={onRetry}>
                {retrying ? 'Retrying' : 'Retry'}
              </Button>
              <PageCommands
                title={commandGroup(key)}
                commands={[{ label: 'Read the key again', icon: RotateCw, run: onRetry }]}
              />
            </>
          }
        >
          {detailsOf(stale).message} What you see may be out of date.
        </Banner>
      )}
      <Tabs
        label="About this key"
        tabs={tabs.map((value) => ({
          value,
          label: tabLabels[value],
          ...(value === 'rotation' ? { count: key.latestVersion } : {}),
        }))}
        value={tab}
        onChange={choose}
        panelClassName="pt-4"
        className="print:[&_[role=tablist]]:hidden"
      >
        <div className="grid gap-4">
          {shown.includes('overview') && <OverviewTab kmsKey={key} versions={versions} now={now} />}
          {shown.includes('rotation') && <RotationTab kmsKey={key} versions={versions} form={form} now={now} />}
          <Suspense>
            {shown.includes('public-key') && <PublicKeyTab kmsKey={key} versions={versions.data?.items} now={now} />}
            {shown.includes('replicas') && (
              <ReplicasTab kmsKey={key} now={now} replicating={replicating} onReplicating={setReplicating} />
            )}
            {shown.includes('code') && <CodeTab kmsKey={key} />}
            {shown.includes('access') && <AccessTab kmsKey={key} />}
            {shown.includes('activity') && <KeyActivity kmsKey={key} />}
          </Suspense>
        </div>
      </Tabs>
      {exporting && (
        <Suspense>
          <ExportDialog kmsKey={key} versions={versions.data?.items} onClose={closeExport} />
        </Suspense>
      )}
      {actions.dialog}
      {copyDialog}
    </>
  )
}

/** Focus for the heading when the status changes, since a banner's button is removed with the banner. */
function useHeadingFocus(status: KmsKey['status']) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(status)
  useEffect(() => {
    if (shown.current === status) return
    shown.current = status
    if (document.activeElement === document.body) heading.current?.focus()
  }, [status])
  return heading
}
