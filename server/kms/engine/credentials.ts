import type { KeyWrapper } from './key-wrapper.ts'
import type { Store } from './store.ts'
import { credentialName } from './wrapped-names.ts'

/** Credential of a client: a token, or an API key with its secret. */
export interface Credential {
  readonly cloud: string
  readonly id: string
  readonly name: string
  readonly secret: string
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface Credentials {
  all(cloud: string): Promise<readonly Credential[]>
  add(credential: Credential): Promise<void>
  /** False if no row has that id. */
  remove(cloud: string, id: string): Promise<boolean>
}

/** Credentials with their secrets wrapped at rest. */
export function createCredentials({
  store,
  keyWrapper,
  now,
}: {
  store: Store
  keyWrapper: KeyWrapper
  now: () => number
}): Credentials {
  return {
    async all(cloud) {
      const stored = await store.credentials(cloud)
      return stored.map(({ id, name, wrapped, attributes }) => ({
        cloud,
        id,
        name,
        secret: keyWrapper.unwrap(credentialName(cloud, id), wrapped).toString('utf8'),
        attributes,
      }))
    },
    async add({ cloud, id, name, secret, attributes }) {
      const wrapped = keyWrapper.wrap(credentialName(cloud, id), Buffer.from(secret, 'utf8'))
      await store.addCredential({ cloud, id, name, wrapped, createdAt: now(), attributes })
    },
    remove: (cloud, id) => store.removeCredential(cloud, id),
  }
}
