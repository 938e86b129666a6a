/** Terraform code for Exoscale's keys. */
import { type HclValue, hclBlock, hclIdentifier, requiredProvider } from '../../lib/hcl.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { NewKey } from '../cloud.ts'
import type { KmsKey } from '../model.ts'
import type { Snippet } from '../snippet.ts'
import { DEFAULT_KEY_SPEC } from './key-specs.ts'

/** Why a key has no resource; undefined where it has one. */
export const withoutResource = ({ type, external }: Pick<KmsKey, 'type' | 'external'>): string | undefined =>
  type === DEFAULT_KEY_SPEC && external === undefined
    ? undefined
    : 'Exoscale’s Terraform provider can’t hold this key: it knows only symmetric keys whose material is at Exoscale.'

const withoutRotation = '# The resource has no rotation settings: change them with exo or the API after apply.'

export const RESOURCE = 'exoscale_kms_key'

type Declared = Pick<NewKey, 'name' | 'description' | 'multiZone'>

/** Configuration of one resource, after a comment where there is one. */
export const configuration = (resource: string, comment?: string): Snippet => ({
  label: 'Terraform',
  language: 'hcl',
  code: [
    requiredProvider('exoscale', 'exoscale/exoscale'),
    comment === undefined ? resource : `${comment}\n${resource}`,
  ].join('\n\n'),
})

function resource(zone: string, key: Declared): string {
  const members: Record<string, HclValue> = {
    name: key.name,
    zone,
    ...(key.description ? { description: key.description } : {}),
    ...(key.multiZone ? { multi_zone: true } : {}),
  }
  return hclBlock(['resource', RESOURCE, hclIdentifier(key.name)], members)
}

/** @param rotation settings of the key, if not the default */
export function terraform(zone: string, key: NewKey, rotation: NewKey['rotation'] | undefined): Snippet {
  const missing = withoutResource(key)
  return missing === undefined
    ? configuration(resource(zone, key), rotation ? withoutRotation : undefined)
    : { label: 'Terraform', language: 'hcl', code: `# ${missing}` }
}

/** Resource of an existing key, for which a plan has no changes. */
export const keyResource = (key: KmsKey): Snippet =>
  configuration(
    resource(key.location, {
      name: key.name,
      description: key.description ?? '',
      multiZone: key.traits.includes('multi-zone'),
    }),
  )

export const terraformImport = (key: KmsKey): Snippet => ({
  label: 'Import',
  language: 'shell',
  code: `terraform import ${RESOURCE}.${hclIdentifier(key.name)} ${shellQuote(`${key.id}@${key.location}`)}`,
})
