/** Operations on key stores, which belong to the organisation: every zone answers the same. */
import type { EndpointId } from '../../../../src/clouds/exoscale/endpoints.ts'
import type { KeyStore, KeyStoreStatus } from '../../../../src/clouds/exoscale/wire-key-stores.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Queue } from '../../queue.ts'
import { answered, type Call, type Operation, ofKey as ofStore, type RecordedCall } from '../call.ts'
import { timestamp } from '../keys.ts'
import { type Answer, answer, Problem } from '../problems.ts'
import { createKeyIds } from '../uuid.ts'
import { type Content, readBody } from '../validation.ts'
import { CreateKeyStoreBody, UpdateKeyStoreBody } from './bodies.ts'
import type { KeyStoreRecord, KeyStoreRecords } from './records.ts'

const success = answer({ status: 'success' })

const wireOf = ({ id, name, description, status, statusSince, createdAt, ...record }: KeyStoreRecord): KeyStore => ({
  id,
  name,
  ...(description === undefined ? {} : { description }),
  type: 'external-key-store',
  status,
  'status-since': timestamp(statusSince),
  'created-at': timestamp(createdAt),
  proxy: { endpoint: record.endpoint, auth: { key: record.accessKey } },
})

/** The store of a call. Throws a Problem if there is none. */
function found({ id }: Call, all: readonly KeyStoreRecord[]): KeyStoreRecord {
  const store = all.find((one) => one.id === id)
  if (!store) throw new Problem('not-found', `there is no key store ${id}`)
  return store
}

export function createKeyStoreOperations({
  stores,
  clock,
  inTurn,
}: {
  stores: KeyStoreRecords
  clock: Clock
  inTurn: Queue
}) {
  const nextId = createKeyIds()

  /** Changes the store of a call. */
  const change = (
    call: RecordedCall,
    decide: (store: KeyStoreRecord) => KeyStoreRecord,
    reply: (store: KeyStoreRecord) => Answer,
  ): Promise<Answer> =>
    stores.put(
      (all) => {
        const store = found(call, all)
        return { ...decide(store), revision: store.revision + 1 }
      },
      (store) => answered(call, reply(store)),
    )

  async function create(call: RecordedCall, content: Content): Promise<Answer> {
    const { name, description, proxy } = readBody(CreateKeyStoreBody, content)
    const now = clock.now()
    const record: KeyStoreRecord = {
      id: nextId(now),
      name,
      ...(description === undefined ? {} : { description }),
      endpoint: proxy.endpoint,
      accessKey: proxy.auth.key,
      secret: proxy.auth.secret,
      status: 'disconnected',
      statusSince: now,
      createdAt: now,
      revision: 1,
    }
    const withFreeName = (all: readonly KeyStoreRecord[]) => {
      if (all.some((one) => one.name === name))
        throw new Problem('name-conflict', 'there is already a key store of that name')
      return record
    }
    return stores.put(withFreeName, (store) => answered(call, answer(wireOf(store))))
  }

  async function update(call: RecordedCall, content: Content): Promise<Answer> {
    const { description, proxy: { endpoint, auth } = {} } = readBody(UpdateKeyStoreBody, content)
    const { revision } = found(call, await stores.all())
    const changed = (store: KeyStoreRecord): KeyStoreRecord => {
      if (store.revision !== revision)
        throw new Problem('conflict', `the key store ${store.id} was changed meanwhile; try again`)
      return {
        ...store,
        ...(description === undefined ? {} : { description }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(auth === undefined ? {} : { accessKey: auth.key, secret: auth.secret }),
      }
    }
    return change(call, changed, (store) => answer(wireOf(store)))
  }

  const withStatus = (call: RecordedCall, status: KeyStoreStatus): Promise<Answer> =>
    change(
      call,
      (store) => (store.status === status ? store : { ...store, status, statusSince: clock.now() }),
      () => success,
    )

  const remove = (call: RecordedCall): Promise<Answer> =>
    inTurn(async () => {
      found(call, await stores.all())
      return (await stores.remove(call.id, () => answered(call, success))) ?? success
    })

  return {
    'create-key-store': create,
    'list-key-stores': async () => answer({ 'key-stores': (await stores.all()).map(wireOf) }),
    'get-key-store': ofStore(async (call) => answer(wireOf(found(call, await stores.all())))),
    'update-key-store': ofStore(update),
    'connect-key-store': ofStore((call: RecordedCall) => withStatus(call, 'connected')),
    'disconnect-key-store': ofStore((call: RecordedCall) => withStatus(call, 'disconnected')),
    'delete-key-store': ofStore(remove),
  } satisfies Partial<Record<EndpointId, Operation>>
}
