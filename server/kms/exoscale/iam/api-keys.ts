/** API keys: what requests are signed with. Their secrets are wrapped in the store and told once. */
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { ProviderServices } from '../../provider.ts'
import { CLOUD } from '../keys.ts'
import { OWNER } from './roles.ts'

export interface ApiKey {
  /** Of the vendor's form: `EXO` and 24 hexadecimal digits. */
  readonly key: string
  readonly name: string
  readonly roleId: string
  /** 32 bytes in base64url. */
  readonly secret: string
  /** Made by this server for itself and for whoever starts it. */
  readonly isStart: boolean
}

export const Attributes = z.union([
  z.object({ roleId: z.string(), start: z.optional(z.boolean()) }),
  // As the first version of this server wrote it, which knew no other key than the one made at the start.
  z.object({ role: z.literal('Owner') }).transform(() => ({ roleId: OWNER, start: true })),
])

export interface ApiKeys {
  /** Reads them anew, as another process may have changed them. */
  reload(): Promise<void>
  /** The oldest first. */
  all(): readonly ApiKey[]
  get(key: string): ApiKey | undefined
  /** Signs from the moment that this resolves. */
  create(name: string, roleId: string): Promise<ApiKey>
  /** Signs no more from the moment that this resolves. False when there is none. */
  remove(key: string): Promise<boolean>
  /** The one that this server hands out. */
  readonly start: ApiKey
}

/** Opens the keys; makes one, bound to the owner's role, where the one that this server made is gone. */
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
