/** One key of a seed, with its versions and copies. */

import type { KeyAddress, StoredKey } from '../engine/store.ts'
import { materialName } from '../engine/wrapped-names.ts'
import { CLOUD as EXOSCALE, attributesOf as exoscaleAttributes } from '../exoscale/keys.ts'
import { announced, newReplica, withReplicas } from '../exoscale/replicas.ts'
import { nextRotation, attributesOf as thalassaAttributes } from '../thalassa/keys.ts'
import { projectFor, type Tenant } from '../thalassa/projects.ts'
import type { Target } from './apply-credential.ts'
import { isSameJson } from './same-json.ts'
import type { SeedKey, SeedVersion } from './seed.ts'
import type { Path } from './seed-errors.ts'

const ELSEWHERE = 'choose another id or another KMS_DATA_DIR'

/** Field names of the cloud that a key belongs to. */
const fieldsOf = (cloud: string) =>
  cloud === EXOSCALE
    ? { id: 'id', material: 'key-material', algorithm: 'name' }
    : { id: 'identity', material: 'keyMaterial', algorithm: 'keyType' }

function wrapped(address: KeyAddress, { material, ...version }: SeedVersion, { keyWrapper }: Target) {
  return { ...version, wrapped: keyWrapper.wrap(materialName(address, version.version), material) }
}

/** Adds the versions that the store lacks. Those that it has must hold the same material, and get the seed's times. */
function applyVersions({ key, versions, at }: SeedKey, target: Target): void {
  const { rows, keyWrapper, errors } = target
  for (const [index, version] of versions.entries()) {
    const before = rows.version(key, version.version)
    const stored = before && keyWrapper.unwrap(materialName(key, version.version), before.wrapped)
    if (stored && !stored.equals(version.material)) {
      const path = [...at, 'versions', index, fieldsOf(key.cloud).material]
      errors.add(
        path,
        `is not the material that the store has for version ${version.version} of ${key.id}; ${ELSEWHERE}`,
      )
    } else if (!before) rows.putVersion(key, wrapped(key, version, target))
    else if (before.createdAt !== version.createdAt || before.automatic !== version.automatic)
      rows.putVersion(key, { ...before, createdAt: version.createdAt, automatic: version.automatic })
  }
}

/** A key that was rotated since goes on from there. */
function withRotationsSince(before: StoredKey, after: StoredKey): StoredKey {
  if (before.latestVersion <= after.latestVersion) return after
  const { latestVersion } = before
  if (after.cloud === EXOSCALE) {
    const { nextAt, manualCount } = exoscaleAttributes(before).rotation
    const attributes = exoscaleAttributes(after)
    const rotation = {
      ...attributes.rotation,
      nextAt,
      manualCount: Math.max(manualCount, attributes.rotation.manualCount),
    }
    const rotateAt = after.rotateAt === null ? null : nextAt
    return { ...after, latestVersion, rotateAt, attributes: { ...attributes, rotation } }
  }
  const { rotatedAt = before.createdAt } = thalassaAttributes(before)
  const attributes = { ...thalassaAttributes(after), rotatedAt }
  return { ...after, latestVersion, rotateAt: nextRotation(rotatedAt, attributes), attributes }
}

/** What the store alone knows of replicas stays; zones that it doesn't have yet are registered, and all hear of the change. */
function withReplicasOf(before: StoredKey, after: StoredKey): StoredKey {
  if (after.cloud !== EXOSCALE) return after
  const { replicas = [], cancelledIn } = exoscaleAttributes(before)
  const { replicas: wanted = [], ...attributes } = exoscaleAttributes(after)
  const missing = wanted.filter(({ zone }) => !replicas.some((one) => one.zone === zone)).map(({ zone }) => zone)
  const kept = {
    ...after,
    syncAt: before.syncAt,
    attributes: {
      ...attributes,
      ...(cancelledIn !== undefined && { cancelledIn }),
      ...(replicas.length > 0 && { replicas }),
    },
  }
  return missing.length > 0 ? withReplicas(kept, missing, after.createdAt) : kept
}

/** All that a seed says of a key, without what counts its changes. */
const contentOf = ({ revision, updatedAt, ...content }: StoredKey) => content

function change(before: StoredKey, given: StoredKey, { rows }: Target): void {
  const after = withReplicasOf(before, withRotationsSince(before, given))
  if (isSameJson(contentOf(before), contentOf(after))) return
  const heard = after.cloud === EXOSCALE ? announced(after, after.createdAt) : after
  rows.putKey({
    ...heard,
    revision: before.revision + 1,
    updatedAt: Math.max(before.updatedAt, given.updatedAt),
  })
}

/** The row of another key that stands in the way at one location. */
function obstacle(key: StoredKey, location: string, { rows }: Target): StoredKey | undefined {
  const named = rows.keyByUniqueName({ ...key, location }, key.uniqueName)
  return named?.id === key.id ? undefined : named
}

function isRefused(seedKey: SeedKey, key: StoredKey, at: Path, target: Target): boolean {
  const { rows, errors } = target
  const field = fieldsOf(key.cloud)
  const before = rows.key(key)
  for (const location of [key.location, ...seedKey.copies]) {
    const other = obstacle(key, location, target)
    if (!other) continue
    errors.add([...at, 'name'], `is that of the key ${other.id} in ${location}; choose another name or KMS_DATA_DIR`)
    return true
  }
  if (before && before.algorithm !== key.algorithm) {
    errors.add([...at, field.algorithm], `is not the type of ${key.id} in the store; ${ELSEWHERE}`)
    return true
  }
  if (before && (before.origin !== null || before.scope !== key.scope)) {
    errors.add([...at, field.id], `is that of another key in ${key.location}; ${ELSEWHERE}`)
    return true
  }
  return false
}

export function applyKey(given: SeedKey, tenant: Tenant, target: Target): void {
  const { rows, errors } = target
  if (given.isDefault && rows.keyByUniqueName(given.key, given.key.uniqueName)) return
  const project = given.project === undefined ? undefined : projectFor(tenant, given.project)
  if (given.project !== undefined && !project) {
    errors.add([...given.at, 'projectId'], 'is neither identity nor slug of a project')
    return
  }
  const scope = given.key.cloud === EXOSCALE ? given.key.scope : (project ?? tenant.organisation).identity
  const key = { ...given.key, scope }
  if (isRefused(given, key, given.at, target)) return
  const before = rows.key(key)
  if (before) change(before, key, target)
  else rows.putKey(key)
  applyVersions({ ...given, key }, target)
  if (before) return
  for (const location of given.copies) {
    const copy = newReplica(key, location, key.updatedAt)
    rows.putKey(copy)
    for (const version of given.versions) rows.putVersion(copy, wrapped(copy, version, target))
  }
}
