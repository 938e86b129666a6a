import { use } from 'react'
import type { Connecting } from '../../clouds/connecting.ts'
import type { CloudId } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'

const fetched = new Map<CloudId, Promise<Connecting>>()

/** Suspends while the code is fetched. */
export function useConnectionCheck(cloud: CloudId): Connecting {
  const fetching = fetched.get(cloud) ?? cloudOf(cloud).connecting()
  fetched.set(cloud, fetching)
  return use(fetching)
}
