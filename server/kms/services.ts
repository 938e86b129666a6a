/** What answers requests from a store, with everything that it keeps in memory: opened at once, and again after a reset. */
import type { Logger } from 'pino'
import type { Clock } from './engine/clock.ts'
import { createCredentials } from './engine/credentials.ts'
import type { KeyWrapper } from './engine/key-wrapper.ts'
import { createKeyring } from './engine/keyring.ts'
import type { Store } from './engine/store.ts'
import { createWrappingKeys } from './engine/wrapping-keys.ts'
import { type ApiRevision, type ExoscaleApi, openExoscale } from './exoscale/api.ts'
import type { FaultSwitches } from './exoscale/fault-switches.ts'
import { openTestClock, type TestClock } from './test-clock.ts'
import { openThalassa, type ThalassaApi } from './thalassa/api.ts'

export interface ServiceOptions {
  readonly store: Store
  readonly keyWrapper: KeyWrapper
  readonly clock: Clock
  /** Time can be moved forward from `clock`. */
  readonly testClock: boolean
  /** What the times that clients write are judged by. */
  readonly clientClock: Clock
  readonly exoscaleApi: ApiRevision
  readonly exoscaleSwitches: FaultSwitches
  readonly origins: readonly string[]
  readonly address: () => string | undefined
  readonly publicUrl?: string | undefined
  readonly log: Logger
}

export interface Services {
  readonly thalassa: ThalassaApi
  readonly exoscale: ExoscaleApi
  readonly testClock: TestClock | undefined
  /** Carries out the rotations and deletions that are due. */
  runDueJobs(): Promise<void>
}

/** Catches up on what fell due while nothing ran, too. */
export async function openServices(given: ServiceOptions): Promise<Services> {
  const { store, keyWrapper, log } = given
  const testClock = given.testClock ? await openTestClock(store, runDueJobs, given.clock) : undefined
  const clock = testClock ?? given.clock
  const shared = {
    keyring: createKeyring({ store, keyWrapper, clock }),
    credentials: createCredentials({ store, keyWrapper, now: () => clock.now() }),
    settings: store,
    dataVersion: store.dataVersion,
    resources: store,
    audit: store,
    clock,
    clientClock: given.clientClock,
    origins: given.origins,
    address: given.address,
    publicUrl: given.publicUrl,
    report: (error: unknown) => log.error({ err: error }, 'a request failed'),
  }
  const thalassa = await openThalassa({ ...shared, wrappingKeys: createWrappingKeys({ store, keyWrapper }) })
  const exoscale = await openExoscale({ ...shared, revision: given.exoscaleApi, switches: given.exoscaleSwitches })

  async function runDueJobs() {
    for (const cloud of [thalassa, exoscale]) {
      const done = await shared.keyring.runDueJobs(cloud)
      if (done.rotated + done.destroyed > 0) log.info({ cloud: cloud.cloud, ...done }, 'due jobs')
    }
  }
  await runDueJobs()
  return { thalassa, exoscale, testClock, runDueJobs }
}
