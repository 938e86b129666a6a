import { useQuery } from '@tanstack/react-query'
import { Globe, MapPin, RotateCw } from 'lucide-react'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { count } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useLinks } from '../use-project.ts'
import { ReplicaList } from './ReplicaList.tsx'
import { isReplica, originZoneOf } from './replicas.ts'
import { commandGroup } from './use-key-page-commands.ts'
import { useReplicas } from './use-replicas.ts'

const ReplicateDialog = lazyComponent(() =>
  import('./ReplicateDialog.tsx').then(({ ReplicateDialog }) => ReplicateDialog),
)

interface ReplicasTabProps {
  kmsKey: KmsKey
  now: number
  /** Opens the dialog as soon as the primary is known. */
  autoOpen: boolean
  /** Called once the dialog is open, so that it opens once. */
  onAutoOpened: () => void
}

/** Locations of a multi-zone key; an explanation for other keys. */
export function ReplicasTab({ kmsKey: key, ...props }: ReplicasTabProps) {
  if (isReplica(key) || key.traits.includes('multi-zone') || (key.replicas ?? []).length > 0)
    return <MultiZone kmsKey={key} {...props} />
  return <SingleZone kmsKey={key} />
}

function SingleZone({ kmsKey: { location } }: { kmsKey: KmsKey }) {
  return (
    <EmptyState
      icon={MapPin}
      title={`This key is in ${location} alone`}
      actions={
        <Link className={buttonClass()} to={useLinks().createKey()}>
          Create another key
        </Link>
      }
    >
      Whether a key can be replicated to other zones is chosen when it is created, and can’t be changed later. For a key
      in several zones, create one with <b>Multi-zone</b> on.
    </EmptyState>
  )
}

const listFormat = new Intl.ListFormat('en')

const formatCaughtUp = (news: readonly string[]) =>
  news.length === 0 ? '' : `${listFormat.format(news)} ${news.length === 1 ? 'is' : 'are'} current.`

function MultiZone({ kmsKey: key, now, autoOpen, onAutoOpened }: ReplicasTabProps) {
  const replicas = useReplicas(key)
  const { primary, rows, error } = replicas
  const [dialogOpen, setDialogOpen] = useState(autoOpen)
  useEffect(onAutoOpened, [onAutoOpened])
  const cities = useQuery(queries.locations(key.cloud)).data ?? []
  const disabledReason = cloudOf(key.cloud).operations.replicate?.refusal(key)
  const openDialog = () => setDialogOpen(true)
  const replicateButton = (
    <>
      <Button icon={Globe} disabledReason={disabledReason} onClick={openDialog}>
        Replicate to…
      </Button>
      <PageCommands
        title={commandGroup(key)}
        commands={[{ label: 'Replicate to…', icon: Globe, disabledReason, run: openDialog }]}
      />
    </>
  )

  const content = (): ReactNode => {
    if (primary === undefined && error)
      return (
        <FailedCall
          title={`The primary in ${originZoneOf(key)} could not be read`}
          error={error}
          retrying={replicas.retrying}
          onRetry={replicas.retry}
        />
      )
    if (primary === undefined) return <LoadingZones />
    if (rows.length === 1)
      return (
        <EmptyState icon={Globe} title="No replicas yet" actions={replicateButton}>
          In another zone, this key keeps its id and its material: what is encrypted in one zone can be decrypted in the
          other.
        </EmptyState>
      )
    return (
      <Panel title="Zones" sub={count(rows.length, 'zone')} end={replicateButton} flush footer={<Notes />}>
        <ReplicaList
          rows={rows}
          revision={primary.revision}
          kmsKey={key}
          cities={new Map(cities.map(({ id, label }) => [id, label]))}
          now={now}
        />
      </Panel>
    )
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {isReplica(key) && <ReplicaNote kmsKey={key} />}
      {primary !== undefined && error ? (
        <Banner
          tone="warning"
          title={`The primary in ${originZoneOf(key)} could not be read again.`}
          actions={
            <Button size="sm" icon={RotateCw} onClick={replicas.retry}>
              Retry
            </Button>
          }
        >
          How far the zones are may be out of date.
        </Banner>
      ) : null}
      {content()}
      <LiveRegion>{formatCaughtUp(replicas.caughtUp)}</LiveRegion>
      {dialogOpen && primary ? (
        <Suspense>
          <ReplicateDialog
            kmsKey={primary}
            existing={rows.map(({ location }) => location)}
            onClose={() => setDialogOpen(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}

function ReplicaNote({ kmsKey: key }: { kmsKey: KmsKey }) {
  const origin = originZoneOf(key)
  return (
    <p className="max-w-(--measure) text-fg-muted">
      <b className="font-medium text-fg">This is the replica in {key.location}.</b> Its primary is{' '}
      <KeyLink className="link mono" to={{ cloud: key.cloud, location: origin, key: key.id }} tab="replicas">
        {origin}
      </KeyLink>
      : rotation, deletion and further replicas are decided there.
    </p>
  )
}

const Notes = () => (
  <span className="text-fg-subtle text-xs">
    Rotation and deletion follow from the primary. Status doesn’t: a key can be disabled in one zone and work in
    another. A replica can’t be removed by itself.
  </span>
)

const LoadingZones = () => (
  <Panel title="Zones">
    <div aria-busy="true" className="grid gap-4">
      <Skeleton width="80%" />
      <Skeleton width="70%" />
      <Skeleton width="75%" />
    </div>
  </Panel>
)
