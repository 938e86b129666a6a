import { type ResourceChanges, terraformDestroy } from '../resource-changes.ts'
import { RESOURCE } from './snippets-terraform.ts'

/** The resource has neither rotation nor a status. */
export const resourceChanges: ResourceChanges = {
  scheduleDeletion: (key) => terraformDestroy(RESOURCE, key.name, 'The provider always waits 7 days.'),
}
