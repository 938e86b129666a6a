import { useQuery } from '@tanstack/react-query'
import { Globe, RotateCw } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { operationOf } from '../../clouds/key-operations.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { count } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { ReplicaList } from './ReplicaList.tsx'
import { isReplica, originZoneOf } from './replicas.ts'
import { useReplicas } from './use-replicas.ts'

const ReplicateDialog = lazyComponent(() =>
  import('./ReplicateDialog.tsx').then(({ ReplicateDialog }) => ReplicateDialog),
)

interface ReplicasTabProps {
  kmsKey: KmsKey
  now: number
  /** Opens the dialog as soon as the primary is known. */
  replicating: boolean
  onReplicating: (replicating: boolean) => void
}

const listFormat = new Intl.ListFormat('en')

const formatCaughtUp = (news: readonly string[]) =>
  news.length === 0 ? '' : `${listFormat.format(news)} ${news.length === 1 ? 'is' : 'are'} current.`

/** Locations of a multi-zone key. */
export function ReplicasTab({ kmsKey: key, now, replicating, onReplicating }: ReplicasTabProps) {
  const replicas = useReplicas(key)
  const { primary, rows, error } = replicas
  const cities = useQuery(queries.locations(key.cloud)).data ?? []
  const replicateButton = (
    <Button
      icon={Globe}
      disabledReason={operationOf(key, 'replicate')?.refusal(key)}
      className="print:hidden"
      onClick={() => onReplicating(true)}
    >
      Replicate to…
    </Button>
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
          A replica has the same id and key material: one zone decrypts what another one encrypts.
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
          The replication state may be out of date.
        </Banner>
      ) : null}
      {content()}
      <LiveRegion>{formatCaughtUp(replicas.caughtUp)}</LiveRegion>
      {replicating && primary ? (
        <Suspense>
          <ReplicateDialog
            kmsKey={primary}
            existing={rows.map(({ location }) => location)}
            onClose={() => onReplicating(false)}
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
      : rotate, delete and replicate the key there.
    </p>
  )
}

const Notes = () => (
  <span className="text-fg-subtle text-xs">
    Rotation and deletion follow the primary. Each zone has its own status. A replica can’t be deleted alone.
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
