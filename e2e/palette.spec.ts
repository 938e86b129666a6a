import { readFile } from 'node:fs/promises'
import { radio } from './create-key-page.ts'
import { asFile, filesUrl, savedBytes, screen } from './files-page.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'
import { active, chooseFirst, expectDisabledReason, field, open, option, runCommand } from './palette-page.ts'

test('the palette keeps early input, finds keys and replicas, and acts on keys', async ({ page, api }) => {
  const name = uniqueName('palette acts')
  const replicated = uniqueName('palette replicated')
  const [key, several] = await Promise.all([
    api.thalassa.create({ name }),
    api.exoscale.create({ name: replicated, 'multi-zone': true }),
  ])
  await api.exoscale.act(several, 'replicate', { zone: 'de-fra-1' })
  const replica = `/api/exoscale/de-fra-1/kms-key/${several.id}`
  await expect.poll(() => api.call('GET', replica).then(() => 'there', String)).toBe('there')

  await page.goto('/keys')
  const search = page.getByRole('searchbox')
  await search.focus()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('status pending deletionX')
  await page.keyboard.press('Backspace')
  await expect(field(page)).toHaveValue('status pending deletion')
  await expect(page.getByRole('searchbox', { includeHidden: true })).toHaveValue('')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/keys\?status=pending$/)
  await expect(search).toBeFocused()

  await open(page)
  await field(page).fill(`${replicated} fra`)
  await expect(option(page, /Replica de-fra-1 Exoscale/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/keys/exoscale/de-fra-1/${several.id}$`))

  await open(page)
  await field(page).fill(name)
  await expect(active(page)).toContainText(name)
  await page.keyboard.press('Tab')
  await chooseFirst(page, 'disable')
  const dialog = page.getByRole('dialog', { name: `Disable ${name}` })
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText(`Disabled ${name}.`)).toBeVisible()
  await expect(page).toHaveURL(/de-fra-1/)

  await navigate(page, thalassaPath(key))
  await expect(page.getByText('This key is disabled.')).toBeVisible()
  await runCommand(page, 'Enable')
  await expect(page.getByText(`Enabled ${name}.`)).toBeVisible()
})

test('commands copy, save, choose a file, move the focus and open dialogs', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const name = uniqueName('offering')
  const key = await api.thalassa.create({ name })
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  const row = page.getByRole('row', { name })
  await expect(row).toBeVisible()
  const [csv] = await Promise.all([page.waitForEvent('download'), runCommand(page, 'Export 1 key as CSV')])
  expect(await readFile(await csv.path(), 'utf8')).toContain(name)
  await row.getByRole('checkbox').check()
  await runCommand(page, 'Rotate now')
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate 1 key' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Rotated 1 key')

  await navigate(page, `${thalassaPath(key)}?tab=code`)
  await expect(page.getByRole('tab', { name: 'Go', exact: true })).toBeVisible()
  await runCommand(page, 'Copy Go')
  await expect(page.getByText('Copied the code under Go.').first()).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('package main')

  await navigate(page, filesUrl(`thalassa/nl-01/${key.identity}`))
  await expectDisabledReason(page, 'Encrypt', 'Choose a file first.')
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), runCommand(page, 'Choose file')])
  await chooser.setFiles(asFile('note.txt', Buffer.from('of the palette')))
  await runCommand(page, 'Encrypt', 'encrypt')
  await expect(screen(page).saveAgain).toBeVisible()
  const again = page.waitForEvent('download')
  await runCommand(page, 'Save again')
  const encrypted = await savedBytes(again)
  await runCommand(page, 'Decrypt a file')
  await screen(page).toDecrypt.setInputFiles(asFile('note.txt.age', encrypted))
  await expect(screen(page).decrypt).toBeEnabled()
  const plain = page.waitForEvent('download')
  await runCommand(page, 'Decrypt', 'decrypt')
  expect((await savedBytes(plain)).toString()).toBe('of the palette')

  await navigate(page, '/keys/new')
  await radio(page, 'Exoscale').check()
  await radio(page, 'ch-gva-2').check()
  await runCommand(page, 'Continue')
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await runCommand(page, 'Back')
  await expect(radio(page, 'Exoscale')).toBeFocused()
})
