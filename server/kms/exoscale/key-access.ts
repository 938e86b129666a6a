import type { Keyring } from '../engine/keyring.ts'
import type { Conclude, StoredKey } from '../engine/store.ts'
import { answered, type Call, type RecordedCall } from './call.ts'
import type { FaultSwitches } from './fault-switches.ts'
import { CLOUD, isDefaultKey } from './keys.ts'
import { type Answer, Problem } from './problems.ts'

/** Changed key; throws a Problem to refuse. */
export type Decision = (key: StoredKey, now: number) => StoredKey

type Reply = (key: StoredKey) => Answer

/** Access to the key of a call. Throws a Problem if the zone has no key of that id. */
export interface KeyAccess {
  find(call: Call): StoredKey
  /** Here and below, `reply` makes the answer, and with it the audit rows, in the transaction of the change. */
  change(call: RecordedCall, decide: Decision, reply: Reply): Promise<Answer>
  rotate(call: RecordedCall, decide: Decision, reply: Reply): Promise<Answer>
}

const addressOf = ({ zone, id }: Call) => ({ cloud: CLOUD, location: zone, id })

const unknown = ({ id, zone }: Call) => new Problem('key-not-found', `there is no key ${id} in ${zone}`)

/** The answer to a change of a key that may have been destroyed meanwhile. */
function found(reply: Answer | undefined, call: Call): Answer {
  if (!reply) throw unknown(call)
  return reply
}

const concluding =
  (call: RecordedCall, reply: Reply): Conclude<Answer> =>
  ({ key }) =>
    answered(call, reply(key))

export function createKeyAccess({ keyring, switches }: { keyring: Keyring; switches: FaultSwitches }): KeyAccess {
  /** The key of a call. Throws a Problem if it is unknown or a default key that the switch makes absent. */
  function existing(key: StoredKey | undefined, call: Call): StoredKey {
    if (key && !(switches.defaultKey === 'absent' && isDefaultKey(key))) return key
    throw unknown(call)
  }

  const ofExisting =
    (call: Call, decide: Decision): Decision =>
    (key, now) =>
      decide(existing(key, call), now)

  return {
    find: (call) => existing(keyring.get(addressOf(call)), call),
    change: async (call, decide, reply) =>
      found(await keyring.change(addressOf(call), ofExisting(call, decide), concluding(call, reply)), call),
    rotate: async (call, decide, reply) =>
      found(await keyring.rotate(addressOf(call), ofExisting(call, decide), concluding(call, reply)), call),
  }
}
