import type { QueryClient } from '@tanstack/react-query'
import { Plus, RefreshCw } from 'lucide-react'
import { type ReactNode, Suspense, useMemo } from 'react'
import { groupReplicas } from '../../clouds/replica-groups.ts'
import { count } from '../../lib/numbers.ts'
import { Link } from '../../router/react.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { lazySection } from '../../ui/lazy-section.tsx'
import { usePageCommands } from '../commands.ts'
import { hasOwnKey } from '../own-keys.ts'
import type { Visit } from '../page-modules.ts'
import { formatKeyCount } from '../shared/key-count.ts'
import { NothingRead } from '../shared/MissingBanner.tsx'
import { Page } from '../shared/Page.tsx'
import { useNow } from '../shared/use-now.ts'
import { useRetryFailures } from '../shared/use-retry-failures.ts'
import { useAllKeys, useConnections } from '../use-keys.ts'
import { projectIn, useLinks, useProject } from '../use-project.ts'
import { warmKeys } from '../warm-keys.ts'
import { useAcknowledged } from './acknowledged.ts'
import { DecisionsPanel } from './DecisionsPanel.tsx'
import { decisionsIn, scopeOf } from './decisions.ts'
import { Headline } from './Headline.tsx'
import { countFigures, KeyFigures } from './KeyFigures.tsx'
import { LocationsPanel, useLocationStates } from './LocationsPanel.tsx'
import { TimelinePanel } from './TimelinePanel.tsx'
import { timelineOf } from './timeline.ts'

const FirstKey = lazySection(() => import('../shared/FirstKey.tsx').then(({ FirstKey }) => FirstKey))

export const load =
  (client: QueryClient) =>
  ({ search }: Visit) => {
    warmKeys(client, projectIn(search))
  }

const columns =
  'grid grid-cols-[minmax(0,1fr)_420px] items-start gap-4 max-[1280px]:grid-cols-[minmax(0,1fr)_380px] max-[1180px]:grid-cols-1'

export default function OverviewPage() {
  const all = useAllKeys()
  const now = useNow()
  const project = useProject()
  const connections = useConnections()
  const { missing, retrying, retry } = useRetryFailures(all)
  const { places, readAt } = useLocationStates()
  const links = useLinks()
  const { keys, read, outdated } = all
  const groups = useMemo(() => groupReplicas(keys), [keys])
  const timeline = useMemo(() => timelineOf(groups, now), [groups, now])
  const decisions = useMemo(
    () => decisionsIn(groups, { read, missing, outdated }, now, project),
    [groups, read, missing, outdated, now, project],
  )
  const failures = [...missing, ...outdated]
  const complete = connections.filter(({ id }) => !all.pending && failures.every(({ cloud }) => cloud !== id))
  const { open, acknowledged } = useAcknowledged(decisions, {
    scopes: complete.map(({ id }) => scopeOf(id, project)),
    readAt,
  })

  // Figures stand while what is missing is read again: they don't count it.
  const settled = all.count !== undefined || retrying
  const nothingRead = settled && all.answered === 0 && missing.length > 0
  const isEmpty = settled && !hasOwnKey(keys) && decisions.length === 0
  const unreadable = count(all.unreadable.length, 'key')

  const title = () => {
    if (!settled) return 'Overview'
    if (nothingRead) return 'No location answered'
    if (open.length > 0) return count(open.length, 'item needs a decision', 'items need a decision')
    if (!isEmpty) return 'Nothing needs a decision'
    if (keys.length > 0) return 'No keys of your own yet'
    return all.unreadable.length > 0 ? `${unreadable} can’t be read` : 'No keys yet'
  }
  const subtitle = () => {
    if (all.count) return nothingRead ? '' : formatKeyCount(all.count)
    return all.asked === 0 ? '' : `${all.answered} of ${count(all.asked, 'location')} answered`
  }

  function retryAll() {
    retry()
    for (const one of outdated) one.retry()
  }
  function refresh() {
    all.refresh()
    if (missing.length > 0) retry()
  }
  usePageCommands([
    { label: 'Create key', icon: Plus, run: links.createKey(), shortcut: 'c', keywords: 'new import' },
    { label: 'Refresh', icon: RefreshCw, run: refresh, keywords: 'reload' },
  ])

  const frame = (children: ReactNode) => (
    <Page title="Overview" ownHeading>
      <div className="grid grid-cols-1">
        <Headline
          title={title()}
          subtitle={subtitle()}
          readAt={readAt}
          refreshing={all.refreshing}
          onRefresh={refresh}
        />
        <LiveRegion>{settled ? `${title()}. ${subtitle()}` : ''}</LiveRegion>
        {all.unreadable.length > 0 ? (
          <Banner tone="warning" title={`${unreadable} can’t be read.`} className="mb-4">
            <Link to={links.keys()} className="link">
              The list of keys
            </Link>{' '}
            names each with the reason.
          </Banner>
        ) : null}
        {children}
      </div>
    </Page>
  )

  const locations = <LocationsPanel places={places} failures={failures} pending={!settled} />

  if (nothingRead)
    return frame(
      <div className={columns}>
        <NothingRead missing={missing} onRetry={retry} retrying={retrying} />
        {locations}
      </div>,
    )
  if (isEmpty)
    return frame(
      <div className={columns}>
        <Suspense fallback={<div />}>
          <FirstKey title="Begin with a key" />
        </Suspense>
        {locations}
      </div>,
    )
  return frame(
    <div className="grid grid-cols-1 gap-4">
      <div className={columns}>
        <div className="grid grid-cols-1 gap-4">
          <DecisionsPanel
            open={open}
            acknowledged={acknowledged}
            now={now}
            pending={!settled}
            retrying={retrying || all.refreshing}
            onRetry={retryAll}
          />
          <KeyFigures numbers={settled ? countFigures(groups, now) : undefined} />
        </div>
        {locations}
      </div>
      {settled ? <TimelinePanel timeline={timeline} groups={groups} /> : null}
    </div>,
  )
}
