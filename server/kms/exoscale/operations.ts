import type { ApiOperationId } from '../../../src/clouds/exoscale/rules.ts'
import type { Clock } from '../engine/clock.ts'
import type { Keyring } from '../engine/keyring.ts'
import { createQueue } from '../queue.ts'
import type { ApiRevision } from './api.ts'
import type { Operation } from './call.ts'
import { createCryptoOperations } from './crypto-operations.ts'
import { makeDefaultKey } from './default-key.ts'
import type { FaultSwitches } from './fault-switches.ts'
import { createKeyAccess } from './key-access.ts'
import { createKeyOperations } from './key-operations.ts'
import { createReplication } from './replication.ts'
import { createKeyIds } from './uuid.ts'

/** The API's operations on keys. Makes the default key where it is wanted, and brings replicas up to date. */
export async function openKeyOperations(services: {
  keyring: Keyring
  clock: Clock
  revision: ApiRevision
  switches: FaultSwitches
  report?: (error: unknown) => void
}): Promise<ReadonlyMap<ApiOperationId, Operation>> {
  const shared = { ...services, nextKeyId: createKeyIds(), inTurn: createQueue(), access: createKeyAccess(services) }
  const { catchUp } = createReplication(shared)
  if (services.switches.defaultKey !== 'absent') await makeDefaultKey(shared)
  await catchUp()
  const operations = [...createKeyOperations(shared), ...createCryptoOperations(shared)]
  return new Map(
    operations.map(([id, operation]): [ApiOperationId, Operation] => [
      id,
      async (call, content) => {
        await catchUp()
        return operation(call, content)
      },
    ]),
  )
}
