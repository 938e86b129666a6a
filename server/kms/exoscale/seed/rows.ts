/** From the part `exoscale` of a seed to rows. */
import { defaultZone, zones } from '../../../../src/clouds/exoscale/rules.ts'
import { knownAlgorithm } from '../../crypto/material.ts'
import { derivedUuid } from '../../seed/derive.ts'
import type { Seed, SeedKey, SeedVersion } from '../../seed/seed.ts'
import type { Path, SeedErrors } from '../../seed/seed-errors.ts'
import { versionsOf } from '../../seed/versions.ts'
import { DEFAULT_KEY_NAME } from '../default-key.ts'
import { type Attributes, CLOUD, spaceOf } from '../keys.ts'
import type { ExoscaleKey, ExoscalePart } from './schema.ts'

interface Context {
  /** Milliseconds; the time of what has none. */
  readonly time: number
  readonly errors: SeedErrors
}

const DAY = 86_400_000
const ALGORITHM = 'aes256-gcm96'

function organizationOf({ organization }: ExoscalePart): Seed['organization'] {
  const { name = 'Local organisation', currency = 'CHF' } = organization ?? {}
  return {
    isGiven: organization !== undefined,
    id: organization?.id ?? derivedUuid(`${CLOUD} organization ${name}`),
    details: JSON.stringify({ name, currency }),
  }
}

/** The versions as they are listed, or as many as a pasted answer of the API says that there are. */
function given(key: ExoscaleKey) {
  const { versions, material } = key
  if (versions)
    return versions.map((version) => ({
      ...version,
      createdAt: version['created-at'],
      material: version['key-material'],
    }))
  const count = material?.version ?? 1
  return Array.from({ length: count }, (_, index) =>
    index === count - 1 ? { createdAt: material?.['created-at'], automatic: material?.automatic } : {},
  )
}

function checkKey(key: ExoscaleKey, at: Path, errors: SeedErrors): void {
  const isPending = key.status === 'pending-deletion'
  if (isPending && key['delete-at'] === undefined)
    errors.add([...at, 'delete-at'], 'is required where status is pending-deletion')
  if (!isPending && key['delete-at'] !== undefined)
    errors.add([...at, 'delete-at'], 'is for the status pending-deletion only')
  if (key['multi-zone'] === false && key.replicas.length > 0)
    errors.add([...at, 'multi-zone'], 'must be true where there are replicas')
  if (key.replicas.includes(key['origin-zone']))
    errors.add([...at, 'replicas', key.replicas.indexOf(key['origin-zone'])], 'must be another zone than the key’s own')
  for (const [index, zone] of key.replicas.entries())
    if (key.replicas.indexOf(zone) < index) errors.add([...at, 'replicas', index], 'must not be listed twice')
  const { versions, material } = key
  if (versions && material && material.version !== versions.length)
    errors.add([...at, 'material', 'version'], `must be ${versions.length}, the number of versions`)
  if (key.name === DEFAULT_KEY_NAME && (key['origin-zone'] !== defaultZone || key.status !== 'enabled'))
    errors.add([...at, 'name'], `is that of the organization's default key, which is enabled and in ${defaultZone}`)
}

function rotationOf(key: ExoscaleKey, versions: readonly SeedVersion[], createdAt: number): Attributes['rotation'] {
  const { automatic, 'rotation-period': period, 'next-at': nextAt, 'manual-count': manualCount } = key.rotation
  const newest = versions.at(-1)?.createdAt ?? createdAt
  return {
    automatic,
    period,
    nextAt: nextAt ?? newest + period * DAY,
    manualCount: manualCount ?? versions.filter((version) => version.version > 1 && !version.automatic).length,
  }
}

/** A replica's state once it has heard of everything, and the moment at which a key with replicas ends. */
const replicated = (zonesOf: readonly string[], revision: number, destroyAt: number | null) =>
  zonesOf.length === 0
    ? { syncAt: null, replicas: {} }
    : { syncAt: destroyAt, replicas: { replicas: zonesOf.map((zone) => ({ zone, applied: revision, dueAt: null })) } }

function keyOf(key: ExoscaleKey, at: Path, { time, errors }: Context, isDefault = false): SeedKey {
  checkKey(key, at, errors)
  const zone = key['origin-zone']
  const id = key.id ?? derivedUuid(`${CLOUD} key ${zone}/${key.name}`)
  const createdAt = key['created-at'] ?? key.versions?.[0]?.['created-at'] ?? time
  const versions = versionsOf(
    given(key),
    { at: [...at, 'versions'], algorithm: knownAlgorithm(ALGORITHM), label: `${CLOUD}/${id}`, createdAt },
    { number: 'version', createdAt: 'created-at', material: 'key-material' },
    errors,
  )
  const rotation = rotationOf(key, versions, createdAt)
  const revision = key.revision?.seq ?? versions.length + 1
  const destroyAt = key['delete-at'] ?? null
  const { syncAt, replicas } = replicated(key.replicas, revision, destroyAt)
  const attributes: Attributes = {
    ...(key.description !== undefined && { description: key.description }),
    multiZone: key['multi-zone'] ?? key.replicas.length > 0,
    originZone: zone,
    statusSince: key['status-since'] ?? createdAt,
    rotation,
    ...(key.name === DEFAULT_KEY_NAME && { managed: true }),
    ...replicas,
  }
  return {
    at,
    project: undefined,
    versions,
    copies: key.replicas,
    isDefault,
    key: {
      ...spaceOf(zone),
      id,
      uniqueName: key.name,
      algorithm: ALGORITHM,
      status: key.status,
      latestVersion: versions.length,
      revision,
      createdAt,
      updatedAt: key.revision?.at ?? versions.at(-1)?.createdAt ?? createdAt,
      rotateAt: key.status === 'enabled' && rotation.automatic ? rotation.nextAt : null,
      destroyAt,
      origin: null,
      syncAt,
      attributes,
    },
  }
}

/** As a first start makes it, but the same one each time. */
const defaultKey: ExoscaleKey = {
  name: DEFAULT_KEY_NAME,
  description: 'Organization default key',
  'origin-zone': defaultZone,
  replicas: zones.map(({ name }) => name).filter((zone) => zone !== defaultZone),
  status: 'enabled',
  rotation: { automatic: false, 'rotation-period': 365 },
}

export function exoscaleRows(part: ExoscalePart, context: Context): Pick<Seed, 'organization' | 'keys'> {
  const keys = part['kms-keys'].map((key, index) => keyOf(key, ['exoscale', 'kms-keys', index], context))
  const hasDefault = keys.some(({ key }) => key.uniqueName === DEFAULT_KEY_NAME)
  return {
    organization: organizationOf(part),
    keys: hasDefault ? keys : [...keys, keyOf(defaultKey, ['exoscale', 'kms-keys'], context, true)],
  }
}
