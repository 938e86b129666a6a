/** Terraform code for Thalassa's keys. */
import { type HclValue, hclBlock, hclIdentifier, requiredProvider } from '../../lib/hcl.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { NewKey } from '../cloud.ts'
import { type KmsKey, projectOf } from '../model.ts'
import type { Snippet } from '../snippet.ts'
import { MATERIAL_FILE } from './snippets-shell.ts'

export const RESOURCE = 'thalassa_kms_key'

/** Provider block, the only place for a project, which applies to all its resources. */
const resource = (name: string, members: Record<string, HclValue>, project: string | undefined): Snippet => ({
  label: 'Terraform',
  language: 'hcl',
  code: [
    requiredProvider('thalassa', 'thalassa-cloud/thalassa'),
    ...(project === undefined ? [] : [hclBlock(['provider', 'thalassa'], { project_id: project })]),
    hclBlock(['resource', RESOURCE, hclIdentifier(name)], members),
  ].join('\n\n'),
})

type Declared = Omit<NewKey, 'location' | 'project' | 'multiZone'>

const resourceMembers = (region: string, key: Declared): Record<string, HclValue> => ({
  region,
  name: key.name,
  key_type: key.type,
  ...(key.description ? { description: key.description } : {}),
  ...(Object.keys(key.labels).length > 0 ? { labels: key.labels } : {}),
  ...(Object.keys(key.annotations).length > 0 ? { annotations: key.annotations } : {}),
  ...(key.exportAllowed ? { export_allowed: true } : {}),
  ...(key.material
    ? {
        import_key_material: () => `file("${MATERIAL_FILE}")`,
        hash_function: key.material.hash,
        ...(key.material.allowRotation ? { allow_rotation: true } : {}),
      }
    : {}),
  ...(key.rotation.automatic
    ? { key_rotation_enabled: true, rotation_period_in_days: key.rotation.period?.value ?? 0 }
    : {}),
})

export const terraform = (key: NewKey): Snippet => resource(key.name, resourceMembers(key.location, key), key.project)

/** Resource of an existing key, for which a plan has no changes. */
export const keyResource = (key: KmsKey): Snippet =>
  resource(
    key.name,
    {
      ...resourceMembers(key.location, {
        ...key,
        description: key.description ?? '',
        exportAllowed: key.traits.includes('exportable'),
      }),
      ...(key.status === 'disabled' ? { status: 'disabled' } : {}),
    },
    projectOf(key),
  )

export const terraformImport = (key: KmsKey): Snippet => ({
  label: 'Import',
  language: 'shell',
  code: `terraform import ${RESOURCE}.${hclIdentifier(key.name)} ${shellQuote(`${key.location}/${key.id}`)}`,
})
