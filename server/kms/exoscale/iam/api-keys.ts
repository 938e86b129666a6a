/** API keys, which sign requests. Their secrets are wrapped in the store and returned once. */
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
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
  /** The key is valid once this has resolved. */
  create(name: string, roleId: string): Promise<ApiKey>
  /** The key is invalid once this has resolved. False if it is unknown. */
  remove(key: string): Promise<boolean>
  /** The key that this server prints. */
  readonly start: ApiKey
}

/** Opens the keys; creates the printed one, bound to the owner's role, if missing. */
export async function openApiKeys({ credentials }: Pick<ProviderServices, 'credentials'>): Promise<ApiKeys> {
  async function read(): Promise<Map<string, ApiKey>> {
    const stored = await credentials.all(CLOUD)
    return new Map(
      stored.map(({ id, name, secret, attributes }) => {
        const { roleId, start = false } = Attributes.parse(attributes)
        return [id, { key: id, name, roleId, secret, isStart: start }]
      }),
    )
  }
  let known = await read()

  async function create(name: string, roleId: string, isStart = false): Promise<ApiKey> {
    const key = `EXO${randomBytes(12).toString('hex')}`
    const secret = randomBytes(32).toString('base64url')
    const attributes = { roleId, ...(isStart ? { start: true } : {}) }
    await credentials.add({ cloud: CLOUD, id: key, name, secret, attributes })
    const made: ApiKey = { key, name, roleId, secret, isStart }
    known.set(key, made)
    return made
  }

  return {
    async reload() {
      known = await read()
    },
    all: () => [...known.values()],
    get: (key) => known.get(key),
    create: (name, roleId) => create(name, roleId),
    async remove(key) {
      const removed = await credentials.remove(CLOUD, key)
      known.delete(key)
      return removed
    },
    start: [...known.values()].find(({ isStart }) => isStart) ?? (await create('local', OWNER, true)),
  }
}
