import { useQueryClient } from '@tanstack/react-query'
import { OctagonAlert } from 'lucide-react'
import type { CloudId, Location } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { count } from '../../lib/numbers.ts'
import { Link } from '../../router/react.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { type ReadFailure, useLocations } from '../use-keys.ts'
import { useLinks, useProject } from '../use-project.ts'
import { failureLabel } from './labels.ts'

function Failed({ error }: { error: Error }) {
  const { word, closed } = failureLabel(error)
  return closed ? (
    <StatusDot state="off">{word}</StatusDot>
  ) : (
    <Badge tone="danger" icon={OctagonAlert}>
      {word}
    </Badge>
  )
}

interface RowProps {
  place: LocationState
  /** Why the location's list could not be read or refreshed. */
  failure: ReadFailure | undefined
}

function State({ place: { location, keys }, failure }: RowProps) {
  const { available, reason } = location
  if (!available)
    return (
      <StatusDot state="off" {...(reason === undefined ? {} : { title: reason })}>
        No KMS here
      </StatusDot>
    )
  if (failure) return <Failed error={failure.error} />
  return keys === undefined ? <span className="text-fg-subtle">Waiting</span> : <StatusDot>Available</StatusDot>
}

function KeyCount({ place: { location, keys }, failure }: RowProps) {
  const links = useLinks()
  const { cloud, id, available } = location
  if (!available || (failure && keys === undefined))
    return (
      <span className="text-fg-subtle">
        <span aria-hidden="true">–</span>
        <span className="sr-only">Unknown</span>
      </span>
    )
  if (keys === undefined) return <Skeleton width={40} />
  return (
    <Link
      to={links.keys({ cloud, location: id })}
      className="touch-target decoration-control underline-offset-3 hover:underline"
    >
      {count(keys, 'key')}
    </Link>
  )
}

const rowClass = 'h-7 [&>*]:pr-2 sm:[&>*]:pr-4 [&>*:last-child]:pr-3.5'

const Mark = ({ cloud }: { cloud: CloudId }) => (
  <td className="w-[1%] pl-3.5">
    <CloudMark cloud={cloud} alone />
  </td>
)

function Row({ place, failure }: RowProps) {
  const { cloud, id, label } = place.location
  return (
    <tr className={rowClass}>
      <Mark cloud={cloud} />
      <th scope="row" className="text-left font-normal">
        <span className="mono inline-block min-w-20 whitespace-nowrap">{id}</span>{' '}
        <span className="inline-block text-fg-subtle max-[480px]:hidden">{label}</span>
      </th>
      <td className="whitespace-nowrap text-right tabular-nums">
        <KeyCount place={place} failure={failure} />
      </td>
      <td>
        <State place={place} failure={failure} />
      </td>
    </tr>
  )
}

interface LocationsPanelProps {
  places: readonly LocationState[]
  failures: readonly ReadFailure[]
  /** Not everything has answered yet. */
  pending: boolean
}

/** Regions and zones with their number of keys and state. */
export function LocationsPanel({ places, failures, pending }: LocationsPanelProps) {
  return (
    <Panel
      title="Locations"
      end={
        <Link to={useLinks().connections()} className="link pr-1.5">
          Connections
        </Link>
      }
      flush
    >
      <table className="my-1.5 w-full">
        <thead className="sr-only">
          <tr>
            {['Cloud', 'Location', 'Keys', 'State'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {failures
            .filter(({ location }) => location === undefined)
            .map(({ cloud, error }) => (
              <tr key={cloud} className={rowClass}>
                <Mark cloud={cloud} />
                <th scope="row" colSpan={2} className="text-left font-normal">
                  All {cloudOf(cloud).capabilities.locationNoun}s of {cloudOf(cloud).longName}
                </th>
                <td>
                  <Failed error={error} />
                </td>
              </tr>
            ))}
          {pending && places.length === 0
            ? Array.from({ length: 10 }, (_, row) => row).map((row) => (
                <tr key={row} className={rowClass}>
                  <td colSpan={4} className="pl-3.5">
                    <Skeleton width={240} />
                  </td>
                </tr>
              ))
            : null}
          {places.map((place) => {
            const { cloud, id } = place.location
            const failure = failures.find((one) => one.cloud === cloud && one.location === id)
            return <Row key={`${cloud}/${id}`} place={place} failure={failure} />
          })}
        </tbody>
      </table>
    </Panel>
  )
}

/** Location with the result of reading its list of keys. */
export interface LocationState {
  readonly location: Location
  /** Number of keys; undefined when the list was not read. */
  readonly keys: number | undefined
}

/** Cached lists of keys by location. Callers also use `useAllKeys`, which renders them again when a list changes. */
export function useLocationStates() {
  const client = useQueryClient()
  const project = useProject()
  const { locations } = useLocations()
  const states = locations.map(({ cloud, id }) => client.getQueryState(queries.keys(cloud, id, project).queryKey))
  const times = states.flatMap((state) => (state?.data === undefined ? [] : [state.dataUpdatedAt]))
  return {
    places: locations.map((location, index): LocationState => {
      const list = states[index]?.data
      return { location, keys: list && list.items.length + list.unreadable.length }
    }),
    /** When the oldest list was read, by the browser's clock. */
    readAt: times.length === 0 ? undefined : Math.min(...times),
  }
}
