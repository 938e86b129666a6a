import { useQueryClient } from '@tanstack/react-query'
import type { Location } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { useLocations } from '../use-keys.ts'
import { useProject } from '../use-project.ts'

/** A location and what came of its list. */
export interface LocationState {
  readonly location: Location
  /** Keys in it; undefined when its list was not read. */
  readonly keys: number | undefined
}

/** What the cache has of each location's list. The caller is drawn again when a list changes: it uses all keys. */
export function useLocationStates() {
  const client = useQueryClient()
  const project = useProject()
  const { locations } = useLocations()
  const states = locations.map(({ cloud, id }) => client.getQueryState(queries.keys(cloud, id, project).queryKey))
  const times = states.flatMap((state) => (state?.data === undefined ? [] : [state.dataUpdatedAt]))
  return {
    places: locations.map((location, index): LocationState => ({ location, keys: states[index]?.data?.length })),
    /** When the oldest of the lists was read. */
    readAt: times.length === 0 ? undefined : Math.min(...times),
  }
}
