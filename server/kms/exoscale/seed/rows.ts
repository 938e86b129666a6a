/** Rows of the part `exoscale` of a seed. */
import { DEFAULT_KEY_SPEC, isUsageOf, keySpecs, specsFor } from '../../../../src/clouds/exoscale/key-specs.ts'
import { defaultZone, zones } from '../../../../src/clouds/exoscale/rules.ts'
import { knownAlgorithm } from '../../crypto/material.ts'
import type { StoredKey } from '../../engine/store.ts'
import type { SeedContext, SeedKey, SeedKeyRules, SeedPart, SeedVersion } from '../../seed/seed.ts'
import type { Path, SeedErrors } from '../../seed/seed-errors.ts'
import { versionsOf } from '../../seed/versions.ts'
import { DEFAULT_KEY_NAME } from '../default-key.ts'
import { DETAILS_SETTING, ORGANISATION_SETTING } from '../iam/organisation.ts'
import { type Attributes, attributesOf, CLOUD, spaceOf } from '../keys.ts'
import { announced, newReplica, withReplicas } from '../replicas.ts'
import { derivedUuid } from '../uuid.ts'
import { iamRows } from './iam-rows.ts'
import type { ExoscaleKey, ExoscaleSeed } from './schema.ts'

const DAY = 86_400_000

function organizationOf({ organization }: ExoscaleSeed) {
  const { name = 'Local organisation', currency = 'CHF' } = organization ?? {}
  return {
    isGiven: organization !== undefined,
    id: organization?.id ?? derivedUuid(`${CLOUD} organization ${name}`),
    details: JSON.stringify({ name, currency }),
  }
}

/** Versions as listed, or as many as a pasted answer of the API states. */
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

/** Refuses a usage that keys of the specification can't have, and rotations of a key that never rotates. */
function checkKind(key: ExoscaleKey, at: Path, errors: SeedErrors): void {
  const { usage, 'key-spec': spec, versions, material, rotation } = key
  if (!isUsageOf(spec, usage))
    errors.add([...at, 'key-spec'], `must be one of ${specsFor(usage).join(', ')} for the usage ${usage}`)
  if (spec === DEFAULT_KEY_SPEC) return
  if (key.name === DEFAULT_KEY_NAME)
    errors.add([...at, 'key-spec'], `must be ${DEFAULT_KEY_SPEC} for the organization's default key`)
  const never = `: keys of ${spec} never rotate`
  if (versions && versions.length > 1) errors.add([...at, 'versions'], `must have one entry${never}`)
  if (material && material.version > 1) errors.add([...at, 'material', 'version'], `must be 1${never}`)
  if (rotation.automatic) errors.add([...at, 'rotation', 'automatic'], `must be false${never}`)
  if (rotation['manual-count']) errors.add([...at, 'rotation', 'manual-count'], `must be 0${never}`)
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

/** State of up-to-date replicas, and the time at which a key with replicas is destroyed. */
const replicated = (zonesOf: readonly string[], revision: number, destroyAt: number | null) =>
  zonesOf.length === 0
    ? { syncAt: null, replicas: {} }
    : { syncAt: destroyAt, replicas: { replicas: zonesOf.map((zone) => ({ zone, applied: revision, dueAt: null })) } }

function keyOf(key: ExoscaleKey, at: Path, { time, errors }: SeedContext, isDefault = false): SeedKey {
  checkKey(key, at, errors)
  checkKind(key, at, errors)
  const { 'origin-zone': zone, 'key-spec': spec, usage } = key
  const algorithm = keySpecs[spec]
  const id = key.id ?? derivedUuid(`${CLOUD} key ${zone}/${key.name}`)
  const createdAt = key['created-at'] ?? key.versions?.[0]?.['created-at'] ?? time
  const versions = versionsOf(
    given(key),
    { at: [...at, 'versions'], algorithm: knownAlgorithm(algorithm), label: `${CLOUD}/${id}`, createdAt },
    { number: 'version', createdAt: 'created-at', material: 'key-material' },
    errors,
  )
  const rotation = rotationOf(key, versions, createdAt)
  const revision = key.revision?.seq ?? versions.length + 1
  const destroyAt = key['delete-at'] ?? null
  const { syncAt, replicas } = replicated(key.replicas, revision, destroyAt)
  const attributes: Attributes = {
    ...(key.description !== undefined && { description: key.description }),
    ...(usage !== 'encrypt-decrypt' && { usage }),
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
      algorithm,
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

/** Default key as a first start makes it, but with the same id each time. */
const defaultKey: ExoscaleKey = {
  name: DEFAULT_KEY_NAME,
  description: 'Organization default key',
  usage: 'encrypt-decrypt',
  'key-spec': DEFAULT_KEY_SPEC,
  'origin-zone': defaultZone,
  replicas: zones.map(({ name }) => name).filter((zone) => zone !== defaultZone),
  status: 'enabled',
  rotation: { automatic: false, 'rotation-period': 365 },
}

/** A key that was rotated in the store since keeps its newer versions. */
function withRotationsSince(stored: StoredKey, given: StoredKey): StoredKey {
  if (stored.latestVersion <= given.latestVersion) return given
  const { nextAt, manualCount } = attributesOf(stored).rotation
  const attributes = attributesOf(given)
  const rotation = {
    ...attributes.rotation,
    nextAt,
    manualCount: Math.max(manualCount, attributes.rotation.manualCount),
  }
  return {
    ...given,
    latestVersion: stored.latestVersion,
    rotateAt: given.rotateAt === null ? null : nextAt,
    attributes: { ...attributes, rotation },
  }
}

/** Keeps the state of the store's replicas, and registers new zones. */
function withReplicasOf(stored: StoredKey, given: StoredKey): StoredKey {
  const { replicas = [], cancelledIn } = attributesOf(stored)
  const { replicas: wanted = [], ...attributes } = attributesOf(given)
  const missing = wanted.filter(({ zone }) => !replicas.some((one) => one.zone === zone)).map(({ zone }) => zone)
  const kept = {
    ...given,
    syncAt: stored.syncAt,
    attributes: {
      ...attributes,
      ...(cancelledIn !== undefined && { cancelledIn }),
      ...(replicas.length > 0 && { replicas }),
    },
  }
  return missing.length > 0 ? withReplicas(kept, missing, given.createdAt) : kept
}

const keyRules: SeedKeyRules = {
  fields: { id: 'id', material: 'key-material', algorithm: 'key-spec' },
  merge: (stored, given) => withReplicasOf(stored, withRotationsSince(stored, given)),
  announced: (key) => announced(key, key.createdAt),
  copyOf: (key, location) => newReplica(key, location, key.updatedAt),
}

export function exoscalePart(content: ExoscaleSeed, context: SeedContext): SeedPart {
  const { resources, credentials, check, applyRoles } = iamRows(content, context)
  const { isGiven, id, details } = organizationOf(content)
  const keys = content['kms-keys'].map((key, index) => keyOf(key, ['exoscale', 'kms-keys', index], context))
  const hasDefault = keys.some(({ key }) => key.uniqueName === DEFAULT_KEY_NAME)
  return {
    keys: hasDefault ? keys : [...keys, keyOf(defaultKey, ['exoscale', 'kms-keys'], context, true)],
    credentials,
    resources,
    keyRules,
    uniqueNames: [],
    check,
    apply(target) {
      const { rows } = target
      const isNew = rows.setting(ORGANISATION_SETTING) === undefined
      if (isNew || (isGiven && rows.setting(ORGANISATION_SETTING) !== id)) rows.putSetting(ORGANISATION_SETTING, id)
      if ((isNew || isGiven) && rows.setting(DETAILS_SETTING) !== details) rows.putSetting(DETAILS_SETTING, details)
      applyRoles(target)
      return { credentialAttributes: {}, scopeOf: ({ key }) => key.scope }
    },
  }
}
