/** Bulk seed: many keys, created by the engine with random material. */
import type { KeyType } from '../../../src/clouds/thalassa/rules.ts'
import { limits, slugOf } from '../../../src/clouds/thalassa/rules.ts'
import { createLogger } from '../../log.ts'
import { openDataFolder } from '../data-folder.ts'
import { systemClock } from '../engine/clock.ts'
import { type AgedKey, createKeyring } from '../engine/keyring.ts'
import { openKms } from '../kms.ts'
import type { StartOptions } from '../registry.ts'
import { CLOUD } from './authentication-credentials.ts'
import { demoRegion } from './demo.ts'
import { newIdentity } from './identity.ts'
import { type KeyAttributes, nextRotation } from './keys.ts'

interface BulkSeedOptions extends StartOptions {
  readonly dataDir: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly count: number
  readonly onProgress: (made: number, count: number) => void
}

const DAY = 86_400_000
/** Keys per transaction. */
const BATCH = 2_000

// Types with fast material generation, weighted by repetition.
const types: readonly KeyType[] = [
  ...Array.from({ length: 12 }, (): KeyType => 'aes256-gcm96'),
  'aes128-gcm96',
  'chacha20-poly1305',
  'chacha20-poly1305',
  'hmac-sha256',
  'hmac-sha512',
]
const teams = [
  'billing',
  'checkout',
  'data',
  'devices',
  'finance',
  'identity',
  'platform',
  'sales',
  'search',
  'support',
]
const subjects = [
  'archive',
  'backups',
  'cache',
  'documents',
  'events',
  'exports',
  'ledger',
  'queue',
  'secrets',
  'tokens',
]
const environments = ['prod', 'prod', 'prod', 'staging', 'dev']
const periods = [30, 90, 180, 365]

/** Repeatable generator of pseudo-random numbers from 0 to 1 (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Key whose next rotation and destruction are days away, so that none is due during a demonstration. */
function agedKey(index: number, scope: string, now: number): AgedKey {
  const random = seededRandom(index)
  const one = <T>(list: readonly [T, ...T[]] | readonly T[], fallback: T): T =>
    list[Math.floor(random() * list.length)] ?? fallback
  const [team, thing, environment] = [one(teams, ''), one(subjects, ''), one(environments, '')]
  const automatic = random() < 0.7
  const period = one(periods, 90)
  const rotations = automatic ? Math.floor(random() * 4) : 0
  const latest = now - Math.floor((0.01 + random() * 0.9) * period * DAY)
  const made = Array.from({ length: rotations + 1 }, (_, place) => latest - (rotations - place) * period * DAY)
  const fate = random()
  const status = fate < 0.02 ? 'pending_deletion' : fate < 0.08 ? 'disabled' : 'active'
  const destroyAt = status === 'pending_deletion' ? now + (1 + random() * (limits.deletionWindow - 1)) * DAY : null
  const name = `${team}-${thing}-${String(index).padStart(6, '0')}`
  const attributes: KeyAttributes = {
    name,
    description: random() < 0.3 ? `Protects the ${thing} of ${team} in ${environment}` : '',
    labels: { env: environment, team },
    annotations: {},
    exportAllowed: random() < 0.05,
    keyRotationEnabled: automatic,
    ...(automatic && { rotationPeriodInDays: period }),
    ...(rotations > 0 && { rotatedAt: latest }),
  }
  return {
    cloud: CLOUD,
    location: demoRegion,
    id: newIdentity('kms'),
    scope,
    uniqueName: slugOf(name),
    algorithm: one(types, 'aes256-gcm96'),
    status,
    revision: rotations + 1,
    rotateAt: destroyAt === null ? nextRotation(latest, attributes) : null,
    destroyAt: destroyAt === null ? null : Math.round(destroyAt),
    attributes,
    made,
  }
}

/** Adds keys of the organisation in one region, in large transactions and without the API. */
export async function seedManyKeys({ dataDir, now, count, onProgress, ...options }: BulkSeedOptions): Promise<void> {
  // A start creates the organisation that owns them.
  const kms = await openKms({ ...options, dataDir, log: createLogger('silent'), address: () => undefined })
  const scope = kms.credentials.thalassa.organisation
  await kms.close()
  const { keyWrapper, store } = await openDataFolder({ dataDir })
  const keyring = createKeyring({ store, keyWrapper, clock: systemClock })
  const step = Math.max(BATCH, Math.ceil(count / 10 / BATCH) * BATCH)
  for (let made = 0; made < count; made += BATCH) {
    const size = Math.min(BATCH, count - made)
    await keyring.createAged(Array.from({ length: size }, (_, place) => agedKey(made + place + 1, scope, now)))
    if ((made + size) % step === 0 || made + size === count) onProgress(made + size, count)
  }
  await store.close()
}
