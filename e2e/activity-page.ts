/** Page object of activity lists. */
import type { Locator, Page } from '@playwright/test'

export const activityPath = ({ identity }: { identity: string }) => `/activity?key=thalassa/nl-01/${identity}`

export const table = (page: Page, name = 'Activity') => page.getByRole('table', { name, exact: true })

/** Rows of events that contain the text, without their details. */
export const rows = (page: Page, text: string, name = 'Activity') =>
  table(page, name)
    .getByRole('row')
    .filter({ hasText: text, has: page.getByRole('button', { name: /^Details of/ }) })

export const details = (row: Locator) => row.getByRole('button', { name: /^Details of/ })

/** Value of a name in the open details. */
export const facts = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByRole('term').and(page.getByText(name, { exact: true })) })
    .getByRole('definition')

export const filter = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Filters' }).getByRole('button', { name })
