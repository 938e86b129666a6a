import { defaultZone, zones } from '../../../src/clouds/exoscale/rules.ts'
import type { Clock } from '../engine/clock.ts'
import type { Keyring } from '../engine/keyring.ts'
import { attributesOf, isDefaultKey, spaceOf } from './keys.ts'
import { newKeyData } from './lifecycle.ts'
import { withReplicas } from './replicas.ts'

/** Reserved name, in every zone. */
export const DEFAULT_KEY_NAME = 'exoscale-default'

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
  const key =
    (await keyring.getByUniqueName(spaceOf(defaultZone), DEFAULT_KEY_NAME)) ??
    (await keyring.create({
      ...spaceOf(defaultZone),
      id: nextKeyId(now),
      createdAt: now,
      uniqueName: DEFAULT_KEY_NAME,
      algorithm: 'aes256-gcm96',
      revision: 2,
      ...newKeyData(given, now),
    }))
  if (!key || !isDefaultKey(key)) return
  const known = new Set(attributesOf(key).replicas?.map(({ zone }) => zone))
  const missing: string[] = []
  for (const { name } of zones)
    if (name !== defaultZone && !known.has(name) && !(await keyring.getByUniqueName(spaceOf(name), DEFAULT_KEY_NAME)))
      missing.push(name)
  if (missing.length > 0) await keyring.change(key, (before) => withReplicas(before, missing, now))
}
