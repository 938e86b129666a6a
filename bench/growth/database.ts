/** Databases of the local KMS with many keys, versions and audit rows, filled by the engine without the APIs. */

import { openDataFolder } from '../../server/kms/data-folder.ts'
import type { AuditRow } from '../../server/kms/engine/audit.ts'
import { systemClock } from '../../server/kms/engine/clock.ts'
import { type AgedKey, createKeyring } from '../../server/kms/engine/keyring.ts'
import { ORGANISATION } from '../../server/kms/exoscale/iam/events.ts'
import { CLOUD as EXOSCALE, spaceOf } from '../../server/kms/exoscale/keys.ts'
import { newKeyData } from '../../server/kms/exoscale/lifecycle.ts'
import { createKeyIds } from '../../server/kms/exoscale/uuid.ts'
import { openKms } from '../../server/kms/kms.ts'
import type { DataFolder } from '../../server/kms/root-key.ts'
import { CLOUD as THALASSA } from '../../server/kms/thalassa/authentication-credentials.ts'
import { demoRegion } from '../../server/kms/thalassa/demo.ts'
import { newIdentity } from '../../server/kms/thalassa/identity.ts'
import type { KeyAttributes } from '../../server/kms/thalassa/keys.ts'
import { createLogger } from '../../server/log.ts'
import { defaultZone } from '../../src/clouds/exoscale/rules.ts'

export const region = demoRegion

/** Rows of the audit log by the key that they are about. */
export const ROWS_PER_KEY = 20
/** Actions of the rows; each has an equal part of them. */
export const actions = ['POST', 'kms.encrypt', 'kms.decrypt', 'kms.sign', 'kms.hmac', 'kms.verify', 'kms.rotate']
/** The log covers so many milliseconds until now. */
export const LOG_SPAN = 30 * 86_400_000

/** Id in the audit log of a key by its number. */
export const loggedKey = (number: number): string => `kms-${String(number).padStart(20, '0')}`

/** Name of a key by its group and number. */
export const keyName = (group: number, number: number): string => `group-${group}-${number}`

const HOUR = 3_600_000
const DAY = 86_400_000
/** Keys and rows per transaction. */
const KEYS_AT_ONCE = 2_000
const ROWS_AT_ONCE = 5_000

export interface KeyIds {
  readonly thalassa: readonly string[]
  readonly exoscale: readonly string[]
}

/** Keys of one number of versions. */
export interface KeyGroup {
  readonly versions: number
  readonly thalassa: number
  readonly exoscale: number
}

const thalassaAttributes = (name: string): KeyAttributes => ({
  name,
  description: 'Protects the ledger of billing in production',
  labels: { env: 'prod', team: 'billing' },
  annotations: {},
  exportAllowed: false,
  keyRotationEnabled: false,
})

/** Times of versions, a minute apart, the newest an hour ago. */
const timesOf = (versions: number, now: number) =>
  Array.from({ length: versions }, (_, nth) => now - HOUR - (versions - 1 - nth) * 60_000)

function entryOf(number: number, createdAt: number, action: string, resource: string) {
  return {
    createdAt: new Date(createdAt).toISOString(),
    eventID: `evt-${String(number).padStart(20, '0')}`,
    action,
    organizationIdentity: 'org-00000000000000000000',
    description: `encrypt with key key-${number % 1000}`,
    resourceType: 'kms_key',
    resourceIdentity: resource,
    context: {
      region,
      keyType: 'aes256-gcm96',
      outcome: 'success',
      keyVersion: '1',
      inputBytes: 1024,
      client_ip: '10.0.0.7',
    },
  }
}

/** Row by its number of so many: times ascend evenly, keys and actions alternate, a tenth are events of Exoscale. */
function rowOf(number: number, count: number, { organisation, now }: { organisation: string; now: number }): AuditRow {
  const createdAt = Math.floor(now - LOG_SPAN + (LOG_SPAN * number) / count)
  const action = actions[number % actions.length] ?? ''
  const resource = loggedKey((number * 7919) % Math.ceil(count / ROWS_PER_KEY))
  const isExoscale = number % 10 === 9
  return {
    cloud: isExoscale ? EXOSCALE : THALASSA,
    organisation: isExoscale ? ORGANISATION : organisation,
    createdAt,
    action,
    resourceType: 'kms_key',
    resource,
    user: '',
    serviceAccount: `sa-${number % 5}`,
    status: 200,
    searchText: `${action} ${resource} encrypt with key key-${number} backup-runner`,
    entry: entryOf(number, createdAt, action, resource),
  }
}

/** Fills a new data folder; returns the ids of the keys of each group. */
export async function fill(
  folder: DataFolder,
  { groups, rows, now }: { groups: readonly KeyGroup[]; rows: number; now: number },
): Promise<readonly KeyIds[]> {
  // A start creates the organisation that owns them.
  const kms = await openKms({
    ...folder,
    exoscaleApi: 'reference',
    log: createLogger('silent'),
    address: () => undefined,
  })
  const { organisation } = kms.credentials.thalassa
  await kms.close()
  const { keyWrapper, store } = await openDataFolder(folder)
  const keyring = createKeyring({ store, keyWrapper, clock: systemClock })
  const nextKeyId = createKeyIds()
  const common = { algorithm: 'aes256-gcm96', destroyAt: null }

  const thalassaKey = (name: string, made: readonly number[]): AgedKey => ({
    ...{ ...common, cloud: THALASSA, location: region, id: newIdentity('kms'), scope: organisation, uniqueName: name },
    ...{ status: 'active', revision: made.length, rotateAt: null, attributes: { ...thalassaAttributes(name) }, made },
  })
  const exoscaleKey = (name: string, made: readonly number[]): AgedKey => {
    const data = newKeyData({ multiZone: false, originZone: defaultZone }, now)
    return {
      ...{ ...common, ...spaceOf(defaultZone), id: nextKeyId(now - DAY), uniqueName: name, revision: made.length + 1 },
      ...{ ...data, attributes: { ...data.attributes }, made },
    }
  }

  async function add(
    count: number,
    versions: number,
    group: number,
    keyOf: (name: string, made: readonly number[]) => AgedKey,
  ) {
    const ids: string[] = []
    const atOnce = Math.max(1, Math.floor(KEYS_AT_ONCE / versions))
    while (ids.length < count) {
      const some = Array.from({ length: Math.min(atOnce, count - ids.length) }, (_, nth) =>
        keyOf(keyName(group, ids.length + nth), timesOf(versions, now)),
      )
      await keyring.createAged(some)
      ids.push(...some.map(({ id }) => id))
    }
    return ids
  }

  const ids: KeyIds[] = []
  for (const [group, { versions, thalassa, exoscale }] of groups.entries())
    ids.push({
      thalassa: await add(thalassa, versions, group, thalassaKey),
      exoscale: await add(exoscale, versions, group, exoscaleKey),
    })
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, rows - from)
    await store.appendAudit(Array.from({ length }, (_, nth) => rowOf(from + nth, rows, { organisation, now })))
  }
  await store.close()
  return ids
}
