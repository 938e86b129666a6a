import type { TerraformChanges } from '../cloud.ts'
import { terraformDestroy } from '../snippet.ts'
import { keyResource, RESOURCE } from './snippets-terraform.ts'

export const terraformChanges: TerraformChanges = {
  // The provider treats false as absent, so it can't disable rotation.
  setRotation: (key, rotation) => (rotation.automatic ? keyResource({ ...key, rotation }) : undefined),
  disable: (key) => keyResource({ ...key, status: 'disabled' }),
  scheduleDeletion: (key) => terraformDestroy(RESOURCE, key.name),
}
