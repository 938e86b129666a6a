import type { TerraformChanges } from '../cloud.ts'
import { terraformDestroy } from '../snippet.ts'
import { RESOURCE } from './snippets-terraform.ts'

/** The resource has neither rotation nor a status. */
export const terraformChanges: TerraformChanges = {
  scheduleDeletion: (key) => terraformDestroy(RESOURCE, key.name, 'The provider always waits 7 days.'),
}
