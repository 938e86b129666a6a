/** Services over a store: engine, provider APIs and test clock. Opened at start, and again after a reset. */
import type { Logger } from 'pino'
import type { Clock } from './engine/clock.ts'
import { createCredentials } from './engine/credentials.ts'
import type { KeyWrapper } from './engine/key-wrapper.ts'
import { createKeyring } from './engine/keyring.ts'
import type { Store } from './engine/store.ts'
import { createWrappingKeys } from './engine/wrapping-keys.ts'
import type { ProviderServices } from './provider.ts'
import { apisOf, openProviders, type ProviderOptions, type Providers } from './registry.ts'
import { openTestClock, type TestClock } from './test-clock.ts'

export interface ServiceOptions extends Pick<ProviderServices, 'clock' | 'origins' | 'address' | 'publicUrl'> {
  readonly store: Store
  readonly keyWrapper: KeyWrapper
  /** Whether tests can move time forward from `clock`. */
  readonly testClock: boolean
  /** Clock by which times from clients are judged. */
  readonly clientClock: Clock
  readonly providerOptions: ProviderOptions
  readonly log: Logger
  /** Whether scheduled changes may run now; asked before each run. */
  readonly mayRunDueJobs: () => Promise<boolean>
}

export interface Services {
  readonly providers: Providers
  readonly testClock: TestClock | undefined
  /** Runs the due rotations and deletions. */
  runDueJobs(): Promise<void>
  /** Number of keys that have encrypted so often that they should be rotated. */
  encryptedTooOften(): number
  /** Ends what runs beside requests, and forgets parsed private keys. The store stays open. */
  close(): void
}

/** Opens the services and runs the jobs that fell due while the server was stopped. */
export async function openServices(options: ServiceOptions): Promise<Services> {
  const { store, keyWrapper, log, clientClock, origins = [], address, publicUrl } = options
  const testClock = options.testClock ? await openTestClock(store, runDueJobs, options.clock) : undefined
  const clock = testClock ?? options.clock
  const report = (error: unknown) => log.error({ err: error }, 'a request failed')
  const keyring = createKeyring({ store, keyWrapper, clock, report, warn: (text) => log.warn(text) })
  const services = {
    keyring,
    credentials: createCredentials({ store, keyWrapper, now: () => clock.now() }),
    wrappingKeys: createWrappingKeys({ store, keyWrapper }),
    settings: store,
    dataVersion: store.dataVersion,
    resources: store,
    audit: store,
    clock,
    clientClock,
    origins,
    address,
    publicUrl,
    report,
  }
  const providers = await openProviders(services, options.providerOptions)

  async function runDueJobs() {
    for (const api of apisOf(providers)) {
      if (!(await options.mayRunDueJobs())) return
      const done = await keyring.runDueJobs(api)
      if (done.rotated + done.destroyed > 0) log.info({ cloud: api.cloud, ...done }, 'due jobs')
    }
  }
  // For example on a full disk, on which keys can still be used.
  await runDueJobs().catch((error: unknown) => log.error({ err: error }, 'due jobs failed; next try in five minutes'))
  return {
    providers,
    testClock,
    runDueJobs,
    encryptedTooOften: keyring.encryptedTooOften,
    close() {
      for (const api of apisOf(providers)) api.close?.()
      keyring.close()
    },
  }
}
