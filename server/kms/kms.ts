import { join } from 'node:path'
import type { Logger } from 'pino'
import { type Clock, systemClock } from './engine/clock.ts'
import { createCredentials } from './engine/credentials.ts'
import { createKeyring } from './engine/keyring.ts'
import { createWrappingKeys } from './engine/wrapping-keys.ts'
import { type ApiRevision, openExoscale } from './exoscale/api.ts'
import { noSwitches, type Switches } from './exoscale/switches.ts'
import { KmsStartError, makeRootKeyCheck, openVault, ROOT_KEY_CHECK } from './root-key.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { assertNotMoved, openTestClock } from './test-clock.ts'
import { openThalassa } from './thalassa/api.ts'
import type { ThalassaCredential } from './thalassa/authentication.ts'

export interface LocalKms {
  /**
   * Answers as the clouds would: Thalassa at `/v1/…`, Exoscale at `/v2/…` and `/zone/ZONE/v2/…`.
   * @param client IP address of who calls, for the audit trail; left out by the gateway in this process
   * @param target the request target as it came over the wire, where the caller knows it: signatures cover its very characters
   */
  readonly fetch: (request: Request, target?: string, client?: string) => Promise<Response>
  /** Made at the first start; what a client needs in order to be let in. */
  readonly credentials: {
    readonly thalassa: ThalassaCredential
    readonly exoscale: { readonly key: string; readonly secret: string }
  }
  close(): Promise<void>
}

export interface KmsOptions {
  readonly dataDir: string
  /** Base64, 32 bytes; made and kept in the data folder when absent. */
  readonly rootKey?: string | undefined
  readonly exoscaleApi: ApiRevision
  readonly exoscaleSwitches?: Switches
  /** Origins whose pages may call from a browser. */
  readonly origins?: readonly string[]
  readonly clock?: Clock
  /** Time can be moved forward at `/clock`. */
  readonly testClock?: boolean
  readonly log: Logger
  /** Own base URL once listening, for the answers that carry addresses. */
  readonly address: () => string | undefined
}

const HOUR = 3_600_000

const CLOCK = '/clock'
const EXOSCALE = /^\/(?:v2|zone)(?:\/|$)/

/** Whatever is wrong with the file is said as one sentence, before anything is written to it. */
function openDatabase(database: string, { dataDir, rootKey }: KmsOptions) {
  try {
    const vault = openVault({ dataDir, database, rootKey })
    return { vault, store: openSqliteStore(database) }
  } catch (error) {
    if (error instanceof KmsStartError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new KmsStartError(
      `Can't open ${database}: ${reason}. Put the right file back or choose another KMS_DATA_DIR.`,
    )
  }
}

/** Opens the local KMS on a data folder; throws KmsStartError with a message for people when it can't. */
export async function openKms(options: KmsOptions): Promise<LocalKms> {
  const { dataDir, log, clock: realClock = systemClock } = options
  const database = join(dataDir, 'kms.sqlite')
  const { vault, store } = openDatabase(database, options)
  if ((await store.setting(ROOT_KEY_CHECK)) === undefined)
    await store.setSetting(ROOT_KEY_CHECK, makeRootKeyCheck(vault))

  const testClock = options.testClock ? await openTestClock(store, runDueJobs, realClock) : undefined
  if (!testClock) await assertNotMoved(store)
  const clock = testClock ?? realClock

  const parts = {
    keyring: createKeyring({ store, vault, clock }),
    credentials: createCredentials({ store, vault, now: () => clock.now() }),
    settings: store,
    dataVersion: store.dataVersion,
    resources: store,
    audit: store,
    clock,
    clientClock: realClock,
    origins: options.origins ?? [],
    address: options.address,
    report: (error: unknown) => log.error({ err: error }, 'a request failed'),
  }
  const thalassa = await openThalassa({ ...parts, wrappingKeys: createWrappingKeys({ store, vault }) })
  const exoscale = await openExoscale({
    ...parts,
    revision: options.exoscaleApi,
    switches: options.exoscaleSwitches ?? noSwitches,
  })

  /** Runs at start, which catches up on what fell due while nothing ran, and then hourly. */
  async function runDueJobs() {
    for (const cloud of [thalassa, exoscale]) {
      const done = await parts.keyring.runDueJobs(cloud)
      if (done.rotated + done.destroyed > 0) log.info({ cloud: cloud.cloud, ...done }, 'due jobs')
    }
  }
  await runDueJobs()
  const timer = setInterval(() => {
    runDueJobs().catch((error: unknown) => log.error({ err: error }, 'due jobs failed; next try in an hour'))
  }, HOUR)
  timer.unref()

  return {
    credentials: { thalassa: thalassa.credential, exoscale: exoscale.credential },
    async fetch(request, target, client) {
      const { pathname } = new URL(request.url)
      if (testClock && pathname === CLOCK) return testClock.answer(request, client)
      return EXOSCALE.test(pathname) ? exoscale.fetch(request, target, client) : thalassa.fetch(request, client)
    },
    async close() {
      clearInterval(timer)
      await store.close()
    },
  }
}
