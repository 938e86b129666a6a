import type { Keyring } from '../engine/keyring.ts'
import type { StoredKey } from '../engine/store.ts'
import type { Call } from './call.ts'
import type { FaultSwitches } from './fault-switches.ts'
import { CLOUD, isDefaultKey } from './keys.ts'
import { Problem } from './problems.ts'

/** Changed key; throws a Problem to refuse. */
export type Decision = (key: StoredKey, now: number) => StoredKey

/** Access to the key of a call. Throws a Problem if the zone has no key of that id. */
export interface KeyAccess {
  find(call: Call): Promise<StoredKey>
  change(call: Call, decide: Decision): Promise<StoredKey>
  rotate(call: Call, decide: Decision): Promise<StoredKey>
}

const addressOf = ({ zone, id }: Call) => ({ cloud: CLOUD, location: zone, id })

export function createKeyAccess({ keyring, switches }: { keyring: Keyring; switches: FaultSwitches }): KeyAccess {
  /** The key of a call. Throws a Problem if it is unknown or a default key that the switch makes absent. */
  function existing(key: StoredKey | undefined, { id, zone }: Call): StoredKey {
    if (key && !(switches.defaultKey === 'absent' && isDefaultKey(key))) return key
    throw new Problem('key-not-found', `there is no key ${id} in ${zone}`)
  }

  const ofExisting =
    (call: Call, decide: Decision): Decision =>
    (key, now) =>
      decide(existing(key, call), now)

  return {
    find: async (call) => existing(await keyring.get(addressOf(call)), call),
    change: async (call, decide) => existing(await keyring.change(addressOf(call), ofExisting(call, decide)), call),
    rotate: async (call, decide) => existing(await keyring.rotate(addressOf(call), ofExisting(call, decide)), call),
  }
}
