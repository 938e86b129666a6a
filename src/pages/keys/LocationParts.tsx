/** One location of a key with replicas: its name, and its status. */
import { useQuery } from '@tanstack/react-query'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { KeyLink } from '../shared/KeyLink.tsx'
import { KeyStatus } from '../shared/KeyStatus.tsx'
import { type LocationRow, spokenName } from './key-rows.ts'

/** How far a replica follows its primary, which alone knows it. */
const replicaWords = (states: KmsKey['replicaStates'], location: string, revision: number | undefined) => {
  const state = states?.find((one) => one.location === location)
  if (!state) return ''
  if (state.state === 'failing') return `, failing: ${state.failure?.error ?? 'unknown reason'}`
  if (state.state === 'current') return ', up to date'
  return `, at revision ${formatNumber(state.applied)}${revision === undefined ? '' : ` of ${formatNumber(revision)}`}`
}

const notThere = { absent: 'Not there', 'not-read': 'Not read' }

/** One location of a key: its name as a link, and whether it is the primary or how far it follows. */
export function LocationName({ line: { of, location, copy } }: { line: LocationRow }) {
  const primary = of.key.traits.includes('replica') ? undefined : of.key
  const { data } = useQuery({ ...queries.key(addressOf(of.key)), enabled: primary !== undefined })
  const isPrimary = location === (of.key.originZone ?? of.key.location)
  const words = isPrimary ? 'Primary' : `Replica${replicaWords(data?.replicaStates, location, data?.revision)}`
  return (
    <div className="cell2 min-w-0 border-line-strong border-l-2 pl-2.5">
      {typeof copy === 'string' ? (
        <span className="mono text-fg-muted">{location}</span>
      ) : (
        <KeyLink to={addressOf(copy)} aria-label={spokenName(copy)} className="mono truncate hover:underline">
          {location}
        </KeyLink>
      )}
      <span className="truncate" title={words}>
        {words}
      </span>
    </div>
  )
}

export const LocationStatus = ({ line: { copy }, now }: { line: LocationRow; now: number }) =>
  typeof copy === 'string' ? (
    <span className="text-fg-subtle">{notThere[copy]}</span>
  ) : (
    <KeyStatus kmsKey={copy} now={now} />
  )
