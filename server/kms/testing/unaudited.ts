/** Changes of tests that are not about audit rows. */
import { type Audit, type Recorded, unaudited } from '../engine/audit.ts'
import type { Conclude, JobAudit, Store, StoredCredential, StoredKey } from '../engine/store.ts'

export const keyOnly: Conclude<StoredKey> = ({ key }) => unaudited('start of a test', key)

export const done = (): Recorded<undefined> => unaudited('start of a test', undefined)

/** For copies of a key. */
export const noRows: { readonly audit: Audit } = { audit: { none: 'start of a test' } }

export const jobAudit: JobAudit = ({ cloud, id }, createdAt) => [
  {
    cloud,
    organisation: 'o',
    createdAt,
    action: 'job',
    resourceType: 'key',
    resource: id,
    user: '',
    serviceAccount: '',
    status: 0,
    searchText: '',
    entry: {},
  },
]

type Writer = Pick<Store, 'write'>

export const setSetting = (store: Writer, name: string, value: string): Promise<void> =>
  store.write((rows) => unaudited('start of a test', rows.putSetting(name, value)))

export const addCredential = (store: Writer, credential: StoredCredential): Promise<void> =>
  store.write((rows) => unaudited('start of a test', rows.putCredential(credential)))
