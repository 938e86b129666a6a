import { field, goToName } from './create-key-page.ts'
import { expect, expectAccessible, leavePage, test } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { button, menuItem, property, tab } from './key-page.ts'
import { replicateButton } from './replicas-page.ts'
import { startFresh } from './server.ts'

const why = 'This is the organisation’s default key, managed by Exoscale.'

test('at the other revision of the API a key is created, and the default key is recognised by its first refusal', async ({
  page,
}) => {
  const server = await startFresh('console', {
    KMS_EXOSCALE_API: '2026-07',
    KMS_EXOSCALE_SWITCHES: 'default-key=listed',
  })

  await test.step('creation, after the name was taken meanwhile', async () => {
    await goToName(page, 'taken', 'Exoscale', 'ch-gva-2', server.url)
    await gatewayClient(server.url).exoscale.create({ name: 'taken' })
    await button(page, 'Create key').click()
    await expect(field(page, 'Name')).toHaveAccessibleDescription(/The name “taken” is taken in ch-gva-2/)
    await field(page, 'Name').fill('made')
    await button(page, 'Create key').click()
    await expect(page.getByRole('heading', { level: 1, name: 'made' })).toBeVisible()
    await expect(property(page, 'Next rotation')).toContainText('365 d')
  })

  await test.step('a refusal marks the default key, also after a reload', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Keys/ }).click()
    await page.getByRole('row', { name: 'exoscale-default' }).getByRole('link').click()
    await menuItem(page, 'Disable…')
    const dialog = page.getByRole('dialog', { name: /^Disable/ })
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await expect(dialog.getByRole('alert')).toContainText('Not disabled.')
    await expect(dialog.getByRole('alert')).toContainText(why)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Keep it active' }).click()
    await page.reload()
    await expect(page.getByText('Default key', { exact: true })).toBeVisible()
    await tab(page, 'Versions and rotation').click()
    await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toHaveAccessibleDescription(
      new RegExp(why),
    )
    await tab(page, 'Replicas').click()
    await expect(replicateButton(page)).toHaveAccessibleDescription(why)
    await expect(button(page, 'Rotate now')).not.toHaveAttribute('aria-disabled')
  })
  await leavePage(page)
  await server.stop()
})
