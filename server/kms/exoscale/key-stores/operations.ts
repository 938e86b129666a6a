/** Operations on key stores, which belong to the organisation: every zone answers the same. */
import type { EndpointId } from '../../../../src/clouds/exoscale/endpoints.ts'
import { zones } from '../../../../src/clouds/exoscale/rules.ts'
import type { KeyStore, KeyStoreStatus } from '../../../../src/clouds/exoscale/wire-key-stores.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Keyring } from '../../engine/keyring.ts'
import type { Queue } from '../../queue.ts'
import { answered, type Call, type Operation, ofKey as ofStore, type RecordedCall } from '../call.ts'
import { externalOf, spaceOf, timestamp } from '../keys.ts'
import { type Answer, answer, Problem } from '../problems.ts'
import { createKeyIds } from '../uuid.ts'
import { type Content, readBody } from '../validation.ts'
import { CreateKeyStoreBody, UpdateKeyStoreBody } from './bodies.ts'
import { ProxyFailure, storeProblem, through } from './failure.ts'
import type { StoreHealth } from './health.ts'
import type { XksProxies } from './proxy.ts'
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
  proxies,
  health,
  keyring,
  clock,
  inTurn,
}: {
  stores: KeyStoreRecords
  proxies: XksProxies
  health: StoreHealth
  keyring: Keyring
  clock: Clock
  /** Serialises the creation of keys with the deletion of stores. */
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

  const withHealth = (store: KeyStoreRecord): KeyStore => {
    const last = health.of(store)
    return { ...wireOf(store), ...(last && { health: last }) }
  }

  /** Throws the problem of a store whose proxy fails. */
  async function requireHealthy(store: KeyStoreRecord, operation: Parameters<StoreHealth['check']>[1]): Promise<void> {
    await through(health.check(store, operation), (failure) => storeProblem(store.name, failure))
  }

  /** Throws a Problem for an endpoint that may not be called. A name without an address may get one. */
  async function requireAllowed(name: string, endpoint: string): Promise<void> {
    await proxies.checkEndpoint(endpoint).catch((error: unknown) => {
      if (error instanceof ProxyFailure && error.reason === 'unreachable') return
      throw error instanceof ProxyFailure ? storeProblem(name, error) : error
    })
  }

  async function isReferenced({ id }: KeyStoreRecord): Promise<boolean> {
    for (const { name } of zones)
      for await (const page of keyring.list(spaceOf(name)))
        if (page.some(({ key }) => externalOf(key)?.storeId === id)) return true
    return false
  }

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
    withFreeName(await stores.all())
    await requireHealthy(record, 'CreateCustomKeyStore')
    return stores.put(withFreeName, (store) => answered(call, answer(wireOf(store))))
  }

  async function update(call: RecordedCall, content: Content): Promise<Answer> {
    const { description, proxy: { endpoint, auth } = {} } = readBody(UpdateKeyStoreBody, content)
    const store = found(call, await stores.all())
    if (endpoint !== undefined) await requireAllowed(store.name, endpoint)
    const changed = (latest: KeyStoreRecord): KeyStoreRecord => {
      if (latest.revision !== store.revision)
        throw new Problem('conflict', `the key store ${latest.id} was changed meanwhile; try again`)
      return {
        ...latest,
        ...(description === undefined ? {} : { description }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(auth === undefined ? {} : { accessKey: auth.key, secret: auth.secret }),
      }
    }
    return change(call, changed, (after) => answer(withHealth(after)))
  }

  async function connect(call: RecordedCall): Promise<Answer> {
    await requireHealthy(found(call, await stores.all()), 'ConnectCustomKeyStore')
    return withStatus(call, 'connected')
  }

  const withStatus = (call: RecordedCall, status: KeyStoreStatus): Promise<Answer> =>
    change(
      call,
      (store) => (store.status === status ? store : { ...store, status, statusSince: clock.now() }),
      () => success,
    )

  const remove = (call: RecordedCall): Promise<Answer> =>
    inTurn(async () => {
      const store = found(call, await stores.all())
      if (await isReferenced(store))
        throw new Problem('key-store-referenced', `keys name the key store ${store.id}; delete them first`)
      const reply = await stores.remove(store.id, () => answered(call, success))
      health.forget(store.id)
      return reply ?? success
    })

  return {
    'create-key-store': create,
    'list-key-stores': async () => answer({ 'key-stores': (await stores.all()).map(wireOf) }),
    'get-key-store': ofStore(async (call) => answer(withHealth(found(call, await stores.all())))),
    'update-key-store': ofStore(update),
    'connect-key-store': ofStore(connect),
    'disconnect-key-store': ofStore((call: RecordedCall) => withStatus(call, 'disconnected')),
    'delete-key-store': ofStore(remove),
  } satisfies Partial<Record<EndpointId, Operation>>
}
