import type { TerraformChanges } from '../cloud.ts'
import { terraformDestroy } from '../snippet.ts'
import { keyResource, RESOURCE } from './snippets-terraform.ts'

export const terraformChanges: TerraformChanges = {
  // The provider takes false for a member left out, so it can't switch rotation off.
  setRotation: (key, rotation) => (rotation.automatic ? keyResource({ ...key, rotation }) : undefined),
  disable: (key) => keyResource({ ...key, status: 'disabled' }),
  scheduleDeletion: (key) => terraformDestroy(RESOURCE, key.name),
}
