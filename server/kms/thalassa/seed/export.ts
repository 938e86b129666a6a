/** Export of a store's content as the part `thalassa` of a seed. */
import * as z from 'zod'
import { isKeyType, keyStatuses, slugOf } from '../../../../src/clouds/thalassa/rules.ts'
import type { KeyWithVersions } from '../../engine/store.ts'
import { type ExportSource, keysIn, materialOf, secretOf, timeText } from '../../seed/export-material.ts'
import { isSameJson } from '../../seed/same-json.ts'
import { Attributes, CLOUD, defaultCredentials, tokenRoles } from '../authentication-credentials.ts'
import { attributesOf } from '../keys.ts'
import { ORGANISATION_SETTING, Organisation, PROJECTS_SETTING, Project, projectOfScope } from '../projects.ts'
import { regions } from '../regions.ts'
import type { ThalassaInput } from './schema.ts'

type KeyInput = NonNullable<ThalassaInput['keys']>[number]

async function tenantOf({ store }: ExportSource) {
  const [organisation, projects] = [await store.setting(ORGANISATION_SETTING), await store.setting(PROJECTS_SETTING)]
  return {
    organisation: organisation === undefined ? undefined : Organisation.parse(JSON.parse(organisation)),
    projects: projects === undefined ? [] : z.array(Project).parse(JSON.parse(projects)),
  }
}

async function credentialsOf(source: ExportSource): Promise<Pick<ThalassaInput, 'tokens' | 'clients'>> {
  if (!source.withMaterial) return {}
  const all = (await source.store.credentials(CLOUD)).map((stored) => {
    const { use, kind, holder, policies, scopes, project } = Attributes.parse(stored.attributes)
    const role = tokenRoles.find((known) => known === use)
    const usual = kind === 'client' ? defaultCredentials.service.policies : role && defaultCredentials[role].policies
    const shared = {
      name: holder,
      ...(!isSameJson(policies, usual ?? []) && { policies }),
      scopes,
      createdAt: timeText(stored.createdAt),
    }
    return { stored, kind, role, project, shared }
  })
  return {
    tokens: all
      .filter(({ kind }) => kind === 'token')
      .map(({ stored, role, shared }) => ({
        ...shared,
        ...(role && { role }),
        identity: stored.id,
        token: secretOf(source, stored),
      })),
    clients: all
      .filter(({ kind }) => kind === 'client')
      .map(({ stored, project, shared }) => ({
        ...shared,
        ...(project !== undefined && { project }),
        clientId: stored.id,
        clientSecret: secretOf(source, stored),
      })),
  }
}

const filled = (map: Readonly<Record<string, string>>) => Object.keys(map).length > 0

async function keyOf(source: ExportSource, { key, versions }: KeyWithVersions): Promise<KeyInput> {
  const { name, description, labels, annotations, rotationPeriodInDays, ...settings } = attributesOf(key)
  const projectId = projectOfScope(key.scope)
  const status = keyStatuses.find((known) => known === key.status)
  if (!status || !isKeyType(key.algorithm)) throw new Error(`the key ${key.id} can't be written to a seed`)
  const written = []
  for (const { version, createdAt, automatic } of versions) {
    const keyMaterial = await materialOf(source, key, version)
    written.push({
      version,
      createdAt: timeText(createdAt),
      ...(automatic && { automatic }),
      ...(keyMaterial !== undefined && { keyMaterial }),
    })
  }
  return {
    identity: key.id,
    region: key.location,
    ...(projectId !== undefined && { projectId }),
    name,
    ...(key.uniqueName !== slugOf(name) && { slug: key.uniqueName }),
    keyType: key.algorithm,
    ...(description && { description }),
    ...(filled(labels) && { labels }),
    ...(filled(annotations) && { annotations }),
    ...(settings.exportAllowed && { exportAllowed: true }),
    ...(settings.imported && { imported: true, allowRotation: settings.allowRotation ?? false }),
    ...(settings.keyRotationEnabled && { keyRotationEnabled: true }),
    ...(rotationPeriodInDays !== undefined && { rotationPeriodInDays }),
    status,
    ...(key.destroyAt !== null && { deletionScheduledAt: timeText(key.destroyAt) }),
    createdAt: timeText(key.createdAt),
    updatedAt: timeText(key.updatedAt),
    objectVersion: key.revision,
    versions: written,
  }
}

export async function exportThalassa(source: ExportSource): Promise<ThalassaInput> {
  const { organisation, projects } = await tenantOf(source)
  const keys: KeyInput[] = []
  for (const { slug: location } of regions)
    for (const scope of organisation ? [organisation, ...projects] : projects)
      for await (const one of keysIn(source, { cloud: CLOUD, location, scope: scope.identity }))
        keys.push(await keyOf(source, one))
  return {
    ...(organisation && {
      organisation: {
        identity: organisation.identity,
        slug: organisation.slug,
        name: organisation.name,
        createdAt: timeText(organisation.createdAt),
      },
    }),
    projects: projects.map(({ parent, createdAt, ...project }) => ({
      ...project,
      ...(parent !== undefined && { parent }),
      createdAt: timeText(createdAt),
    })),
    ...(await credentialsOf(source)),
    keys,
  }
}
