import { defaultZone, zones } from '../../../src/clouds/exoscale/rules.ts'
import { unaudited } from '../engine/audit.ts'
import type { Clock } from '../engine/clock.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { Conclude, StoredKey } from '../engine/store.ts'
import { attributesOf, isDefaultKey, spaceOf } from './keys.ts'
import { newKeyData } from './lifecycle.ts'
import { withReplicas } from './replicas.ts'

/** Reserved name, in every zone. */
export const DEFAULT_KEY_NAME = 'exoscale-default'

const firstUse: Conclude<StoredKey> = ({ key }) => unaudited('first use', key)

/**
 * Creates the organisation's default key, with a replica in every other zone, if missing. In a zone where an older key
 * has its name, the older key stays and no default key is created.
 */
export async function makeDefaultKey(services: {
  keyring: Keyring
  clock: Clock
  nextKeyId: (now: number) => string
}): Promise<void> {
  const { keyring, clock, nextKeyId } = services
  const now = clock.now()
  const given = { description: 'Organization default key', multiZone: true, originZone: defaultZone, managed: true }
  const find = () => keyring.getByUniqueName(spaceOf(defaultZone), DEFAULT_KEY_NAME)
  const create = () =>
    keyring.create(
      {
        ...spaceOf(defaultZone),
        id: nextKeyId(now),
        createdAt: now,
        uniqueName: DEFAULT_KEY_NAME,
        algorithm: 'aes256-gcm96',
        revision: 2,
        ...newKeyData(given, now),
      },
      firstUse,
    )
  // Read again after a refused creation: another process has created it meanwhile.
  const key = find() ?? (await create()) ?? find()
  if (!key || !isDefaultKey(key)) return
  const free: string[] = []
  for (const { name } of zones)
    if (name !== defaultZone && !keyring.getByUniqueName(spaceOf(name), DEFAULT_KEY_NAME)) free.push(name)
  const missingIn = (before: StoredKey) => {
    const known = new Set(attributesOf(before).replicas?.map(({ zone }) => zone))
    return free.filter((zone) => !known.has(zone))
  }
  if (missingIn(key).length === 0) return
  const completed = (before: StoredKey) => {
    const missing = missingIn(before)
    return missing.length > 0 ? withReplicas(before, missing, now) : before
  }
  await keyring.change(key, completed, firstUse)
}
