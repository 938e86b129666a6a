import type { ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import type { Keyring } from '../engine/keyring.ts'
import { DEFAULT_KEY_NAME } from './default-key.ts'
import { isDefaultKey, isReplica, spaceOf } from './keys.ts'

/** Number of keys in a zone that count against the quota: without replicas and the default key. */
export async function countKeys(keyring: Keyring, zone: ZoneName): Promise<number> {
  const space = spaceOf(zone)
  const counts = await keyring.countByStatus(space)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const named = keyring.getByUniqueName(space, DEFAULT_KEY_NAME)
  return named && isDefaultKey(named) && !isReplica(named) ? total - 1 : total
}
