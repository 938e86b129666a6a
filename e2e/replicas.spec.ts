import { expect, test, uniqueName } from './fixtures.ts'
import { button, menuItem, property, tab } from './key-page.ts'
import { chooseZone, pathIn, replicateButton, replicateDialog, zone } from './replicas-page.ts'

const home = 'ch-gva-2'
const other = 'de-fra-1'

test('a key is replicated and rotated, its replica disabled alone and enabled from the list', async ({ page, api }) => {
  const name = uniqueName('spread')
  const key = await api.exoscale.create({ name, 'multi-zone': true })

  await test.step('replication, told by a notification', async () => {
    await page.goto(pathIn(home, key, '?tab=replicas'))
    await replicateButton(page).click()
    await chooseZone(page, other)
    await replicateDialog(page)
      .getByRole('button', { name: `Replicate to ${other}` })
      .click()
    const told = page.getByRole('region', { name: 'Notifications' })
    await expect(told).toContainText(`Added a replica of ${name} in ${other}.`)
    await expect(zone(page, other)).toContainText(/Frankfurt.*Current.*Revision 3 of 3 applied.*Active/)
    await expect(page.getByRole('status').filter({ hasText: `${other} is current.` })).toBeAttached()
  })

  await test.step('rotation of the primary', async () => {
    await button(page, 'Rotate now').click()
    const dialog = page.getByRole('dialog', { name: /^Rotate/ })
    await expect(dialog).toContainText(`Its replica in ${other} gets`)
    await dialog.getByRole('button', { name: 'Rotate now' }).click()
    await expect(zone(page, other)).toContainText('Revision 4 of 4 applied')
  })

  await test.step('page of the replica', async () => {
    await zone(page, other).getByRole('link', { name: other }).click()
    await expect(page.getByText(`This is the replica in ${other}.`)).toBeVisible()
    await expect(button(page, 'Rotate now')).toHaveAccessibleDescription(
      `This is a replica. Do it on the primary in ${home}.`,
    )
    await menuItem(page, 'Disable…')
    const dialog = page.getByRole('dialog', { name: /^Disable/ })
    await expect(dialog).toContainText(`stop now in ${other}`)
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await expect(zone(page, other)).toContainText('Disabled')
    await expect(zone(page, home)).toContainText('Active')
    await tab(page, 'Overview').click()
    await expect(property(page, 'Multi-zone')).toContainText(`${home} (primary), ${other}`)
  })

  await test.step('rows of the list', async () => {
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    const row = page.getByRole('table', { name: 'Keys' }).getByRole('row', { name })
    await expect(row).toHaveCount(1)
    await expect(row).toContainText(new RegExp(`Disabled in ${other}`))
    await row.getByRole('button', { name: /^\+1 locations of/ }).click()
    const at = (location: string) =>
      page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: location }) })
    await expect(at(other)).toContainText(/Replica, up to date.*Disabled/)
    await page.getByRole('button', { name: `Actions for ${name}, ${other}` }).click()
    await page.getByRole('menuitem', { name: 'Enable', exact: true }).click()
    await expect(at(other)).toContainText('Active')
  })

  await test.step('a notification leads to the key from another page', async () => {
    const link = page.getByRole('region', { name: 'Notifications' }).getByRole('link', { name: 'Open key' })
    // A notification under the pointer stays.
    await page.getByRole('region', { name: 'Notifications' }).getByText(`Enabled ${name}.`).hover()
    await page.keyboard.press('g')
    await page.keyboard.press('v')
    await expect(page).toHaveURL(/\/activity$/)
    await link.click()
    await expect(page).toHaveURL(new RegExp(`${pathIn(other, key)}$`))
  })
})
