import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import type { CloudId, Location } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { cloudOf } from '../clouds/registry.ts'
import { closedBy } from './use-keys.ts'
import { useProject } from './use-project.ts'

const failureReason = ({ error, data }: UseQueryResult<unknown>) =>
  error && data === undefined ? closedBy(error) : undefined

export interface CloudLocations {
  /** Undefined until they were read. */
  readonly data: readonly Location[] | undefined
  readonly error: Error | null
  readonly isFetching: boolean
  readonly refetch: () => void
}

/**
 * A cloud's locations with their availability. Where the list doesn't tell it, a location that refuses its keys is closed,
 * with the reason; one that is still being asked counts as open.
 */
export function useCloudLocations(cloud: CloudId | undefined): CloudLocations {
  const project = useProject()
  const { data, error, isFetching, refetch } = useQuery({
    ...queries.locations(cloud ?? ''),
    enabled: cloud !== undefined,
  })
  const probed = cloud === undefined || cloudOf(cloud).capabilities.reportsAvailability ? [] : (data ?? [])
  const reasons = useQueries({
    queries: probed.map((location) => queries.keys(location.cloud, location.id, project)),
    combine: (lists) => lists.map(failureReason),
  })
  return {
    data: data?.map((location, index) => {
      const reason = reasons[index]
      return reason === undefined ? location : { ...location, available: false, reason }
    }),
    error,
    isFetching,
    refetch: () => void refetch(),
  }
}
