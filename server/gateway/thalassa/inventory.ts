import { endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import { arrayOf, factsOf, type Inventory, type KeyFacts, timeOf } from '../inventory.ts'
import { pick } from '../pick.ts'

const DAY = 86_400_000
const PENDING = 'pending_deletion'

/** When the latest version was made; the first one is as old as its key. */
function lastRotation(key: unknown): number | undefined {
  const { versions, latestVersion, createdAt } = pick(key, ['versions', 'latestVersion', 'createdAt'])
  const known = arrayOf(versions).map((version) => pick(version, ['version', 'createdAt']))
  const latest = known.reduce<(typeof known)[number]>(
    (found, one) => (Number(one.version) > Number(found.version ?? 0) ? one : found),
    {},
  )
  if (latest.createdAt !== undefined) return timeOf(latest.createdAt)
  return (latestVersion ?? 1) === 1 ? timeOf(createdAt) : undefined
}

function factsOfKey(key: unknown): KeyFacts {
  const names = ['status', 'keyRotationEnabled', 'rotationPeriodInDays', 'deletionScheduledAt']
  const { status, keyRotationEnabled, rotationPeriodInDays: days, deletionScheduledAt } = pick(key, names)
  const last = keyRotationEnabled === true && status !== PENDING ? lastRotation(key) : undefined
  const rotatesAt = last !== undefined && typeof days === 'number' ? last + days * DAY : undefined
  return factsOf(status, rotatesAt, status === PENDING ? timeOf(deletionScheduledAt) : undefined)
}

export const inventory: Inventory = {
  async locations(read) {
    const { regions } = pick(await read(endpoints['read-summary'].path), ['regions'])
    return arrayOf(regions)
      .map((region) => pick(region, ['slug', 'kmsAvailable']))
      .flatMap(({ slug, kmsAvailable }) => (typeof slug === 'string' && kmsAvailable === true ? [slug] : []))
  },
  listPath: (location) => endpoints['list-keys'].path.replace(':location', encodeURIComponent(location)),
  keysIn: (answer) => arrayOf(answer).map(factsOfKey),
}
