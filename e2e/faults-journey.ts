/** Journey over list, key, action and playground with the same failure on each: message, kept input, and retry. */
import type { Page } from '@playwright/test'
import { expect, type Faulty, uniqueName } from './fixtures.ts'
import { button, menuItem, thalassaPath } from './key-page.ts'
import { playground, thalassaUrl } from './playground-page.ts'

export interface Walk {
  /** Brings the failure about, for calls that match. */
  readonly fail: (method: string, path: string) => Promise<void>
  /** What is said wherever it happens. */
  readonly words: string | RegExp
  /** Where a read is told in other words than an act. */
  readonly actWords?: string | RegExp
  /** Where the list of keys is told in other words. */
  readonly listWords?: string
  /** As the request line has it. */
  readonly status: number | 'no answer'
  /** Whether the cloud may have done what it was asked to. */
  readonly uncertain?: boolean
  /** The title of a key's page that could not be read. */
  readonly keyTitle?: string
}

export const missing = (page: Page) => page.getByRole('status').filter({ hasText: 'missing from this list' })
export const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
export const dialog = (page: Page) => page.getByRole('dialog')

const list = '**/kms/nl-01/keys'

async function seeList(page: Page, faulty: Faulty, names: { here: string; away: string }, walk: Walk) {
  await walk.fail('GET', list)
  await page.goto(`${faulty.url}/keys`)
  await expect(row(page, names.here)).toBeVisible()
  await expect(missing(page)).toContainText('nl-01 is missing from this list.')
  await expect(missing(page)).toContainText(walk.listWords ?? walk.words)
  await expect(missing(page)).toContainText(`GET /v1/kms/nl-01/keys · ${walk.status}`)
  await faulty.upstream.heal()
  await missing(page).getByRole('button', { name: 'Retry' }).click()
  await expect(row(page, names.away)).toBeVisible()
  await expect(missing(page)).toHaveCount(0)
}

async function seeKey(page: Page, faulty: Faulty, key: { identity: string }, name: string, walk: Walk) {
  await walk.fail('GET', `**/keys/${key.identity}`)
  await page.goto(faulty.url + thalassaPath(key))
  const failed = page.getByRole('main').getByRole('alert')
  await expect(failed).toContainText(walk.keyTitle ?? 'This key could not be read')
  await expect(failed).toContainText(walk.words)
  await expect(failed).toContainText(`GET /v1/kms/nl-01/keys/${key.identity}`)
  await expect(failed.getByRole('link', { name: 'All keys' })).toBeVisible()
  await faulty.upstream.heal()
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

async function seeAction(page: Page, faulty: Faulty, key: { identity: string }, name: string, walk: Walk) {
  await menuItem(page, 'Schedule deletion…')
  const typed = dialog(page).getByRole('textbox')
  await typed.fill(name)
  await walk.fail('DELETE', `**/keys/${key.identity}`)
  await button(page, 'Schedule deletion').click()
  const alert = dialog(page).getByRole('alert')
  await expect(alert).toContainText(walk.uncertain ? 'The result is unknown.' : 'No deletion was scheduled.')
  await expect(alert).toContainText(walk.actWords ?? walk.words)
  await expect(alert).toContainText(`DELETE /v1/kms/nl-01/keys/${key.identity} · ${walk.status}`)
  await expect(typed).toHaveValue(name)
  await faulty.upstream.heal()
  await button(page, 'Keep the key').click()
  await expect(dialog(page)).toHaveCount(0)
}

async function seePlayground(page: Page, faulty: Faulty, key: { identity: string }, walk: Walk) {
  const b = playground(page)
  await page.goto(faulty.url + thalassaUrl(key))
  await b.plaintext.fill('typed with care')
  await walk.fail('POST', '**/encrypt')
  await b.encrypt.click()
  await expect(b.failure).toContainText(walk.actWords ?? walk.words)
  await expect(b.failure).toContainText(`/encrypt · ${walk.status}`)
  await expect(b.plaintext).toHaveValue('typed with care')
  await faulty.upstream.heal()
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  await expect(b.failure).toHaveCount(0)
}

/** The list, a key's page, an action in a dialog and the playground. */
export async function walkThrough(page: Page, faulty: Faulty, walk: Walk) {
  const names = { here: uniqueName('here'), away: uniqueName('away') }
  const key = await faulty.api.thalassa.create({ name: names.away })
  await faulty.api.exoscale.create({ name: names.here })
  await seeList(page, faulty, names, walk)
  await seeKey(page, faulty, key, names.away, walk)
  await seeAction(page, faulty, key, names.away, walk)
  await seePlayground(page, faulty, key, walk)
}

/** Removes the browser's own errors about a lost network: tests check what the page makes of them. */
export function forgiveNetwork(complaints: string[]) {
  const other = complaints.filter((text) => !text.includes('net::ERR_'))
  complaints.splice(0, complaints.length, ...other)
}
