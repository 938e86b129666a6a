import { useQueryClient } from '@tanstack/react-query'
import { OctagonAlert } from 'lucide-react'
import { useMemo, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { activityOfCall } from '../../clouds/activity-vocabulary.ts'
import { detailsOf } from '../../clouds/errors.ts'
import type { CloudId, Location } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { loggedCalls, onLoggedCall } from '../../clouds/request-log.ts'
import { correctedInstant } from '../../lib/current-time.ts'
import { count } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/classes.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { useNarrow } from '../shared/use-narrow.ts'
import type { ReadFailure } from '../use-keys.ts'
import { useLocations } from '../use-keys.ts'
import { useLinks, useProject } from '../use-project.ts'
import { failureLabel, formatDuration } from './labels.ts'

const idOf = (cloud: CloudId, location: string) => `${cloud}/${location}`

/** Duration of the last list request per location, in milliseconds. */
function useLatencies(): ReadonlyMap<string, number> {
  const calls = useSyncExternalStore(onLoggedCall, loggedCalls)
  return useMemo(() => {
    const found = new Map<string, number>()
    for (const { cloud, method, path, location, status, duration } of calls) {
      const described = activityOfCall(cloud, method, path)
      const where = described.location ?? location
      if (described.activity === 'listKeys' && status === 200 && where !== undefined)
        found.set(idOf(cloud, where), duration)
    }
    return found
  }, [calls])
}

const Failed = ({ error }: { error: Error }) => {
  const { word, closed } = failureLabel(error)
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

const rowClass = '[&>*]:pr-2 sm:[&>*]:pr-4 [&>*:last-child]:pr-3.5 has-[.failed]:align-top has-[.failed]:[&>*]:pt-1'

const unknownValue = (
  <span className="text-fg-subtle">
    <span aria-hidden="true">–</span>
    <span className="sr-only">Unknown</span>
  </span>
)

interface RowProps {
  place: LocationState
  latency: number | undefined
  /** Why the location's list could not be read or refreshed. */
  missing: ReadFailure | undefined
}

function State({ place: { location, keys }, missing }: Pick<RowProps, 'place' | 'missing'>) {
  const { available, reason } = location
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

const isKnown = ({ location, keys }: LocationState) => location.available && keys !== undefined

function KeyCount({ place: { location, keys }, missing }: Pick<RowProps, 'place' | 'missing'>) {
  const links = useLinks()
  const { cloud, id, available } = location
  if (!available || (missing && keys === undefined)) return unknownValue
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

const Mark = ({ cloud }: { cloud: CloudId }) => (
  <td className="w-[1%] pl-3.5">
    <CloudMark cloud={cloud} />
    <span className="sr-only">{cloudOf(cloud).longName}</span>
  </td>
)

const secondLine = 'block text-fg-subtle text-xs leading-[18px]'

/** Row of narrow screens: the name under the location, keys and latency under the state. */
function NarrowRow({ place, latency, missing }: RowProps) {
  const { cloud, id, label } = place.location
  return (
    <tr className={cx(rowClass, 'h-12')}>
      <Mark cloud={cloud} />
      <th scope="row" className="whitespace-nowrap text-left font-normal">
        <span className="mono">{id}</span>
        <span className={secondLine}>{label}</span>
      </th>
      <td>
        <State place={place} missing={missing} />
        {isKnown(place) ? (
          <span className={cx(secondLine, 'pl-3.5 tabular-nums')}>
            <KeyCount place={place} missing={missing} />
            {missing || latency === undefined ? null : `, ${formatDuration(latency)}`}
          </span>
        ) : null}
      </td>
    </tr>
  )
}

function Row({ place, latency, missing }: RowProps) {
  const { cloud, id, label } = place.location
  const answered = isKnown(place) && !missing
  return (
    <tr className={cx(rowClass, 'h-7')}>
      <Mark cloud={cloud} />
      <th scope="row" className="mono whitespace-nowrap text-left font-normal">
        {id}
      </th>
      <td className="whitespace-nowrap text-fg-subtle">{label}</td>
      <td className="whitespace-nowrap text-right tabular-nums">
        <KeyCount place={place} missing={missing} />
      </td>
      <td colSpan={answered ? 1 : 2}>
        <State place={place} missing={missing} />
      </td>
      {answered ? (
        <td className="whitespace-nowrap text-right text-fg-subtle tabular-nums">
          {latency === undefined ? null : formatDuration(latency)}
        </td>
      ) : null}
    </tr>
  )
}

const columns = ['Cloud', 'Location', 'Name', 'Keys', 'State', 'Latency']
const narrowColumns = ['Cloud', 'Location', 'State, keys and latency']

/** Regions and zones with their number of keys, state and latency. */
export function LocationsPanel({
  places,
  missing,
}: {
  places: readonly LocationState[]
  missing: readonly ReadFailure[]
}) {
  const latencies = useLatencies()
  const narrow = useNarrow()
  const PlaceRow = narrow ? NarrowRow : Row
  const unlisted = missing.filter(({ location }) => location === undefined)
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
            {(narrow ? narrowColumns : columns).map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {unlisted.map(({ cloud, error }) => (
            <tr key={cloud} className={cx(rowClass, 'h-7')}>
              <td className="w-[1%] pl-3.5">
                <CloudMark cloud={cloud} />
              </td>
              <th scope="row" colSpan={narrow ? 1 : 3} className="text-left font-normal">
                All {cloudOf(cloud).capabilities.locationNoun}s of {cloudOf(cloud).longName}
              </th>
              <td colSpan={narrow ? 1 : 2}>
                <Failed error={error} />
              </td>
            </tr>
          ))}
          {places.map((place) => (
            <PlaceRow
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
    /** Instant at which the oldest list was read. */
    readAt: times.length === 0 ? undefined : correctedInstant(Math.min(...times)),
  }
}
