/** API keys, which sign requests. Their secrets are wrapped in the store and returned once. */
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Recorded } from '../../engine/audit.ts'
import type { KnownCredential } from '../../engine/credentials.ts'
import type { Rows } from '../../engine/store.ts'
import type { ProviderServices } from '../../provider.ts'
import { CLOUD } from '../keys.ts'
import { OWNER } from './roles.ts'

export interface ApiKey {
  /** Key in the vendor's format: `EXO` and 24 hexadecimal digits. */
  readonly key: string
  readonly name: string
  readonly roleId: string
  /** 32 bytes in base64url. */
  readonly secret: string
  /** Milliseconds. */
  readonly createdAt: number
  /** Whether the server created the key and prints it at start. */
  readonly isStart: boolean
}

export const Attributes = z.union([
  z.object({ roleId: z.string(), start: z.optional(z.boolean()) }),
  // Format of the first version, whose only key was the printed one.
  z.object({ role: z.literal('Owner') }).transform(() => ({ roleId: OWNER, start: true })),
])

export interface ApiKeys {
  /** Reloads from the store, which another process may have changed. */
  reload(): Promise<void>
  /** Oldest first. */
  all(): readonly ApiKey[]
  get(key: string): ApiKey | undefined
  /** The key is valid once this has resolved. `conclude` runs in the transaction of the change, here and below. */
  create<R>(name: string, roleId: string, conclude: (made: ApiKey) => Recorded<R>): Promise<R>
  /** The key is invalid once this has resolved. Undefined if it is unknown. */
  remove<R>(key: string, conclude: (rows: Rows) => Recorded<R>): Promise<R | undefined>
  /** The key that this server prints. */
  readonly start: ApiKey
}

function apiKeyOf({ id, name, secret, createdAt, attributes }: KnownCredential): ApiKey {
  const { roleId, start = false } = Attributes.parse(attributes)
  return { key: id, name, roleId, secret, createdAt, isStart: start }
}

const newCredential = (name: string, roleId: string, createdAt: number, isStart = false): KnownCredential => ({
  cloud: CLOUD,
  id: `EXO${randomBytes(12).toString('hex')}`,
  name,
  secret: randomBytes(32).toString('base64url'),
  attributes: { roleId, ...(isStart && { start: true }) },
  createdAt,
})

/** Opens the keys; creates the printed one, bound to the owner's role, if missing. */
export async function openApiKeys({
  credentials,
  clock,
}: Pick<ProviderServices, 'credentials' | 'clock'>): Promise<ApiKeys> {
  const byKey = (all: readonly KnownCredential[]) => new Map(all.map(apiKeyOf).map((one) => [one.key, one]))
  const isThere = (all: readonly KnownCredential[]) => all.some((one) => apiKeyOf(one).isStart)
  let known = byKey(
    await credentials.complete(CLOUD, (all) =>
      isThere(all) ? [] : [newCredential('local', OWNER, clock.now(), true)],
    ),
  )
  const start = known.values().find(({ isStart }) => isStart)
  if (!start) throw new Error('the API key that was just made is gone')

  return {
    async reload() {
      known = byKey(await credentials.all(CLOUD))
    },
    all: () => [...known.values()],
    get: (key) => known.get(key),
    async create(name, roleId, conclude) {
      const credential = newCredential(name, roleId, clock.now())
      const made = apiKeyOf(credential)
      const result = await credentials.add(credential, () => conclude(made))
      known.set(made.key, made)
      return result
    },
    async remove(key, conclude) {
      const removed = await credentials.remove(CLOUD, key, conclude)
      known.delete(key)
      return removed
    },
    start,
  }
}
