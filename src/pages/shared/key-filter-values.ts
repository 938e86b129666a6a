/** What a key is counted as on the overview and found by in the list: decided here for both, so that the two agree. */
import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { rotationState } from '../../clouds/rotation-state.ts'

function rotationKinds(key: KmsKey, now: number): readonly string[] {
  const state = rotationState(key, now)
  if (state.kind === 'stopped' || state.kind === 'never') return []
  if (state.kind === 'manual') return ['manual']
  if (state.kind === 'overdue') return ['automatic', 'overdue']
  if (state.kind === 'unknown') return ['automatic']
  return state.kind === 'due' || state.soon ? ['automatic', 'due'] : ['automatic']
}

/** How a key answers the filters whose values are words of the console. `now` in milliseconds. */
export const keyFilterValues = {
  status: (key: KmsKey): readonly string[] => [statusOf(key).group],
  /** A key can be several of these; one that is stopped or impossible is neither automatic nor manual. */
  rotation: (key: KmsKey, now: number): readonly string[] =>
    key.latestVersion > 1 ? rotationKinds(key, now) : [...rotationKinds(key, now), 'never'],
  material: (key: KmsKey): readonly string[] =>
    key.traits.filter((trait) => trait === 'exportable' || trait === 'imported' || trait === 'external'),
}
