import type { Logger } from 'pino'
import { type HttpAnswer, type HttpRequest, jsonAnswer, pathOf } from '../http/exchange.ts'
import { type Fetch, fetchOf } from '../http/over-fetch.ts'
import type { Connection } from '../http/over-node.ts'
import { acceptClock, noClockWatch, openClockWatch, systemUptime } from './clock-watch.ts'
import { openDataFolder } from './data-folder.ts'
import { type Clock, systemClock } from './engine/clock.ts'
import type { KeyWrapper } from './engine/key-wrapper.ts'
import { DiskError, type Store } from './engine/store.ts'
import { ROOT_KEY_CHECK } from './engine/wrapped-names.ts'
import { BusyError } from './gate.ts'
import { apiAt, credentialsOf, type ProviderOptions } from './registry.ts'
import type { Seed } from './seed/seed.ts'
import { openSeed } from './seed/start.ts'
import { openServices, type Services } from './services.ts'
import { startServing } from './serving.ts'
import type { openShared } from './shared/open.ts'
import { openFaults } from './test-api/faults/faults.ts'
import { startImage } from './test-api/start-image.ts'
import { isTestPath, openTestApi, testApiIsOff } from './test-api/test-api.ts'
import { assertNotMoved } from './test-clock.ts'

export interface LocalKms {
  /**
   * Answers a request with the provider of its path; undefined for a fault that has broken the connection.
   * @param connection connection of the request; only calls with one meet faults
   */
  answer(request: HttpRequest, connection?: Connection): Promise<HttpAnswer | undefined>
  /** The same for requests of `fetch`, which meet no faults. */
  readonly fetch: Fetch
  /** Credentials for clients, created at the first start. */
  readonly credentials: ReturnType<typeof credentialsOf>
  /** Whether the store answers. */
  ready(): Promise<boolean>
  /**
   * Problems that need attention although the KMS serves, and what to do, as sentences. Everybody may read them: they name
   * no key and no folder, as the log does.
   */
  warnings(): readonly string[]
  /** Runs the scheduler now: due rotations and destructions. Also done at start and every few minutes. */
  runDueJobs(): Promise<void>
  close(): Promise<void>
}

export interface KmsOptions extends ProviderOptions {
  readonly dataDir: string
  /** Base64, 32 bytes; if absent, created and stored in the data folder. */
  readonly rootKey?: string | undefined
  /** PostgreSQL database for the content, in place of a file in the data folder; needs the root key. */
  readonly databaseUrl?: string | undefined
  /** Origins whose pages may call from a browser. */
  readonly origins?: readonly string[]
  /** Given by a caller that moves it on purpose; set clocks are not noticed then, unless `steadyClock` is given too. */
  readonly clock?: Clock
  /** Milliseconds that pass whether or not the clock is set. */
  readonly steadyClock?: Clock
  /** Trusts the clock although it was set since the last time. */
  readonly acceptClock?: boolean
  /** Whether time can be moved forward at `/clock`. */
  readonly testClock?: boolean
  /** Test API at `/_kms/…` for resets and faults: from this machine, and with the token from others. */
  readonly test?: { readonly token?: string | undefined } | undefined
  /** Seed that is applied before the first request: parsed, or its file. */
  readonly seed?: Seed | undefined
  readonly seedFile?: string | undefined
  readonly log: Logger
  /** Own base URL once listening, for answers with addresses. */
  readonly address: () => string | undefined
  /** Base URL for clients if it differs from the own one; used in answers with addresses. */
  readonly publicUrl?: string | undefined
}

const rotationAdvice = (keys: number): string | undefined =>
  keys === 0
    ? undefined
    : `${keys === 1 ? '1 key has' : `${keys} keys have`} encrypted so often that a new version is needed. The log and "npm run kms -- verify" name ${keys === 1 ? 'it' : 'them'}.`

/** Milliseconds between two runs of the scheduler. */
const INTERVAL = 5 * 60_000

const CLOCK = '/clock'

const busy = ({ message }: BusyError) => jsonAnswer({ message: `${message}. Try again.` }, 503)

const unavailable = ({ message }: DiskError) => jsonAnswer({ message }, 503, { 'retry-after': '1' })

/** Loaded only where it is used. */
const openSharedAt: typeof openShared = async (...given) => (await import('./shared/open.ts')).openShared(...given)

/** Opens the local KMS on a data folder; throws KmsStartError with a message for the user if it can't. */
export async function openKms(options: KmsOptions): Promise<LocalKms> {
  const { log, test, clock: realClock = systemClock } = options
  const applySeed = await openSeed(options)
  const faults = test && openFaults(realClock)
  let clockWatch = noClockWatch
  const openWith = (content: Store, keyWrapper: KeyWrapper) =>
    openServices({
      store: content,
      keyWrapper,
      clock: realClock,
      testClock: test !== undefined || (options.testClock ?? false),
      clientClock: faults?.clientClock ?? realClock,
      providerOptions: options,
      origins: options.origins ?? [],
      address: options.address,
      publicUrl: options.publicUrl,
      log,
      mayRunDueJobs: () => clockWatch.check(),
    })
  const report = (error: unknown) => log.error({ err: error }, 'entries of the audit log wait for the disk')
  const openSeeded = async (content: Store, keyWrapper: KeyWrapper) => {
    await applySeed({ store: content, keyWrapper })
    return openWith(content, keyWrapper)
  }
  const { keyWrapper, store, isNew } =
    options.databaseUrl === undefined
      ? await openDataFolder({ ...options, report }, openSeeded)
      : await openSharedAt({ ...options, report, databaseUrl: options.databaseUrl }, openSeeded)
  if (!(test || options.testClock)) {
    await assertNotMoved(store)
    if (options.acceptClock) await acceptClock(store, realClock)
    const steady = options.steadyClock ?? (options.clock ? undefined : systemUptime)
    if (steady) clockWatch = openClockWatch({ store, clock: realClock, steady, log })
  }

  if (!isNew) await applySeed({ store, keyWrapper })
  const serving = await startServing(store, () => openWith(store, keyWrapper))
  const credentials = credentialsOf(serving.services().providers)
  const testApi =
    test &&
    faults &&
    openTestApi({
      serving,
      faults,
      token: test.token,
      start: isNew ? store.takeImage() : await startImage(store, keyWrapper, (fresh) => openSeeded(fresh, keyWrapper)),
    })

  const runDueJobs = () => serving.use((services) => services.runDueJobs())
  const timer = setInterval(() => {
    runDueJobs().catch((error: unknown) => log.error({ err: error }, 'due jobs failed; next try in five minutes'))
  }, INTERVAL)
  timer.unref()

  async function answer(request: HttpRequest, connection?: Connection): Promise<HttpAnswer> {
    const path = pathOf(request.target)
    if (isTestPath(path)) return testApi ? testApi.answer(request) : testApiIsOff()
    const work = (services: Services) =>
      options.testClock && services.testClock && path === CLOCK
        ? services.testClock.answer(request)
        : apiAt(services.providers, path).answer(request)
    try {
      return await serving.use(work, test && connection && (() => connection.answered))
    } catch (error) {
      if (error instanceof BusyError) return busy(error)
      if (error instanceof DiskError) return unavailable(error)
      throw error
    }
  }

  return {
    credentials,
    answer(request, connection) {
      const isExempt = !faults || !connection || isTestPath(pathOf(request.target))
      return isExempt
        ? answer(request, connection)
        : faults.answer(request, connection, () => answer(request, connection))
    },
    fetch: fetchOf(answer),
    warnings: () =>
      [clockWatch.problem(), ...store.problems(), rotationAdvice(serving.services().encryptedTooOften())].filter(
        (warning) => warning !== undefined,
      ),
    runDueJobs,
    async ready() {
      await store.refresh?.()
      return store.isInPlace() && (await store.setting(ROOT_KEY_CHECK)) !== undefined
    },
    async close() {
      clearInterval(timer)
      serving.services().close()
      await store.close()
    },
  }
}
