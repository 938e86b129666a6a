/** Stored key stores. Each is a credential of its proxy: its secret is wrapped under the root key, like every other one. */
import * as z from 'zod'
import { keyStoreStatuses } from '../../../../src/clouds/exoscale/wire-key-stores.ts'
import type { Recorded } from '../../engine/audit.ts'
import type { Credential, Credentials } from '../../engine/credentials.ts'
import { CLOUD } from '../keys.ts'

/** Beside the API keys, which are the credentials of the cloud itself. */
const NAMESPACE = `${CLOUD}/key-store`

const Attributes = z.object({
  description: z.optional(z.string()),
  endpoint: z.string(),
  accessKey: z.string(),
  status: z.enum(keyStoreStatuses),
  /** Times in milliseconds. */
  statusSince: z.number(),
  createdAt: z.number(),
  /** Incremented by each change. */
  revision: z.number(),
})

export interface KeyStoreRecord extends z.infer<typeof Attributes> {
  readonly id: string
  readonly name: string
  /** Secret of the access key. */
  readonly secret: string
}

export interface KeyStoreRecords {
  /** The oldest first. */
  all(): Promise<readonly KeyStoreRecord[]>
  /**
   * Stores what `decide` makes of the known stores. Here and below, the answer and its audit rows are made in the
   * transaction of the change.
   */
  put<R>(
    decide: (known: readonly KeyStoreRecord[]) => KeyStoreRecord,
    conclude: (stored: KeyStoreRecord) => Recorded<R>,
  ): Promise<R>
  /** Undefined if the store is gone. */
  remove<R>(id: string, conclude: () => Recorded<R>): Promise<R | undefined>
}

const recordOf = ({ id, name, secret, attributes }: Credential): KeyStoreRecord => ({
  id,
  name,
  secret,
  ...Attributes.parse(attributes),
})

const credentialOf = ({ id, name, secret, ...attributes }: KeyStoreRecord): Credential => ({
  cloud: NAMESPACE,
  id,
  name,
  secret,
  attributes,
})

const read = (credentials: readonly Credential[]) =>
  credentials.map(recordOf).toSorted((one, other) => one.createdAt - other.createdAt)

export const openKeyStoreRecords = ({ credentials }: { credentials: Credentials }): KeyStoreRecords => ({
  all: async () => read(await credentials.all(NAMESPACE)),
  put: (decide, conclude) =>
    credentials.put(
      NAMESPACE,
      (known) => credentialOf(decide(read(known))),
      (stored) => conclude(recordOf(stored)),
    ),
  remove: (id, conclude) => credentials.remove(NAMESPACE, id, conclude),
})
