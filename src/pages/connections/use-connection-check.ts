import { use } from 'react'
import type { ConnectionCheck } from '../../clouds/connection-check.ts'
import type { CloudId } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'

const fetched = new Map<CloudId, Promise<ConnectionCheck>>()

/** Suspends while the chunk loads. */
export function useConnectionCheck(cloud: CloudId): ConnectionCheck {
  const fetching = fetched.get(cloud) ?? cloudOf(cloud).connectionCheck()
  fetched.set(cloud, fetching)
  return use(fetching)
}
