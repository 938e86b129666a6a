/** Export of a store's content as the part `exoscale` of a seed. */
import { DEFAULT_KEY_SPEC } from '../../../../src/clouds/exoscale/key-specs.ts'
import { isZoneName, zones } from '../../../../src/clouds/exoscale/rules.ts'
import type { KeyWithVersions } from '../../engine/store.ts'
import { type ExportSource, keysIn, materialOf, secretOf, timeText } from '../../seed/export-material.ts'
import { Attributes } from '../iam/api-keys.ts'
import { DETAILS_SETTING, Details, ORGANISATION_SETTING, POLICY_ID, POLICY_KIND } from '../iam/organisation.ts'
import { Policy, StrictPolicy } from '../iam/policy.ts'
import { ROLE_KIND, SEEDED, StoredRole } from '../iam/roles.ts'
import { specOf } from '../key-kinds.ts'
import { attributesOf, CLOUD, externalOf, isReplica, spaceOf, statusOf } from '../keys.ts'
import type { ExoscaleInput } from './schema.ts'

type KeyInput = NonNullable<ExoscaleInput['kms-keys']>[number]
type RoleInput = NonNullable<ExoscaleInput['iam-roles']>[number]
type ApiKeyInput = NonNullable<ExoscaleInput['api-keys']>[number]

async function organizationOf({ store }: ExportSource): Promise<Pick<ExoscaleInput, 'organization'>> {
  const [id, details] = [await store.setting(ORGANISATION_SETTING), await store.setting(DETAILS_SETTING)]
  if (id === undefined) return {}
  return { organization: { id, ...(details !== undefined && Details.parse(JSON.parse(details))) } }
}

/** Roles without the provider's own; undefined for a store without roles. */
async function rolesOf({ store }: ExportSource): Promise<RoleInput[] | undefined> {
  if ((await store.setting(SEEDED)) === undefined) return undefined
  const stored = await store.resources(CLOUD, ROLE_KIND)
  return stored.flatMap(({ id, createdAt, content }) => {
    const { builtIn, policy, ...role } = StoredRole.parse(content)
    return builtIn ? [] : [{ id, ...role, policy: StrictPolicy.parse(policy), 'created-at': timeText(createdAt) }]
  })
}

async function apiKeysOf(source: ExportSource): Promise<readonly ApiKeyInput[]> {
  if (!source.withMaterial) return []
  const stored = (await source.store.credentials(CLOUD)).map((credential) => {
    const { roleId, start = false } = Attributes.parse(credential.attributes)
    return { credential, roleId, start }
  })
  // The first key with full rights is printed at start.
  return stored
    .toSorted((one, other) => Number(other.start) - Number(one.start))
    .map(({ credential, roleId }) => ({
      name: credential.name,
      key: credential.id,
      secret: secretOf(source, credential),
      'role-id': roleId,
      'created-at': timeText(credential.createdAt),
    }))
}

async function keyOf(source: ExportSource, { key, versions }: KeyWithVersions): Promise<KeyInput> {
  const { description, usage, multiZone, statusSince, rotation, replicas = [], originZone } = attributesOf(key)
  if (!isZoneName(originZone)) throw new Error(`the key ${key.id} can't be written to a seed`)
  const spec = specOf(key)
  const written = []
  for (const { version, createdAt, automatic } of versions) {
    const material = await materialOf(source, key, version)
    written.push({
      version,
      'created-at': timeText(createdAt),
      ...(automatic && { automatic }),
      ...(material !== undefined && { 'key-material': material }),
    })
  }
  return {
    id: key.id,
    name: key.uniqueName,
    ...(description !== undefined && { description }),
    ...(usage && { usage }),
    ...(spec !== DEFAULT_KEY_SPEC && { 'key-spec': spec }),
    'origin-zone': originZone,
    'multi-zone': multiZone,
    ...(replicas.length > 0 && { replicas: replicas.map((replica) => replica.zone).filter(isZoneName) }),
    status: statusOf(key),
    'status-since': timeText(statusSince),
    ...(key.destroyAt !== null && { 'delete-at': timeText(key.destroyAt) }),
    'created-at': timeText(key.createdAt),
    revision: { seq: key.revision, at: timeText(key.updatedAt) },
    rotation: {
      automatic: rotation.automatic,
      'rotation-period': rotation.period,
      'next-at': timeText(rotation.nextAt),
      'manual-count': rotation.manualCount,
    },
    versions: written,
  }
}

/** Replicas are written as zones of their key; keys of external key stores are left out, since seeds have no stores. */
async function keysOf(source: ExportSource): Promise<readonly KeyInput[]> {
  const keys: KeyInput[] = []
  for (const { name } of zones)
    for await (const one of keysIn(source, spaceOf(name)))
      if (!isReplica(one.key) && !externalOf(one.key)) keys.push(await keyOf(source, one))
  return keys
}

/** @returns the part, and the time of the organisation's policy, which a seed can't express */
export async function exportExoscale(source: ExportSource): Promise<{ part: ExoscaleInput; policyAt?: number }> {
  const roles = await rolesOf(source)
  const policy = await source.store.resource(CLOUD, POLICY_KIND, POLICY_ID)
  return {
    part: {
      ...(await organizationOf(source)),
      ...(roles && { 'iam-roles': roles }),
      'api-keys': [...(await apiKeysOf(source))],
      ...(policy && { 'iam-organization-policy': StrictPolicy.parse(Policy.parse(policy.content)) }),
      'kms-keys': [...(await keysOf(source))],
    },
    ...(policy && { policyAt: policy.createdAt }),
  }
}
