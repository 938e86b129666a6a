/** The registered providers. A new provider is a folder beside this file, one line here and one each in `operations-registry.ts` and `code-registry.ts`. */
import type { Cloud } from './cloud.ts'
import { exoscale } from './exoscale/cloud.ts'
import type { CloudId } from './model.ts'
import { thalassa } from './thalassa/cloud.ts'

const registered: Cloud[] = []

/** In the order in which lists and filters show them. */
export const clouds: readonly Cloud[] = registered

/** @returns a function that takes the provider out again, for tests */
export function register(cloud: Cloud): () => void {
  registered.push(cloud)
  return () => void registered.splice(registered.indexOf(cloud), 1)
}

register(thalassa)
register(exoscale)

const find = (id: CloudId) => clouds.find((cloud) => cloud.id === id)

export const isCloudId = (id: string): boolean => find(id) !== undefined

/** @throws RangeError for an id that no provider has; `isCloudId` checks ids from outside, such as those of a URL */
export function cloudOf(id: CloudId): Cloud {
  const cloud = find(id)
  if (!cloud) throw new RangeError(`No provider has the id ${id}`)
  return cloud
}
