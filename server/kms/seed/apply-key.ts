/** Applies one key of a seed, with its versions and copies. */
import type { KeyAddress, StoredKey } from '../engine/store.ts'
import { materialName } from '../engine/wrapped-names.ts'
import { isSameJson } from './same-json.ts'
import type { SeedKey, SeedKeyRules, SeedVersion, Target } from './seed.ts'
import type { Path } from './seed-errors.ts'

const ELSEWHERE = 'choose another id or another KMS_DATA_DIR'

function wrapped(address: KeyAddress, { material, ...version }: SeedVersion, { keyWrapper }: Target) {
  return { ...version, wrapped: keyWrapper.wrap(materialName(address, version.version), material) }
}

/** Adds the versions that the store lacks. Existing versions must have the same material; they get the seed's times. */
function applyVersions({ key, versions, at }: SeedKey, { fields }: SeedKeyRules, target: Target): void {
  const { rows, keyWrapper, errors } = target
  for (const [index, version] of versions.entries()) {
    const before = rows.version(key, version.version)
    const stored = before && keyWrapper.unwrap(materialName(key, version.version), before.wrapped)
    if (stored && !stored.equals(version.material)) {
      const path = [...at, 'versions', index, fields.material]
      errors.add(
        path,
        `is not the material that the store has for version ${version.version} of ${key.id}; ${ELSEWHERE}`,
      )
    } else if (!before) rows.putVersion(key, wrapped(key, version, target))
    else if (before.createdAt !== version.createdAt || before.automatic !== version.automatic)
      rows.putVersion(key, { ...before, createdAt: version.createdAt, automatic: version.automatic })
  }
}

/** Content of a key without its revision and change times. */
const contentOf = ({ revision, updatedAt, ...content }: StoredKey) => content

function change(before: StoredKey, given: StoredKey, rules: SeedKeyRules, { rows }: Target): void {
  const after = rules.merge(before, given)
  if (isSameJson(contentOf(before), contentOf(after))) return
  rows.putKey({
    ...rules.announced(after),
    revision: before.revision + 1,
    updatedAt: Math.max(before.updatedAt, given.updatedAt),
  })
}

/** Other key with the same name at a location. */
function obstacle(key: StoredKey, location: string, { rows }: Target): StoredKey | undefined {
  const named = rows.keyByUniqueName({ ...key, location }, key.uniqueName)
  return named?.id === key.id ? undefined : named
}

function isRefused(seedKey: SeedKey, key: StoredKey, at: Path, { fields }: SeedKeyRules, target: Target): boolean {
  const { rows, errors } = target
  const before = rows.key(key)
  for (const location of [key.location, ...seedKey.copies]) {
    const other = obstacle(key, location, target)
    if (!other) continue
    errors.add([...at, 'name'], `is that of the key ${other.id} in ${location}; choose another name or KMS_DATA_DIR`)
    return true
  }
  if (before && before.algorithm !== key.algorithm) {
    errors.add([...at, fields.algorithm], `is not the type of ${key.id} in the store; ${ELSEWHERE}`)
    return true
  }
  if (before && (before.origin !== null || before.scope !== key.scope)) {
    errors.add([...at, fields.id], `is that of another key in ${key.location}; ${ELSEWHERE}`)
    return true
  }
  return false
}

/** @param scope organisation or project of the key */
export function applyKey(given: SeedKey, scope: string, rules: SeedKeyRules, target: Target): void {
  const { rows } = target
  const key = { ...given.key, scope }
  if (isRefused(given, key, given.at, rules, target)) return
  const before = rows.key(key)
  if (before) change(before, key, rules, target)
  else rows.putKey(key)
  applyVersions({ ...given, key }, rules, target)
  if (before) return
  for (const location of given.copies) {
    const copy = rules.copyOf(key, location)
    rows.putKey(copy)
    for (const version of given.versions) rows.putVersion(copy, wrapped(copy, version, target))
  }
}
