import type { EndpointId, endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import type { ApiRevision } from '../../../src/clouds/exoscale/revisions.ts'
import type { ProviderServices } from '../provider.ts'
import { createQueue } from '../queue.ts'
import type { Call, Operation } from './call.ts'
import { createCryptoOperations } from './crypto-operations.ts'
import { makeDefaultKey } from './default-key.ts'
import type { FaultSwitches } from './fault-switches.ts'
import { createKeyAccess } from './key-access.ts'
import { createKeyOperations } from './key-operations.ts'
import { openKeyStores } from './key-stores/key-stores.ts'
import type { XksOptions } from './key-stores/options.ts'
import { createReplication } from './replication.ts'
import { createSigningOperations } from './signing-operations.ts'
import { createKeyIds } from './uuid.ts'

type KmsEndpointId = {
  [Id in EndpointId]: (typeof endpoints)[Id] extends { service: 'kms' } ? Id : never
}[EndpointId]

interface KeyOperations {
  readonly operations: Readonly<Record<KmsEndpointId, Operation>> & { readonly 'get-kms-key': Operation<Call> }
  /** Updates due replicas; call it before an operation. */
  catchUp(): Promise<void>
  /** Checks the proxies of the connected key stores. */
  checkKeyStores(): Promise<void>
  /** Ends the checks of key stores. */
  close(): void
}

/** Operations on keys, by endpoint. Creates the default key unless the switches make it absent. */
export async function openKeyOperations(
  services: Pick<ProviderServices, 'keyring' | 'credentials' | 'clock' | 'report'> & {
    revision: ApiRevision
    switches: FaultSwitches
    xks?: XksOptions
  },
): Promise<KeyOperations> {
  const inTurn = createQueue()
  const stores = openKeyStores({ ...services, inTurn })
  const shared = {
    ...services,
    nextKeyId: createKeyIds(),
    inTurn,
    access: createKeyAccess(services),
    externalKeys: stores.externalKeys,
  }
  const { catchUp } = createReplication(shared)
  if (services.switches.defaultKey !== 'absent') await makeDefaultKey(shared)
  await catchUp()
  const operations = {
    ...createKeyOperations(shared),
    ...createCryptoOperations(shared),
    ...createSigningOperations(shared),
    ...stores.operations,
  }
  return { operations, catchUp, checkKeyStores: stores.checkHealth, close: stores.close }
}
