import type { EndpointId, endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import type { ApiRevision } from '../../../src/clouds/exoscale/revisions.ts'
import type { Clock } from '../engine/clock.ts'
import type { Credentials } from '../engine/credentials.ts'
import type { Keyring } from '../engine/keyring.ts'
import { createQueue } from '../queue.ts'
import type { Call, Operation } from './call.ts'
import { createCryptoOperations } from './crypto-operations.ts'
import { makeDefaultKey } from './default-key.ts'
import type { FaultSwitches } from './fault-switches.ts'
import { createKeyAccess } from './key-access.ts'
import { createKeyOperations } from './key-operations.ts'
import { createKeyStoreOperations } from './key-stores/operations.ts'
import { openKeyStoreRecords } from './key-stores/records.ts'
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
}

/** Operations on keys, by endpoint. Creates the default key unless the switches make it absent. */
export async function openKeyOperations(services: {
  keyring: Keyring
  credentials: Credentials
  clock: Clock
  revision: ApiRevision
  switches: FaultSwitches
  report?: (error: unknown) => void
}): Promise<KeyOperations> {
  const stores = openKeyStoreRecords(services)
  const shared = {
    ...services,
    nextKeyId: createKeyIds(),
    inTurn: createQueue(),
    access: createKeyAccess(services),
    stores,
  }
  const { catchUp } = createReplication(shared)
  if (services.switches.defaultKey !== 'absent') await makeDefaultKey(shared)
  await catchUp()
  const operations = {
    ...createKeyOperations(shared),
    ...createCryptoOperations(shared),
    ...createSigningOperations(shared),
    ...createKeyStoreOperations(shared),
  }
  return { operations, catchUp }
}
