import type { QueryClient } from '@tanstack/react-query'
import { CloudOff, Plus, RefreshCw } from 'lucide-react'
import { type ReactNode, Suspense, useMemo } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { count } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { lazySection } from '../../ui/lazy-section.tsx'
import { usePageCommands } from '../commands.ts'
import { hasOwnKey } from '../own-keys.ts'
import { FailedCall } from '../shared/Failure.tsx'
import { MissingBanner } from '../shared/MissingBanner.tsx'
import { OutdatedBanner } from '../shared/OutdatedBanner.tsx'
import { Page } from '../shared/Page.tsx'
import { groupFailures } from '../shared/read-failures.ts'
import { groupReplicas } from '../shared/replica-groups.ts'
import { useNow } from '../shared/use-now.ts'
import { useRetryFailures } from '../shared/use-retry-failures.ts'
import { useAllKeys } from '../use-keys.ts'
import { projectOf, useLinks } from '../use-project.ts'
import { warmKeys } from '../warm-keys.ts'
import { AttentionPanel } from './AttentionPanel.tsx'
import { Headline } from './Headline.tsx'
import { LocationsPanel, useLocationStates } from './LocationsPanel.tsx'
import { OverviewSkeleton } from './OverviewSkeleton.tsx'
import { attentionItems, copiesOf, figuresOf } from './posture.ts'
import { StatusSummary } from './StatusSummary.tsx'
import { TimelinePanel } from './TimelinePanel.tsx'
import { timelineOf } from './timeline.ts'

const FirstKey = lazySection(() => import('../shared/FirstKey.tsx').then(({ FirstKey }) => FirstKey))

export const load =
  (client: QueryClient) =>
  ({ request }: LoaderFunctionArgs) => {
    warmKeys(client, projectOf(request))
    return null
  }

const columns =
  'grid grid-cols-[minmax(0,1fr)_472px] gap-4 max-[1280px]:grid-cols-[minmax(0,1fr)_420px] max-[1180px]:grid-cols-1'

export default function OverviewPage() {
  const all = useAllKeys()
  const now = useNow()
  const { missing, retrying, retry } = useRetryFailures(all)
  const places = useLocationStates()
  const links = useLinks()
  const copies = useMemo(() => copiesOf(all.keys), [all.keys])
  const rows = useMemo(() => groupReplicas(all.keys), [all.keys])
  const figures = useMemo(() => figuresOf(rows, now), [rows, now])
  const timeline = useMemo(() => timelineOf(copies, now), [copies, now])
  const attention = useMemo(() => attentionItems(copies, all.read, now), [copies, all.read, now])

  const total = rows.length
  const isEmpty = !hasOwnKey(all.keys) && attention.length === 0 && (total === 0 || missing.length === 0)
  const unread = isEmpty && all.pending && !retrying
  const allFailed = total === 0 && all.answered === 0 && missing.length > 0
  const failures = groupFailures(missing)
  // A single reason for all failures fills the page; several are listed in the banner.
  const failure = allFailed && failures.length === 1 ? missing[0] : undefined
  const partly = all.pending || missing.length > 0

  const unreadable = count(all.unreadable.length, 'key')

  const title = () => {
    if (allFailed) return 'Nothing is known now'
    if (total === 0 && all.unreadable.length > 0) return `${unreadable} can’t be read`
    if (total === 0) return missing.length > 0 ? 'No keys in the locations that answered' : 'No keys yet'
    if (isEmpty) return 'No keys of your own yet'
    if (attention.length > 0) return `${count(attention.length, 'key needs', 'keys need')} a decision`
    if (all.pending) return 'Nothing needs you so far'
    return missing.length > 0 ? 'Nothing needs you in the locations that answered' : 'Nothing needs you'
  }
  const subtitle = `${count(total, 'key')}, ${partly ? `${all.answered} of ${count(all.asked, 'location')}` : `all ${count(all.asked, 'location')}`} answered`

  function refresh() {
    all.refresh()
    for (const one of missing) if (one.location === undefined) one.retry()
  }
  usePageCommands([
    { label: 'Create key', icon: Plus, run: links.createKey(), shortcut: 'c', keywords: 'new import' },
    { label: 'Refresh', icon: RefreshCw, run: refresh, keywords: 'reload' },
  ])

  const frame = (children: ReactNode) => (
    <Page title="Overview" ownHeading>
      <Headline
        title={unread ? undefined : title()}
        subtitle={unread || allFailed ? undefined : subtitle}
        readAt={places.readAt}
        refreshing={all.refreshing}
        onRefresh={refresh}
      />
      <LiveRegion>{unread ? '' : allFailed ? title() : `${title()}. ${subtitle}.`}</LiveRegion>
      {missing.length > 0 && !failure ? (
        <MissingBanner
          missing={missing}
          answered={all.answered}
          retrying={retrying}
          onRetry={retry}
          from={total === 0 ? 'this page' : 'these figures'}
        />
      ) : null}
      {all.unreadable.length > 0 ? (
        <Banner
          tone="warning"
          title={`${unreadable} can’t be read, and ${all.unreadable.length === 1 ? 'is' : 'are'} missing from this page.`}
          className="mt-3"
        >
          <Link to={links.keys()} className="link">
            The list of keys
          </Link>{' '}
          names each with the reason.
        </Banner>
      ) : null}
      {all.outdated.length > 0 ? <OutdatedBanner outdated={all.outdated} retrying={all.refreshing} /> : null}
      {children}
    </Page>
  )

  const locations = <LocationsPanel places={places.places} missing={[...missing, ...all.outdated]} />

  if (unread) return frame(<OverviewSkeleton columns={columns} />)
  if (allFailed)
    return frame(
      <div className="grid gap-4 pt-4">
        {failure ? (
          <FailedCall title="No keys could be read" error={failure.error} onRetry={retry} retrying={retrying} />
        ) : (
          <EmptyState icon={CloudOff} title="No keys could be read">
            Nothing that was asked has answered. Each reason stands above.
          </EmptyState>
        )}
        {locations}
      </div>,
    )
  if (isEmpty)
    return frame(
      <div className={`${columns} pt-4`}>
        <Suspense fallback={<div />}>
          <FirstKey title="Begin with a key" />
        </Suspense>
        {locations}
      </div>,
    )
  return frame(
    <div className="grid grid-cols-1 gap-4 pt-0.5">
      <StatusSummary figures={figures} />
      <div className={columns}>
        <AttentionPanel items={attention} now={now} partly={partly} />
        {locations}
      </div>
      <TimelinePanel timeline={timeline} />
    </div>,
  )
}
