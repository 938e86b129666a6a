import { type Recorded, unaudited, unchanged } from './audit.ts'
import type { KeyWrapper } from './key-wrapper.ts'
import { IntegrityError, type Rows, type Store, type StoredCredential } from './store.ts'
import { credentialName } from './wrapped-names.ts'

/** Credential of a client: a token, or an API key with its secret. */
export interface Credential {
  readonly cloud: string
  readonly id: string
  readonly name: string
  readonly secret: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** Milliseconds; the time of its addition if absent. */
  readonly createdAt?: number
}

export type KnownCredential = Credential & Required<Pick<Credential, 'createdAt'>>

export interface Credentials {
  /** Oldest first. */
  all(cloud: string): Promise<readonly KnownCredential[]>
  /** @param conclude further changes, audit rows and the result, in the same transaction */
  add<R>(credential: Credential, conclude: (rows: Rows) => Recorded<R>): Promise<R>
  /**
   * Adds what `missing` returns for the known ones, judged in the transaction that adds it, and returns all. Of several
   * processes that miss the same, one adds it.
   */
  complete(
    cloud: string,
    missing: (known: readonly KnownCredential[]) => readonly Credential[],
  ): Promise<readonly KnownCredential[]>
  /** Stores what `decide` makes of the known credentials, in one transaction. It may throw to refuse. */
  put<R>(
    cloud: string,
    decide: (known: readonly Credential[]) => Credential,
    conclude: (stored: Credential) => Recorded<R>,
  ): Promise<R>
  /** Undefined if no row has that id. */
  remove<R>(cloud: string, id: string, conclude: (rows: Rows) => Recorded<R>): Promise<R | undefined>
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
  function secretOf(cloud: string, id: string, wrapped: Uint8Array): string {
    try {
      return keyWrapper.unwrap(credentialName(cloud, id), wrapped).toString('utf8')
    } catch {
      throw new IntegrityError(`the credential ${id} of ${cloud} (table credentials) was changed outside of the KMS`)
    }
  }
  const opened = ({ wrapped, ...credential }: StoredCredential): KnownCredential => ({
    ...credential,
    secret: secretOf(credential.cloud, credential.id, wrapped),
  })
  const sealed = ({ secret, createdAt = now(), ...credential }: Credential): StoredCredential => ({
    ...credential,
    wrapped: keyWrapper.wrap(credentialName(credential.cloud, credential.id), Buffer.from(secret, 'utf8')),
    createdAt,
  })
  return {
    all: async (cloud) => (await store.credentials(cloud)).map(opened),
    add: (credential, conclude) =>
      store.write((rows) => {
        rows.putCredential(sealed(credential))
        return conclude(rows)
      }),
    async complete(cloud, missing) {
      const known = (await store.credentials(cloud)).map(opened)
      if (missing(known).length === 0) return known
      return store.write((rows) => {
        for (const credential of missing(rows.credentials(cloud).map(opened))) rows.putCredential(sealed(credential))
        return unaudited('first use', rows.credentials(cloud).map(opened))
      })
    },
    put: (cloud, decide, conclude) =>
      store.write((rows) => {
        const credential = decide(rows.credentials(cloud).map(opened))
        rows.putCredential(sealed(credential))
        return conclude(credential)
      }),
    remove: <R>(cloud: string, id: string, conclude: (rows: Rows) => Recorded<R>) =>
      store.write(
        (rows): Recorded<R | undefined> => (rows.removeCredential(cloud, id) ? conclude(rows) : unchanged(undefined)),
      ),
  }
}
