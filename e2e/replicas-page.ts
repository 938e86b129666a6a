/** Page object of the Replicas tab of a key's page. */
import type { Page } from '@playwright/test'

export const zones = (page: Page) => page.getByRole('table', { name: 'Zones of this key' })
export const zone = (page: Page, name: string) => zones(page).getByRole('row').filter({ hasText: name })
export const replicateButton = (page: Page) => page.getByRole('button', { name: 'Replicate to…' })
export const replicateDialog = (page: Page) => page.getByRole('dialog', { name: /^Replicate / })

export const pathIn = (zoneName: string, { id }: { id: string }, search = '') =>
  `/keys/exoscale/${zoneName}/${id}${search}`

export const chooseZone = (page: Page, name: string) =>
  replicateDialog(page)
    .getByRole('checkbox', { name: new RegExp(`^${name}`) })
    .check()
