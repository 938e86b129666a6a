/** A key in several locations, as its Replicas tab tells it. */
import type { KmsKey, ReplicaState } from '../../clouds/model.ts'
import { bothWays } from './time-words.ts'

export type Standing = ReplicaState['state'] | 'primary' | 'unknown'

/** A location that has the key, or will. */
export interface Place {
  readonly location: string
  /** How far it has come with what the primary decided; `unknown` where the cloud doesn't say. */
  readonly standing: Standing
  readonly applied?: number
  readonly failure?: ReplicaState['failure']
}

export const isReplica = ({ traits }: KmsKey): boolean => traits.includes('replica')

export const originOf = ({ originZone, location }: KmsKey): string => originZone ?? location

/** The primary's place and those of its replicas, in the order in which they were asked for. */
export function placesOf(primary: KmsKey): Place[] {
  const states = new Map((primary.replicaStates ?? []).map((state) => [state.location, state]))
  const replicas = [...new Set([...(primary.replicas ?? []), ...states.keys()])]
  return [
    { location: primary.location, standing: 'primary' },
    ...replicas.map((location): Place => {
      const state = states.get(location)
      if (!state) return { location, standing: 'unknown' }
      const { applied, failure } = state
      return { location, standing: state.state, applied, ...(failure ? { failure } : {}) }
    }),
  ]
}

const settled: ReadonlySet<Standing> = new Set(['primary', 'current'])

/** Whether every replica has all that the primary decided. */
export const isSettled = (primary: KmsKey): boolean => placesOf(primary).every(({ standing }) => settled.has(standing))

/** Places that have caught up between two readings; none on the first. */
export const caughtUp = (before: readonly Place[], after: readonly Place[]): string[] =>
  after
    .filter(
      ({ location, standing }) =>
        standing === 'current' && before.some((one) => one.location === location && one.standing !== 'current'),
    )
    .map(({ location }) => location)

/** `Revision 3 of 5 applied`; the revision that the primary is at is the second number. */
export function progressWords({ standing, applied }: Place, revision: number | undefined): string | undefined {
  if (standing === 'primary') return revision === undefined ? undefined : `At revision ${revision}`
  if (applied === undefined || revision === undefined) return undefined
  return applied === 0 ? `Nothing applied yet of revision ${revision}` : `Revision ${applied} of ${revision} applied`
}

/** What failed and when, and whether it still matters. */
export function failureWords({ standing, failure }: Place, now: number): string | undefined {
  if (!failure) return undefined
  const after = standing === 'failing' ? '' : ' It has been applied since.'
  return `Revision ${failure.attempted} failed on ${bothWays(failure.at, now)}: “${failure.error}”.${after}`
}
