import type { Audit } from '../engine/audit.ts'
import type { Clock } from '../engine/clock.ts'
import type { Keyring } from '../engine/keyring.ts'
import { IntegrityError, type StoredKey } from '../engine/store.ts'
import type { FaultSwitches } from './fault-switches.ts'
import { scheduledRow } from './iam/events.ts'
import { attributesOf, CLOUD, isDefaultKey, spaceOf } from './keys.ts'
import { applied, failed, replicaOf } from './replicas.ts'

/**
 * Updates the due replicas. Pending changes and their times are stored with the primary, so this
 * needs no timer and survives a crash: every request calls `catchUp` first and sees the state of its time.
 */
export function createReplication(services: {
  keyring: Keyring
  clock: Clock
  switches: FaultSwitches
  inTurn: <T>(task: () => Promise<T>) => Promise<T>
  report?: (error: unknown) => void
}): { catchUp(): Promise<void> } {
  const { keyring, clock, switches, inTurn } = services

  /** Reason why a zone is unreachable or refuses the key; undefined if it accepts it. */
  function obstacle(primary: StoredKey, zone: string): string | undefined {
    if (zone === switches.failingZone) return `the zone ${zone} can't be reached`
    const named = keyring.getByUniqueName(spaceOf(zone), primary.uniqueName)
    return named && named.id !== primary.id ? `${zone} has another key of that name` : undefined
  }

  const fail = (primary: StoredKey, zone: string, error: string) =>
    keyring.copy(primary, zone, (key, _, now) => ({
      key: failed(key, zone, error, now),
      audit: { none: 'state of replication' },
    }))

  /** The replicas of the default key are a part of the first start, which leaves no rows. */
  function auditOf(key: StoredKey, replica: StoredKey | undefined, copy: StoredKey, now: number): Audit {
    if (!replica && isDefaultKey(key)) return { none: 'first use' }
    const hasNews = copy !== replica || copy.latestVersion < key.latestVersion
    return hasNews ? [scheduledRow('automatic replication', copy, now)] : { none: 'state of replication' }
  }

  async function bring(primary: StoredKey, zone: string): Promise<void> {
    const error = obstacle(primary, zone)
    if (error !== undefined) return fail(primary, zone, error)
    try {
      await keyring.copy(primary, zone, (key, replica, now) => {
        const copy = replicaOf(key, replica, zone, now)
        return { key: applied(key, zone), copy, audit: auditOf(key, replica, copy, now) }
      })
    } catch (cause) {
      // A failure must not affect the request that triggered it, nor other replicas.
      services.report?.(cause)
      await fail(primary, zone, 'the key could not be copied')
    }
  }

  async function bringDue(): Promise<void> {
    for (const due of await keyring.toSync(CLOUD)) {
      try {
        const primary = keyring.get(due)
        const { replicas = [] } = primary ? attributesOf(primary) : {}
        for (const { zone, dueAt } of replicas)
          if (primary && dueAt !== null && dueAt <= clock.now()) await bring(primary, zone)
      } catch (error) {
        if (!(error instanceof IntegrityError)) throw error
        // A key that was changed outside of the KMS stays as it is; the request and other keys go on.
        services.report?.(error)
      }
    }
  }

  const isDue = async () => (await keyring.nextSync(CLOUD)) <= clock.now()

  return {
    async catchUp() {
      if (!(await isDue())) return
      await inTurn(async () => {
        if (await isDue()) await bringDue()
      })
    },
  }
}
