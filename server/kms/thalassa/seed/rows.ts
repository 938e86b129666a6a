/** Rows of the part `thalassa` of a seed. */
import { slugOf } from '../../../../src/clouds/thalassa/rules.ts'
import { knownAlgorithm } from '../../crypto/material.ts'
import type { StoredKey } from '../../engine/store.ts'
import type { SeedContext, SeedCredential, SeedKey, SeedKeyRules, SeedPart } from '../../seed/seed.ts'
import type { Path, SeedErrors } from '../../seed/seed-errors.ts'
import { versionsOf } from '../../seed/versions.ts'
import { CLOUD, defaultCredentials, type ThalassaCredentialAttributes } from '../authentication-credentials.ts'
import { derivedIdentity } from '../identity.ts'
import { type KeyAttributes, nextRotation, attributesOf as storedAttributesOf } from '../keys.ts'
import { defaultProjects, PROJECT, type Project, projectFor } from '../projects.ts'
import { applyTenant, type SeedOrganisation, type SeedProjects } from './apply-tenant.ts'
import type { ThalassaKey, ThalassaSeed } from './schema.ts'

const PART = 'thalassa'

function organisationOf({ organisation }: ThalassaSeed, { time }: SeedContext): SeedOrganisation {
  const { slug = 'local', name = 'Local organisation', createdAt = time } = organisation ?? {}
  const identity = organisation?.identity ?? derivedIdentity('o', slug)
  return {
    at: [PART, 'organisation'],
    isGiven: organisation !== undefined,
    isIdentityGiven: organisation?.identity !== undefined,
    value: { identity, slug, name, features: ['kms', 'projects'], createdAt },
  }
}

function projectsOf({ projects }: ThalassaSeed, { time, errors }: SeedContext): SeedProjects {
  const given = projects ?? defaultProjects.map((project) => ({ ...project, parent: project.parent }))
  const list = given.map((project, index): Project => {
    const { name, slug = slugOf(name), description, parent } = project
    if (slug === '')
      errors.add([PART, 'projects', index, 'slug'], 'is required, as the name has no letter a-z or digit')
    const written = 'identity' in project ? project : undefined
    const identity = written?.identity ?? derivedIdentity(PROJECT, slug)
    const createdAt = written?.createdAt ?? time
    return { identity, name, slug, description, ...(parent !== undefined && { parent }), createdAt }
  })
  for (const [index, { parent, slug }] of list.entries())
    if (parent !== undefined && (parent === slug || !list.some((one) => one.slug === parent)))
      errors.add([PART, 'projects', index, 'parent'], 'must be the slug of another project of this list')
  return { isGiven: projects !== undefined, list }
}

function credentialsOf({ tokens, clients }: ThalassaSeed, { time }: SeedContext): readonly SeedCredential[] {
  const row = (
    at: Path,
    index: number,
    id: string,
    secret: string,
    createdAt: number | undefined,
    attributes: object,
  ) => ({
    at,
    cloud: CLOUD,
    id,
    name: 'made by a seed',
    secret,
    // In the order of the list: the first token of a role is printed at start.
    createdAt: createdAt ?? time + index,
    attributes: { ...attributes },
  })
  return [
    ...tokens.map(({ token, identity, name, role, policies, scopes, createdAt }, index) => {
      const use = role ?? 'other'
      const granted = policies ?? (role ? defaultCredentials[role].policies : []) ?? []
      const attributes: Omit<ThalassaCredentialAttributes, 'organisation'> = {
        use,
        kind: 'token',
        holder: name,
        policies: [...granted],
        scopes,
      }
      const id = identity ?? derivedIdentity('pat', name)
      return row([PART, 'tokens', index, 'token'], index, id, token, createdAt, attributes)
    }),
    ...clients.map(({ clientId, clientSecret, name, policies, scopes, project, createdAt }, index) => {
      const attributes: Omit<ThalassaCredentialAttributes, 'organisation'> = {
        use: 'service',
        kind: 'client',
        holder: name,
        policies: [...(policies ?? defaultCredentials.service.policies ?? [])],
        scopes,
        ...(project !== undefined && { project }),
      }
      return row([PART, 'clients', index, 'clientSecret'], index, clientId, clientSecret, createdAt, attributes)
    }),
  ]
}

/** Versions as listed, or as many as a pasted answer of the API states. */
const given = ({ versions, latestVersion = 1 }: ThalassaKey) =>
  versions?.map(({ keyMaterial, ...version }) => ({ ...version, material: keyMaterial })) ??
  Array.from({ length: latestVersion }, () => ({}))

function checkKey(key: ThalassaKey, at: Path, errors: SeedErrors): void {
  const isPending = key.status === 'pending_deletion'
  if (isPending && key.deletionScheduledAt === undefined)
    errors.add([...at, 'deletionScheduledAt'], 'is required where status is pending_deletion')
  if (!isPending && key.deletionScheduledAt !== undefined)
    errors.add([...at, 'deletionScheduledAt'], 'is for the status pending_deletion only')
  if (key.keyRotationEnabled && key.rotationPeriodInDays === undefined)
    errors.add([...at, 'rotationPeriodInDays'], 'is required where keyRotationEnabled is true')
  if (key.keyRotationEnabled && key.imported && !key.allowRotation)
    errors.add([...at, 'allowRotation'], 'must be true for an imported key where keyRotationEnabled is true')
  if (key.versions && key.latestVersion !== undefined && key.latestVersion !== key.versions.length)
    errors.add([...at, 'latestVersion'], `must be ${key.versions.length}, the number of versions`)
}

function attributesOf(key: ThalassaKey, latestAt: number, count: number): KeyAttributes {
  const { name, description, labels, annotations, exportAllowed, keyRotationEnabled, rotationPeriodInDays } = key
  return {
    name,
    description,
    labels,
    annotations,
    exportAllowed,
    keyRotationEnabled,
    ...(rotationPeriodInDays !== undefined && { rotationPeriodInDays }),
    ...(key.imported && { imported: true, allowRotation: key.allowRotation ?? false }),
    ...(count > 1 && { rotatedAt: latestAt }),
  }
}

function keyOf(key: ThalassaKey, index: number, { time, errors }: SeedContext): SeedKey {
  const at = [PART, 'keys', index]
  checkKey(key, at, errors)
  const uniqueName = key.slug ?? slugOf(key.name)
  const label = [CLOUD, key.region, key.projectId ?? '', uniqueName].join('/')
  const id = key.identity ?? derivedIdentity('kms', label)
  const createdAt = key.createdAt ?? key.versions?.[0]?.createdAt ?? time
  const versions = versionsOf(
    given(key),
    { at: [...at, 'versions'], algorithm: knownAlgorithm(key.keyType), label: `${CLOUD}/${id}`, createdAt },
    { number: 'version', createdAt: 'createdAt', material: 'keyMaterial' },
    errors,
  )
  const latestAt = versions.at(-1)?.createdAt ?? createdAt
  const attributes = attributesOf(key, latestAt, versions.length)
  return {
    at,
    project: key.projectId,
    versions,
    copies: [],
    isDefault: false,
    key: {
      cloud: CLOUD,
      location: key.region,
      id,
      scope: '',
      uniqueName,
      algorithm: key.keyType,
      status: key.status,
      latestVersion: versions.length,
      revision: key.objectVersion ?? versions.length,
      createdAt,
      updatedAt: key.updatedAt ?? latestAt,
      rotateAt: nextRotation(latestAt, attributes),
      destroyAt: key.deletionScheduledAt ?? null,
      origin: null,
      syncAt: null,
      attributes,
    },
  }
}

/** A key that was rotated in the store since keeps its newer versions. */
function merge(stored: StoredKey, given: StoredKey): StoredKey {
  if (stored.latestVersion <= given.latestVersion) return given
  const { rotatedAt = stored.createdAt } = storedAttributesOf(stored)
  const attributes = { ...storedAttributesOf(given), rotatedAt }
  return {
    ...given,
    latestVersion: stored.latestVersion,
    rotateAt: nextRotation(rotatedAt, attributes),
    attributes,
  }
}

const keyRules: SeedKeyRules = {
  fields: { id: 'identity', material: 'keyMaterial', algorithm: 'keyType' },
  merge,
  announced: (key) => key,
  copyOf: (key, location) => ({ ...key, location, origin: key.location }),
}

export function thalassaPart(content: ThalassaSeed, context: SeedContext): SeedPart {
  const organisation = organisationOf(content, context)
  const projects = projectsOf(content, context)
  const listed = projects.list.map((project, index) => ({ at: [PART, 'projects', index], ...project }))
  return {
    keys: content.keys.map((key, index) => keyOf(key, index, context)),
    credentials: credentialsOf(content, context),
    resources: [],
    keyRules,
    uniqueNames: [
      { field: 'identity', entries: listed.map(({ at, identity }) => ({ at, name: identity })) },
      { field: 'slug', entries: listed.map(({ at, slug }) => ({ at, name: slug })) },
    ],
    apply(target) {
      const tenant = applyTenant(organisation, projects, target)
      return {
        credentialAttributes: { organisation: tenant.organisation.identity },
        scopeOf({ at, project }) {
          if (project === undefined) return tenant.organisation.identity
          const found = projectFor(tenant, project)
          if (!found) target.errors.add([...at, 'projectId'], 'is neither identity nor slug of a project')
          return found?.identity
        },
      }
    },
  }
}
