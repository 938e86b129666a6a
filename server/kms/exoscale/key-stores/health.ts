/** Health of the stores' proxies: the last check of each, and checks every minute while a store is connected. */
import type { KeyStoreHealth } from '../../../../src/clouds/exoscale/wire-key-stores.ts'
import type { Clock } from '../../engine/clock.ts'
import { timestamp } from '../keys.ts'
import { ProxyFailure } from './failure.ts'
import type { Every } from './options.ts'
import type { XksProxies } from './proxy.ts'
import type { KeyStoreRecord, KeyStoreRecords } from './records.ts'

const INTERVAL = 60_000

/** Keeps no process alive. */
export const everyInterval: Every = (milliseconds, task) => {
  const timer = setInterval(task, milliseconds)
  timer.unref()
  return () => clearInterval(timer)
}

export interface StoreHealth {
  /** Result of the last check; undefined before the first one, and after the proxy was changed. */
  of(store: KeyStoreRecord): KeyStoreHealth | undefined
  /** Checks now. Throws ProxyFailure. */
  check(store: KeyStoreRecord, operation: Parameters<XksProxies['health']>[1]): Promise<void>
  forget(id: string): void
  /** Checks the connected stores, one after the other. */
  checkAll(): Promise<void>
  /** Ends the checks. */
  close(): void
}

const isSameProxy = (one: KeyStoreRecord, other: KeyStoreRecord) =>
  one.endpoint === other.endpoint && one.accessKey === other.accessKey && one.secret === other.secret

export function openStoreHealth({
  stores,
  proxies,
  clock,
  every,
  report,
}: {
  stores: KeyStoreRecords
  proxies: XksProxies
  clock: Clock
  every: Every
  report?: ((error: unknown) => void) | undefined
}): StoreHealth {
  const known = new Map<string, { readonly store: KeyStoreRecord; readonly health: KeyStoreHealth }>()
  let isOpen = true
  let isBusy = false

  async function check(store: KeyStoreRecord, operation: Parameters<XksProxies['health']>[1]): Promise<void> {
    const note = (health: KeyStoreHealth) =>
      known.set(store.id, { store, health: { ...health, 'checked-at': timestamp(clock.now()) } })
    try {
      const answer = await proxies.health(store, operation)
      note({ status: 'healthy', 'metadata-json': answer.toString('base64') })
    } catch (error) {
      if (!(error instanceof ProxyFailure)) throw error
      note({ status: 'unhealthy', 'status-reason': `proxy-${error.reason}`, 'error-detail': error.message })
      throw error
    }
  }

  async function checkConnected(): Promise<void> {
    for (const { id } of await stores.all()) {
      // Read again: it may have been disconnected while another proxy was slow.
      const store = (await stores.all()).find((one) => one.id === id)
      if (!isOpen || store?.status !== 'connected') continue
      await check(store, 'KmsHealthCheck').catch((error: unknown) => {
        if (!(error instanceof ProxyFailure)) throw error
      })
    }
  }

  async function checkAll(): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      await checkConnected()
    } catch (error) {
      if (isOpen) report?.(error)
    } finally {
      isBusy = false
    }
  }

  const stop = every(INTERVAL, () => void checkAll())
  return {
    of(store) {
      const last = known.get(store.id)
      return last && isSameProxy(last.store, store) ? last.health : undefined
    },
    check,
    forget: (id) => void known.delete(id),
    checkAll,
    close() {
      isOpen = false
      stop()
    },
  }
}
