/** External key stores, and the keys behind them. */
import type { ProviderServices } from '../../provider.ts'
import type { Queue } from '../../queue.ts'
import { systemLookUp } from './addresses.ts'
import { createExternalKeys } from './external-keys.ts'
import { everyInterval, openStoreHealth } from './health.ts'
import { createKeyStoreOperations } from './operations.ts'
import type { XksOptions } from './options.ts'
import { createXksProxies } from './proxy.ts'
import { openKeyStoreRecords } from './records.ts'

/** Milliseconds. */
const DEADLINE = 5000

export function openKeyStores(
  services: Pick<ProviderServices, 'keyring' | 'credentials' | 'clock' | 'report'> & {
    readonly inTurn: Queue
    readonly xks?: XksOptions | undefined
  },
) {
  const { allowPrivate = false, deadline = DEADLINE, lookUp = systemLookUp, every = everyInterval } = services.xks ?? {}
  const stores = openKeyStoreRecords(services)
  const proxies = createXksProxies({ allowPrivate, lookUp, deadline })
  const shared = { ...services, stores, proxies, every }
  const health = openStoreHealth(shared)
  return {
    operations: createKeyStoreOperations({ ...shared, health }),
    externalKeys: createExternalKeys(shared),
    checkHealth: health.checkAll,
    close: health.close,
  }
}
