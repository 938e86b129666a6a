import { expect, test, uniqueName } from './fixtures.ts'
import { button, exoscalePath, menuItem, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'

test('a key’s page explains name, slug, disabling and versions, and links to the right playground operation', async ({
  page,
  api,
}) => {
  await test.step('explanations beside properties and in dialogs', async () => {
    const name = uniqueName('facts')
    const slug = name.replaceAll(' ', '-')
    const key = await api.thalassa.create({ name })
    await page.goto(thalassaPath(key))
    await expect(button(page, 'About the name')).toHaveAccessibleDescription(/A key can’t be renamed/)
    await expect(button(page, 'About the slug')).toHaveAccessibleDescription(/also during the 30 days/)
    await expect(button(page, 'About disabling')).toHaveAccessibleDescription(/every reader of what it protects fails/)
    await expect(button(page, 'About versions')).toHaveAccessibleDescription(
      /nothing has to be encrypted or signed again/,
    )
    await button(page, 'About the slug').click()
    await expect(page.getByText(/also during the 30 days/).last()).toBeVisible()
    await page.keyboard.press('Escape')
    await button(page, 'Rotate now').hover()
    await expect(page.getByText('Older ones are kept, so nothing has to be encrypted or signed again.')).toBeVisible()

    await menuItem(page, 'Disable…')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(
      'Whatever reads data that this key protects fails until the key is enabled again.',
    )
    await expect(dialog).toContainText('Secrets in Secrets Manager that are bound to it can’t be read meanwhile.')
    await dialog.getByRole('button', { name: 'Keep it active' }).click()
    await menuItem(page, 'Schedule deletion…')
    await expect(dialog).toContainText(`Its slug ${slug} stays taken until that date: no new key can have it.`)
    await dialog.getByRole('button', { name: 'Keep the key' }).click()

    await page.goto(exoscalePath(await api.exoscale.create({ name: uniqueName('facts') })))
    await expect(button(page, 'About the name')).toBeVisible()
    await expect(button(page, 'About the slug')).toBeHidden()
    await menuItem(page, 'Schedule deletion…')
    await expect(dialog).toContainText('Its name stays taken until that date: no new key can have it.')
    await expect(dialog).not.toContainText('Secrets Manager')
    await dialog.getByRole('button', { name: 'Keep the key' }).click()
    await expect(dialog).toHaveCount(0)
  })

  await test.step('playground link of each purpose', async () => {
    for (const [keyType, operation] of [
      ['aes256-gcm96', ''],
      ['ecdsa-p256', '&op=sign'],
      ['hmac', '&op=hmac'],
    ] as const) {
      const key = await api.thalassa.create({ name: uniqueName('lead'), keyType })
      await navigate(page, thalassaPath(key))
      await expect(page.getByRole('link', { name: 'Use in playground' })).toHaveAttribute(
        'href',
        `/playground?key=thalassa%2Fnl-01%2F${key.identity}${operation}`,
      )
    }
  })
})

test('a 404 to an action on an existing key is explained as a missing permission', async ({ page, faulty }) => {
  const key = await faulty.api.thalassa.create({ name: uniqueName('forbidden') })
  const notFound = { status: 404, body: '{"message":"not found"}' }
  await faulty.upstream.answerWith({ method: 'POST', path: '**/disable', ...notFound })
  await page.goto(faulty.url + thalassaPath(key))
  await menuItem(page, 'Disable…')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(dialog.getByRole('alert')).toContainText('most likely your role may not do this')
  await dialog.getByRole('button', { name: 'Keep it active' }).click()
  await faulty.upstream.heal()

  await faulty.api.thalassa.act(key, 'POST', '/disable')
  await faulty.upstream.answerWith({ method: 'POST', path: '**/enable', ...notFound })
  await page.reload()
  await button(page, 'Enable').click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText(
    'most likely your role may not do this',
  )
})
