import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { lazySection } from '../../ui/lazy-section.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { useKeyActions } from '../shared/key-actions/use-key-actions.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useCopy } from '../shared/use-copy.ts'
import { useNow } from '../shared/use-now.ts'
import { KeyHeader } from './KeyHeader.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { RotationTab } from './RotationTab.tsx'
import { StatusBanner } from './StatusBanner.tsx'
import { commandGroup, tabsWithDialog, useKeyPageCommands } from './use-key-page-commands.ts'
import { type KeyTab, tabLabels, tabsOf, useKeyTab } from './use-key-tab.ts'
import { useRotationForm } from './use-rotation-form.ts'
import { VersionsTab } from './VersionsTab.tsx'

const PublicKeyTab = lazySection(() => import('./PublicKeyTab.tsx').then(({ PublicKeyTab }) => PublicKeyTab))
const ExportTab = lazySection(() => import('./ExportTab.tsx').then(({ ExportTab }) => ExportTab))
const ReplicasTab = lazySection(() => import('./ReplicasTab.tsx').then(({ ReplicasTab }) => ReplicasTab))
const CodeTab = lazySection(() => import('./CodeTab.tsx').then(({ CodeTab }) => CodeTab))
const KeyActivity = lazySection(() =>
  import('../shared/activity/KeyActivity.tsx').then(({ KeyActivity }) => KeyActivity),
)

interface KeyContentProps {
  kmsKey: KmsKey
  /** Error of the last refresh; the key on screen is older then. */
  stale: Error | null
  retrying: boolean
  onRetry: () => void
}

export function KeyContent({ kmsKey: key, stale, retrying, onRetry }: KeyContentProps) {
  const now = useNow()
  const tabs = tabsOf(key)
  const [tab, choose] = useKeyTab(tabs)
  const actions = useKeyActions()
  const { copy, copyDialog } = useCopy()
  const versions = useQuery({ ...queries.versions(key), placeholderData: keepPreviousData })
  // The form's state lives here, so that switching tabs does not lose it.
  const form = useRotationForm(key)
  const heading = useHeadingFocus(key.status)
  /** Tab whose dialog opens together with the tab. */
  const [autoOpen, setAutoOpen] = useState<KeyTab>()
  const clearAutoOpen = useCallback(() => setAutoOpen(undefined), [])
  const others = tabs.filter((one) => one !== tab)
  useKeyPageCommands(key, {
    start: actions.start,
    copy,
    tabs: others,
    open: choose,
    dialogs: tabsWithDialog(key, others).map(({ tab, ...action }) => ({
      ...action,
      run() {
        setAutoOpen(tab)
        choose(tab)
      },
    })),
  })

  return (
    <>
      <KeyHeader kmsKey={key} now={now} start={actions.start} copy={copy} headingRef={heading} />
      <StatusBanner kmsKey={key} now={now} start={actions.start} running={actions.running} />
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
          ...(value === 'versions' ? { count: key.latestVersion } : {}),
        }))}
        value={tab}
        onChange={choose}
        panelClassName="pt-4"
        className="print:[&_[role=tablist]]:hidden"
      >
        {tab === 'overview' && <OverviewTab kmsKey={key} now={now} />}
        {tab === 'versions' && <VersionsTab kmsKey={key} versions={versions} now={now} />}
        {tab === 'rotation' && <RotationTab kmsKey={key} versions={versions} form={form} now={now} />}
        <Suspense>
          {tab === 'public-key' && <PublicKeyTab kmsKey={key} versions={versions.data?.items} now={now} />}
          {tab === 'replicas' && (
            <ReplicasTab kmsKey={key} now={now} autoOpen={autoOpen === tab} onAutoOpened={clearAutoOpen} />
          )}
          {tab === 'export' && (
            <ExportTab
              kmsKey={key}
              versions={versions.data?.items}
              autoOpen={autoOpen === tab}
              onAutoOpened={clearAutoOpen}
            />
          )}
          {tab === 'code' && <CodeTab kmsKey={key} />}
          {tab === 'activity' && <KeyActivity kmsKey={key} />}
        </Suspense>
      </Tabs>
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
