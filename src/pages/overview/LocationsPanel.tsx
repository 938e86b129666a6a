import { OctagonAlert } from 'lucide-react'
import { useMemo, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { toldByCall } from '../../clouds/deeds.ts'
import { detailsOf } from '../../clouds/errors.ts'
import type { CloudId } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { onVisitCall, visitCalls } from '../../clouds/visit.ts'
import { count } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { CloudMark } from '../parts/CloudMark.tsx'
import { paths } from '../paths.ts'
import type { Missing } from '../use-keys.ts'
import { useProject } from '../use-project.ts'
import type { Place } from './use-places.ts'
import { durationWords, failedState } from './words.ts'

const idOf = (cloud: CloudId, location: string) => `${cloud}/${location}`

/** How long the last list of each location took, in milliseconds. */
function useLatencies(): ReadonlyMap<string, number> {
  const calls = useSyncExternalStore(onVisitCall, visitCalls)
  return useMemo(() => {
    const found = new Map<string, number>()
    for (const { cloud, method, path, location, status, duration } of calls) {
      const told = toldByCall(cloud, method, path)
      const where = told.location ?? location
      if (told.deed === 'listKeys' && status === 200 && where !== undefined) found.set(idOf(cloud, where), duration)
    }
    return found
  }, [calls])
}

const Failed = ({ error }: { error: Error }) => {
  const { word, closed } = failedState(error)
  return (
    <>
      {closed ? (
        <StatusDot state="off">{word}</StatusDot>
      ) : (
        <Badge tone="danger" icon={OctagonAlert}>
          {word}
        </Badge>
      )}
      <span className="failed block pb-1 text-fg-muted text-xs">{detailsOf(error).message}</span>
    </>
  )
}

const rowLook = 'h-7 [&>*]:pr-2 sm:[&>*]:pr-4 [&>*:last-child]:pr-3.5 has-[.failed]:align-top has-[.failed]:[&>*]:pt-1'

const none = (
  <span className="text-fg-subtle">
    <span aria-hidden="true">–</span>
    <span className="sr-only">Unknown</span>
  </span>
)

interface RowProps {
  place: Place
  latency: number | undefined
  /** Why its list was not read, or not again. */
  missing: Missing | undefined
}

function Row({ place: { location, keys }, latency, missing }: RowProps) {
  const { cloud, id, label, available, reason } = location
  const project = useProject()
  const state = () => {
    if (!available)
      return (
        <StatusDot state="off" {...(reason === undefined ? {} : { title: reason })}>
          No KMS here
        </StatusDot>
      )
    if (missing) return <Failed error={missing.error} />
    if (keys === undefined) return <span className="text-fg-subtle">Asking</span>
    return <StatusDot>Available</StatusDot>
  }
  const known = available && keys !== undefined
  const answered = known && !missing
  return (
    <tr className={rowLook}>
      <td className="w-[1%] pl-3.5">
        <CloudMark cloud={cloud} />
        <span className="sr-only">{cloudOf(cloud).longName}</span>
      </td>
      <th scope="row" className="mono whitespace-nowrap text-left font-normal">
        {id}
      </th>
      <td className="whitespace-nowrap text-fg-subtle max-sm:hidden">{label}</td>
      <td className="text-right tabular-nums sm:whitespace-nowrap">
        {known ? (
          <Link
            to={paths.keys.to(project, { cloud, location: id })}
            className="decoration-control underline-offset-3 hover:underline"
          >
            {count(keys, 'key')}
          </Link>
        ) : !available || missing ? (
          none
        ) : (
          <Skeleton width={40} />
        )}
      </td>
      <td colSpan={answered ? 1 : 2}>{state()}</td>
      {answered ? (
        <td className="whitespace-nowrap text-right text-fg-subtle tabular-nums max-sm:hidden">
          {latency === undefined ? null : durationWords(latency)}
        </td>
      ) : null}
    </tr>
  )
}

/** Every region and zone: its keys, whether it answers, and how fast its list came. */
export function LocationsPanel({ places, missing }: { places: readonly Place[]; missing: readonly Missing[] }) {
  const latencies = useLatencies()
  const unlisted = missing.filter(({ location }) => location === undefined)
  return (
    <Panel
      title="Locations"
      end={
        <Link to={paths.connections.to(useProject())} className="link pr-1.5">
          Connections
        </Link>
      }
      flush
    >
      <table className="my-1.5 w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">Cloud</th>
            <th scope="col">Location</th>
            <th scope="col">Name</th>
            <th scope="col">Keys</th>
            <th scope="col">State</th>
            <th scope="col">Latency</th>
          </tr>
        </thead>
        <tbody>
          {unlisted.map(({ cloud, error }) => (
            <tr key={cloud} className={rowLook}>
              <td className="w-[1%] pl-3.5">
                <CloudMark cloud={cloud} />
              </td>
              <th scope="row" colSpan={3} className="text-left font-normal">
                All {cloudOf(cloud).traits.locationWord}s of {cloudOf(cloud).longName}
              </th>
              <td colSpan={2}>
                <Failed error={error} />
              </td>
            </tr>
          ))}
          {places.map((place) => (
            <Row
              key={idOf(place.location.cloud, place.location.id)}
              place={place}
              latency={latencies.get(idOf(place.location.cloud, place.location.id))}
              missing={missing.find(
                ({ cloud, location }) => cloud === place.location.cloud && location === place.location.id,
              )}
            />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
