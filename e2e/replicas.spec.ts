import { expectNoOverflow } from './fits.ts'
import { expect, leavePage, test, uniqueName } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { button, menuItem, property, tab } from './key-page.ts'
import { navigate } from './navigation.ts'
import { playground } from './playground-page.ts'
import { chooseZone, pathIn, replicateButton, replicateDialog, replicated, zone, zones } from './replicas-page.ts'
import { startFresh } from './server.ts'

const home = 'ch-gva-2'
const other = 'de-fra-1'

test('a key is replicated: both zones become current, and one decrypts what the other encrypted', async ({
  page,
  api,
}) => {
  const name = uniqueName('replicated')
  const key = await api.exoscale.create({ name, 'multi-zone': true })
  await page.goto(pathIn(home, key))
  await tab(page, 'Replicas').click()
  await expect(page).toHaveURL(/tab=replicas$/)
  await expect(page.getByRole('heading', { name: 'No replicas yet' })).toBeVisible()

  await replicateButton(page).click()
  const dialog = replicateDialog(page)
  await expect(dialog).toContainText('the same id and the same key material')
  await expect(dialog).toContainText('A replica can’t be removed again')
  await expect(dialog.getByRole('button', { name: 'Replicate', exact: true })).toHaveAccessibleDescription(
    'Choose a zone first.',
  )
  await chooseZone(page, other)
  await dialog.getByRole('button', { name: `Replicate to ${other}` }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(`Registered ${other} for ${name}.`)).toBeVisible()

  await expect(zone(page, home)).toContainText(/Primary.*This page.*At revision 3.*Active/)
  await expect(zone(page, other)).toContainText('Catching up')
  await expect(zone(page, other)).toContainText('Nothing applied yet of revision 3')
  await expect(zone(page, other)).toContainText('Not there yet')
  await expect(zone(page, other)).toContainText(/Frankfurt.*Current.*Revision 3 of 3 applied.*Active/)
  await expect(page.getByRole('status').filter({ hasText: `${other} is current.` })).toBeAttached()

  await replicateButton(page).click()
  await dialog.getByRole('combobox', { name: 'Zone' }).click()
  await expect(page.getByRole('option', { name: home })).toContainText('The primary is here')
  await expect(page.getByRole('option', { name: other })).toContainText('It is here already')
  await expect(page.getByRole('option', { name: other })).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Keep it as it is' }).click()

  const b = playground(page)
  await page.goto(`/playground?key=exoscale%2F${home}%2F${key.id}`)
  await b.plaintext.fill('read it in Frankfurt')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  const ciphertext = await b.ciphertext.innerText()
  await page.goto(`/playground?key=exoscale%2F${other}%2F${key.id}&op=decrypt`)
  await b.ciphertext.fill(ciphertext)
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('read it in Frankfurt')
})

test('a replica has its own status, and follows its primary in everything else', async ({ page, api }) => {
  await test.step('page of a replica', async () => {
    const key = await replicated(api, uniqueName('led'), other)
    await page.goto(pathIn(home, key, '?tab=replicas'))
    await zone(page, other).getByRole('link', { name: other }).click()
    await expect(page).toHaveURL(pathIn(other, key, '?tab=replicas'))
    await expect(page.getByText(`This is the replica in ${other}.`)).toBeVisible()
    await expect(zone(page, other)).toContainText('This page')
    await expect(zone(page, home)).toContainText(/Primary.*At revision 3/)
    const elsewhere = `This is a replica. Do it on the primary in ${home}.`
    await expect(replicateButton(page)).toHaveAccessibleDescription(elsewhere)
    await expect(button(page, 'Rotate now')).toHaveAccessibleDescription(elsewhere)

    await tab(page, 'Rotation').click()
    await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toHaveAttribute('aria-disabled', 'true')
    await tab(page, 'Overview').click()
    await expect(property(page, 'Role')).toContainText('Replica')
    await expect(property(page, 'Multi-zone')).toContainText('Yes')
    await expect(property(page, 'Origin zone').getByRole('link')).toHaveAttribute('href', pathIn(home, key))

    await button(page, 'More actions').click()
    await expect(page.getByRole('menuitem', { name: 'Schedule deletion…' })).toContainText(elsewhere)
    await page.keyboard.press('Escape')
    await menuItem(page, 'Disable…')
    const dialog = page.getByRole('dialog', { name: /^Disable/ })
    await expect(dialog).toContainText(`stop now in ${other}`)
    await expect(dialog).toContainText('The primary and replicas in other zones go on working.')
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'This key is disabled.' })).toContainText(
      `That is so in ${other}; in other zones the key has its own status.`,
    )
    await tab(page, 'Replicas').click()
    await expect(zone(page, other)).toContainText('Disabled')
    await expect(zone(page, home)).toContainText('Active')
  })

  await test.step('rotation and deletion of the primary', async () => {
    const name = uniqueName('followed')
    const key = await replicated(api, name, other)
    await navigate(page, pathIn(home, key, '?tab=replicas'))
    await expect(zone(page, other)).toContainText('Current')
    await button(page, 'Rotate now').click()
    const rotate = page.getByRole('dialog', { name: /^Rotate/ })
    await expect(rotate).toContainText(`Its replica in ${other} gets`)
    await rotate.getByRole('button', { name: 'Rotate now' }).click()
    await expect(zone(page, other)).toContainText('Revision 4 of 4 applied')

    await menuItem(page, 'Schedule deletion…')
    const dialog = page.getByRole('dialog', { name: /^Schedule deletion/ })
    await expect(dialog).toContainText(`Its replica in ${other} goes with it`)
    await dialog.getByRole('button', { name: '7 days' }).click()
    await expect(dialog.getByLabel('Days until it is destroyed')).toHaveValue('7')
    await dialog.getByRole('textbox').last().fill(name)
    await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
    await expect(replicateButton(page)).toHaveAccessibleDescription(/deletion is scheduled/)
    await expect(zone(page, other)).toContainText(/Revision 5 of 5 applied.*Destroyed in \d+ d/)
  })
})

test('replicas of one zone, by keyboard, and on a narrow screen', async ({ page, api }) => {
  await test.step('a key of one zone', async () => {
    const key = await api.exoscale.create({ name: uniqueName('single') })
    await page.goto(pathIn(home, key, '?tab=replicas'))
    await expect(page.getByRole('heading', { name: `This key is in ${home} alone` })).toBeVisible()
    await expect(page.getByText(/chosen when it is created, and can’t be changed later/)).toBeVisible()
    await expect(replicateButton(page)).toBeHidden()
  })

  await test.step('keyboard', async () => {
    const name = uniqueName('keyboard')
    const key = await api.exoscale.create({ name, 'multi-zone': true })
    await navigate(page, pathIn(home, key))
    await tab(page, 'Overview').focus()
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/tab=replicas/)
    await replicateButton(page).focus()
    await page.keyboard.press('Enter')
    const box = replicateDialog(page).getByRole('combobox', { name: 'Zone' })
    await expect(box).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: other })).toBeVisible()
    await page.keyboard.type(other)
    await page.keyboard.press('Enter')
    await expect(box).toContainText(other)
    const act = replicateDialog(page).getByRole('button', { name: `Replicate to ${other}` })
    while (!(await act.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(replicateDialog(page)).toBeHidden()
    const link = zone(page, other).getByRole('link', { name: other })
    await link.focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(pathIn(other, key, '?tab=replicas'))
  })

  await test.step('a narrow screen', async () => {
    const key = await replicated(api, uniqueName('narrow'), other)
    await page.setViewportSize({ width: 390, height: 844 })
    await navigate(page, pathIn(home, key, '?tab=replicas'))
    await expect(zones(page)).toBeVisible()
    await expect(zone(page, other)).toContainText(/Current.*Active/)
    await expectNoOverflow(page)
    await replicateButton(page).click()
    await expect(replicateDialog(page)).toBeVisible()
    await expectNoOverflow(page)
  })
})

test('a zone that fails to replicate shows its revision and reason', async ({ page }) => {
  const server = await startFresh('console', { KMS_EXOSCALE_SWITCHES: `replication.fail=${other}` })
  const key = await replicated(gatewayClient(server.url), 'half replicated', other, 'at-vie-1')
  await page.goto(server.url + pathIn(home, key, '?tab=replicas'))
  await expect(zone(page, 'at-vie-1')).toContainText('Revision 4 of 4 applied')
  await expect(zone(page, other)).toContainText('Failing')
  await expect(zone(page, other)).toContainText(
    /Revision 4 failed on \d+ \w+ 20\d\d at \d\d:\d\d UTC, just now: “.+”\./,
  )
  await expect(zone(page, other)).toContainText('Not there')
  await leavePage(page)
  await server.stop()
})

test('polling stops when every zone is current', async ({ page, api }) => {
  const key = await replicated(api, uniqueName('quiet'), other)
  await page.clock.install()
  await page.goto(pathIn(home, key, '?tab=replicas'))
  await expect(zone(page, other)).toContainText(/Current.*Active/)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.clock.runFor(10_000)
  expect(asked.filter((url) => url.includes(key.id))).toEqual([])
})

test('zones that refuse are disabled with the reason in dialog, wizard and filter', async ({ page, faulty }) => {
  const key = await replicated(faulty.api, 'told', other)
  const refused = { method: 'GET', status: 403, body: '{"message":"Forbidden by role policy for kms"}' }
  await faulty.upstream.answerWith({ ...refused, path: '/zone/bg-sof-1/v2/kms-key' })
  await faulty.upstream.answerWith({ ...refused, status: 503, body: '{}', path: '/zone/de-muc-1/v2/kms-key' })
  await faulty.upstream.answerWith({ ...refused, status: 404, body: '{}', path: '/zone/hr-zag-1/v2/kms-key' })
  const reasons = [
    ['bg-sof-1', 'Forbidden by role policy for kms.'],
    ['de-muc-1', 'Exoscale answered 503.'],
    ['hr-zag-1', 'There is no KMS.'],
  ] as const

  await page.goto(faulty.url + pathIn(home, key, '?tab=replicas'))
  await replicateButton(page).click()
  await replicateDialog(page).getByRole('combobox', { name: 'Zone' }).click()
  for (const [name, reason] of reasons) await expect(page.getByRole('option', { name })).toContainText(reason)
  await expect(page.getByRole('option', { name: 'at-vie-1' })).not.toHaveAttribute('aria-disabled')
  await page.keyboard.press('Escape')

  await page.goto(`${faulty.url}/keys/new`)
  await page.getByRole('radio', { name: 'Exoscale' }).check()
  const zonesToChoose = page.getByRole('radiogroup', { name: 'Zone' })
  for (const [name, reason] of reasons) {
    await expect(zonesToChoose.getByRole('radio', { name })).toHaveAttribute('aria-disabled', 'true')
    await expect(zonesToChoose).toContainText(reason)
  }
  await zonesToChoose.getByRole('radio', { name: 'at-vie-1' }).check()

  await page.goto(`${faulty.url}/keys`)
  await expect(page.getByText('3 locations are missing from this list.')).toBeVisible()
  await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Location' }).click()
  for (const [name, reason] of reasons) {
    const item = page.getByRole('menuitemcheckbox', { name })
    await expect(item).toHaveAttribute('aria-disabled', 'true')
    await expect(item).toContainText(reason)
  }
})
