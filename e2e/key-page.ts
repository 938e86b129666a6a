/** Page object of a key's page: controls by role and accessible name. */
import type { Page } from '@playwright/test'

export const thalassaPath = ({ identity }: { identity: string }) => `/keys/thalassa/nl-01/${identity}`
export const exoscalePath = ({ id }: { id: string }, zone = 'ch-gva-2') => `/keys/exoscale/${zone}/${id}`

type Tab = 'Overview' | 'Versions and rotation' | 'Replicas' | 'Public key' | 'Code' | 'Activity'

export const tab = (page: Page, name: Tab) => page.getByRole('tab', { name: new RegExp(`^${name}`) })
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const property = (page: Page, name: string) =>
  page
    .getByRole('tabpanel')
    .locator('div')
    .filter({ has: page.getByRole('term').and(page.getByText(name, { exact: true })) })
    .last()

/** Clicks the label: the radio itself is visually hidden. */
export const choosePeriod = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Period' }).getByText(name, { exact: true }).click()

export async function menuItem(page: Page, name: string) {
  await button(page, 'More actions').click()
  await page.getByRole('menuitem', { name }).click()
}

/** Button of the page; the notification has another one for a while. */
export const cancelDeletion = (page: Page) =>
  page.getByRole('main').getByRole('button', { name: 'Cancel deletion', exact: true })
