/** The demonstration's keys as a history: what was asked of which cloud, when. */
import { exoscaleRoles } from './access.ts'
import { type ExoscaleDemoKey, exoscaleKeys, type ThalassaDemoKey, thalassaKeys, thalassaRegion } from './keys.ts'

/** A request of a cloud's API, by the path that follows its endpoint. `{id}` stands for the id of the key or the role. */
export interface ApiRequest {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

export interface HistoryStep {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly cloud: 'thalassa' | 'exoscale'
  /** Tells keys and roles apart. */
  readonly key: string
  /** Nothing is asked when an automatic rotation falls due, or replicas are to arrive. */
  readonly requests: readonly ApiRequest[]
}

interface Lifetime {
  readonly age: number
  readonly period?: number
  readonly rotated?: readonly number[]
  readonly disabled?: number
  readonly deleted?: number
  readonly replicas?: readonly string[]
}

interface KeyRequests {
  readonly create: readonly ApiRequest[]
  readonly rotate: ApiRequest
  readonly disable: ApiRequest
  readonly remove: ApiRequest
}

const day = 86_400_000
/** In days. */
const minute = 1 / 1440

/** Days ago of each automatic rotation: one a period, until the key is disabled, or deleted, or today. */
const automatic = ({ age, period, disabled = 0, deleted = 0 }: Lifetime): readonly number[] => {
  if (period === undefined) return []
  const end = Math.max(disabled, deleted)
  return Array.from({ length: Math.floor((age - end) / period) }, (_, n) => age - (n + 1) * period)
}

const stepsOf = (
  cloud: HistoryStep['cloud'],
  key: string,
  life: Lifetime,
  acts: KeyRequests,
  start: number,
): readonly HistoryStep[] => {
  const moment = (ago: number, ...asks: ApiRequest[]): HistoryStep => ({
    at: start - ago * day,
    cloud,
    key,
    requests: asks,
  })
  return [
    moment(life.age, ...acts.create),
    ...(life.replicas ? [moment(life.age - minute)] : []),
    ...automatic(life).map((ago) => moment(ago)),
    ...(life.rotated ?? []).map((ago) => moment(ago, acts.rotate)),
    ...(life.disabled === undefined ? [] : [moment(life.disabled, acts.disable)]),
    ...(life.deleted === undefined ? [] : [moment(life.deleted, acts.remove)]),
  ]
}

const thalassaRequests = (key: ThalassaDemoKey): KeyRequests => {
  const keys = `/v1/kms/${thalassaRegion}/keys`
  const body = {
    name: key.name,
    keyType: key.type,
    description: key.description,
    labels: key.labels,
    annotations: key.annotations,
    exportAllowed: key.exportable,
    ...(key.period === undefined ? {} : { keyRotationEnabled: true, rotationPeriodInDays: key.period }),
  }
  return {
    create: [{ method: 'POST', path: keys, body }],
    rotate: { method: 'POST', path: `${keys}/{id}/rotate` },
    disable: { method: 'POST', path: `${keys}/{id}/disable` },
    remove: { method: 'DELETE', path: `${keys}/{id}` },
  }
}

/** Automatic rotation is on from creation, every 365 days; another period means off and on again. */
const exoscaleRotation = (path: string, period: number | undefined): readonly ApiRequest[] => {
  if (period === 365) return []
  const off: ApiRequest = { method: 'POST', path: `${path}/disable-key-rotation` }
  const on: ApiRequest = { method: 'POST', path: `${path}/enable-key-rotation`, body: { 'rotation-period': period } }
  return period === undefined ? [off] : [off, on]
}

const exoscaleRequests = (key: ExoscaleDemoKey): KeyRequests => {
  const keys = `/zone/${key.zone}/v2/kms-key`
  const one = `${keys}/{id}`
  const body = {
    name: key.name,
    description: key.description,
    usage: 'encrypt-decrypt',
    'multi-zone': key.multiZone ?? false,
  }
  return {
    create: [
      { method: 'POST', path: keys, body },
      ...exoscaleRotation(one, key.period),
      ...(key.replicas ?? []).map((zone): ApiRequest => ({ method: 'POST', path: `${one}/replicate`, body: { zone } })),
    ],
    rotate: { method: 'POST', path: `${one}/rotate` },
    disable: { method: 'POST', path: `${one}/disable` },
    remove: { method: 'POST', path: `${one}/schedule-deletion`, body: { 'delay-days': key.delay } },
  }
}

/** Roles are made before the API keys that are bound to them. */
const access = (start: number): readonly HistoryStep[] =>
  exoscaleRoles.flatMap(({ name, age, body, apiKeys }) => {
    const moment = (ago: number, ask: ApiRequest): HistoryStep => ({
      at: start - ago * day,
      cloud: 'exoscale',
      key: `role/${name}`,
      requests: [ask],
    })
    return [
      ...(body ? [moment(age, { method: 'POST', path: '/v2/iam-role', body: { name, ...body } })] : []),
      ...apiKeys.map((key) =>
        moment(key.age, { method: 'POST', path: '/v2/api-key', body: { name: key.name, 'role-id': '{id}' } }),
      ),
    ]
  })

/** In order of time, none later than `now`. */
export const history = (now: number): readonly HistoryStep[] => {
  // Nobody makes all keys at the same minute.
  const start = (index: number) => now - (1 + ((index * 7) % 19)) * 1_000_000
  const moments = [
    ...thalassaKeys.map((key, n) => stepsOf('thalassa', key.name, key, thalassaRequests(key), start(n))),
    access(start(5)),
    ...exoscaleKeys.map((key, n) =>
      stepsOf('exoscale', `${key.zone}/${key.name}`, key, exoscaleRequests(key), start(n + 11)),
    ),
  ]
  return moments.flat().sort((a, b) => a.at - b.at)
}
