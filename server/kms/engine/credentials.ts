import type { KeyWrapper } from './key-wrapper.ts'
import type { Store, StoredCredential } from './store.ts'
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
  /**
   * Adds what `missing` returns for the known ones, judged in the transaction that adds it, and returns all. Of several
   * processes that miss the same, one adds it.
   */
  complete(
    cloud: string,
    missing: (known: readonly Credential[]) => readonly Credential[],
  ): Promise<readonly Credential[]>
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
  const opened = ({ cloud, id, name, wrapped, attributes }: StoredCredential): Credential => ({
    cloud,
    id,
    name,
    secret: keyWrapper.unwrap(credentialName(cloud, id), wrapped).toString('utf8'),
    attributes,
  })
  const sealed = ({ cloud, id, name, secret, attributes }: Credential): StoredCredential => {
    const wrapped = keyWrapper.wrap(credentialName(cloud, id), Buffer.from(secret, 'utf8'))
    return { cloud, id, name, wrapped, createdAt: now(), attributes }
  }
  return {
    all: async (cloud) => (await store.credentials(cloud)).map(opened),
    add: (credential) => store.addCredential(sealed(credential)),
    async complete(cloud, missing) {
      const known = (await store.credentials(cloud)).map(opened)
      if (missing(known).length === 0) return known
      return store.write((rows) => {
        for (const credential of missing(rows.credentials(cloud).map(opened))) rows.putCredential(sealed(credential))
        return rows.credentials(cloud).map(opened)
      })
    },
    remove: (cloud, id) => store.removeCredential(cloud, id),
  }
}
