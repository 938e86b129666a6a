import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

export const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
export const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const heading = (page: Page, name: string) => page.getByRole('heading', { name })
export const toNext = (page: Page, what: string) => button(page, `Continue to ${what}`).click()
export const code = (page: Page) => page.getByRole('complementary', { name: 'Summary and code' }).getByRole('tabpanel')

/** The field is invalid, focused, and described by the message. */
export const expectWrong = async (page: Page, name: string, message: string | RegExp) => {
  await expect(field(page, name)).toHaveAttribute('aria-invalid', 'true')
  await expect(field(page, name)).toHaveAccessibleDescription(message)
  await expect(field(page, name)).toBeFocused()
}

export async function chooseWhere(page: Page, cloud: string, location: string) {
  await radio(page, cloud).check()
  await radio(page, location).check()
  await toNext(page, 'what for')
  await expect(heading(page, 'What is the key for?')).toBeFocused()
}

export async function goToDetails(page: Page, cloud = 'Thalassa Cloud', location = 'nl-01', url = '') {
  await page.goto(`${url}/keys/new`)
  await chooseWhere(page, cloud, location)
  await toNext(page, 'details')
  await expect(page).toHaveURL(/\/keys\/new\?step=details$/)
}

export async function goToRotation(page: Page, name: string, cloud?: string, location?: string, url?: string) {
  await goToDetails(page, cloud, location, url)
  await field(page, 'Name').fill(name)
  await toNext(page, 'rotation')
  await expect(page).toHaveURL(/\?step=rotation$/)
}

export async function goToReview(page: Page, name: string, cloud?: string, location?: string, url?: string) {
  await goToRotation(page, name, cloud, location, url)
  await toNext(page, 'review')
  await expect(heading(page, 'Is everything right?')).toBeFocused()
}

export const thalassaNamed = async (api: GatewayClient, wanted: string) =>
  (await api.call<Record<string, unknown>[]>('GET', '/api/thalassa/v1/kms/nl-01/keys')).filter(
    ({ name }) => name === wanted,
  )

interface ExoscaleKey {
  id: string
  name: string
  rotation: { automatic: boolean; 'rotation-period': number }
}

export const exoscaleNamed = async (api: GatewayClient, wanted: string, zone: string) =>
  (await api.call<{ 'kms-keys': ExoscaleKey[] }>('GET', `/api/exoscale/${zone}/kms-key`))['kms-keys'].filter(
    ({ name }) => name === wanted,
  )
