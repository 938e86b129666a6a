import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

export const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
export const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const toNext = (page: Page) => button(page, 'Continue').click()
export const summary = (page: Page) => page.getByRole('complementary', { name: 'Summary and code' })
export const code = (page: Page) => summary(page).getByRole('tabpanel')

/** The field is invalid, focused, and described by the message. */
export const expectWrong = async (page: Page, name: string, message: string | RegExp) => {
  await expect(field(page, name)).toHaveAttribute('aria-invalid', 'true')
  await expect(field(page, name)).toHaveAccessibleDescription(message)
  await expect(field(page, name)).toBeFocused()
}

export async function chooseWhere(page: Page, cloud: string, location: string) {
  await radio(page, cloud).check()
  await radio(page, location).check()
}

/** Goes to the last page, which also asks for the rotation, and enters the name. */
export async function goToName(page: Page, name: string, cloud = 'Thalassa Cloud', location = 'nl-01', url = '') {
  await page.goto(`${url}/keys/new`)
  await chooseWhere(page, cloud, location)
  await toNext(page)
  await expect(page).toHaveURL(/\/keys\/new\?step=name$/)
  await expect(field(page, 'Name')).toBeFocused()
  await field(page, 'Name').fill(name)
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
