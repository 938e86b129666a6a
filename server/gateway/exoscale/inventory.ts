import { endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import { DEFAULT_KEY_SPEC, EXTERNAL_SOURCE } from '../../../src/clouds/exoscale/key-specs.ts'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import { arrayOf, factsOf, type Inventory, type KeyFacts, timeOf } from '../inventory.ts'
import { pick } from '../pick.ts'

const PENDING = 'pending-deletion'

/** A replica has the status alone: its primary is rotated and destroyed. */
function factsOfKey(key: unknown, zone: string): KeyFacts {
  const names = ['status', 'origin-zone', 'key-spec', 'source', 'rotation', 'delete-at']
  const { status, rotation, source, ...rest } = pick(key, names)
  if (rest['origin-zone'] !== zone) return factsOf(status, undefined, undefined)
  const canRotate = (rest['key-spec'] ?? DEFAULT_KEY_SPEC) === DEFAULT_KEY_SPEC && source !== EXTERNAL_SOURCE
  const { automatic, 'next-at': next } = pick(rotation, ['automatic', 'next-at'])
  const rotates = canRotate && automatic === true && status !== PENDING
  return factsOf(status, rotates ? timeOf(next) : undefined, status === PENDING ? timeOf(rest['delete-at']) : undefined)
}

/** @param base prefix of the endpoints' paths that is part of the base URL */
export const inventoryBelow = (base: string): Inventory => ({
  locations: async () => zones.map(({ name }) => name),
  listPath: (zone) => `/${zone}${endpoints['list-kms-keys'].path.slice(base.length)}`,
  keysIn: (answer, zone) => arrayOf(pick(answer, ['kms-keys'])['kms-keys']).map((key) => factsOfKey(key, zone)),
})
