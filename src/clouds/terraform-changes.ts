/** Operations that infrastructure code can make too. */
import { hclIdentifier } from '../lib/hcl.ts'
import type { Snippet } from './cloud.ts'
import type { KmsKey } from './model.ts'
import type { OperationId, OperationInputs } from './operations.ts'

/** Each as its change; undefined for input that the provider can't take. */
export type TerraformChanges = {
  readonly [Id in OperationId]?: (key: KmsKey, input: OperationInputs[Id]) => Snippet | undefined
}

/** What Terraform made must be deleted by it, too: otherwise its next plan makes it anew. */
export const terraformDestroy = (type: string, name: string, ...notes: readonly string[]): Snippet => ({
  label: 'Terraform',
  language: 'shell',
  code: [
    '# Take the resource out of the configuration and apply, or name it:',
    ...notes.map((note) => `# ${note}`),
    `terraform destroy -target=${type}.${hclIdentifier(name)}`,
  ].join('\n'),
})
