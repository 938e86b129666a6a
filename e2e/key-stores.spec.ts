import { startXksProxy } from '../server/kms/exoscale/key-stores/testing/xks-proxy.ts'
import { button, chooseWhere, expectWrong, field, radio, summary, toNext } from './create-key-page.ts'
import { expect, expectAccessible, leavePage, test } from './fixtures.ts'
import { playground } from './playground-page.ts'
import { startFresh } from './server.ts'

test('a key store behind a real proxy: from wrong credentials to a key that encrypts, until it is disconnected', async ({
  page,
}) => {
  const proxy = await startXksProxy()
  const server = await startFresh('console', { KMS_XKS_ALLOW_PRIVATE: '1' })
  const { key: accessKey, secret } = proxy.auth
  const dialog = page.getByRole('dialog')
  const store = page.getByRole('region', { name: 'hsm', exact: true })
  try {
    await page.goto(`${server.url}/connections`)
    await page.getByRole('tab', { name: 'Key stores' }).press('Enter')
    await page.getByRole('button', { name: 'Create key store' }).press('Enter')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('hsm')
    await dialog.getByRole('textbox', { name: 'Endpoint' }).fill(proxy.endpoint)
    await dialog.getByRole('textbox', { name: 'Access key' }).fill(accessKey)
    await dialog.getByLabel('Secret key').fill('the wrong one')
    await dialog.getByLabel('Secret key').press('Enter')
    await expect(dialog).toContainText('Check the access key and the secret key.')
    await expect(dialog.getByLabel('Secret key')).toHaveAttribute('aria-invalid', 'true')
    await expectAccessible(page)

    await dialog.getByLabel('Secret key').fill(secret)
    await dialog.getByLabel('Secret key').press('Enter')
    await expect(page.getByText('Created and connected hsm.')).toBeVisible()
    await expect(store).toContainText(/Connected.*Healthy.*None/)
    await expectAccessible(page)

    await page.goto(`${server.url}/keys/new`)
    await chooseWhere(page, 'Exoscale', 'ch-gva-2')
    await radio(page, 'In a key store').check()
    await toNext(page)
    await expectWrong(page, 'External key id', /^Enter the id of the key in the store/)
    await field(page, 'External key id').fill('unknown-key')
    await expectAccessible(page)
    await toNext(page)
    await field(page, 'Name').fill('payroll')
    await expect(summary(page)).toContainText(/In a key store, unknown-key.*Rotation.*Never/)
    await button(page, 'Create key').click()
    await expectWrong(page, 'External key id', /unknown-key|external/i)
    await field(page, 'External key id').fill(proxy.keyId)
    await toNext(page)
    await button(page, 'Create key').click()
    await expect(page.getByRole('heading', { level: 1, name: 'payroll' })).toBeVisible()
    const address = new URL(page.url()).pathname.replace('/keys/', '')
    await expect(page.getByText('Its material is not at Exoscale.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'hsm' })).toBeVisible()
    await expectAccessible(page)

    const form = playground(page)
    await page.goto(`${server.url}/playground?key=${address}`)
    await form.plaintext.fill('salaries')
    await form.encrypt.click()
    await form.toDecrypt.click()
    await form.decrypt.click()
    await expect(form.plaintext).toHaveText('salaries')
    expect(proxy.seen.map(({ path }) => path.split('/').at(-1))).toEqual(
      expect.arrayContaining(['health', 'metadata', 'encrypt', 'decrypt']),
    )

    await page.goto(`${server.url}/connections?tab=key-stores`)
    await store.getByRole('button', { name: 'More actions for hsm' }).click()
    await expect(page.getByRole('menuitem', { name: /Delete/ })).toContainText(
      '1 key of this key store must be deleted',
    )
    await page.keyboard.press('Escape')
    await store.getByRole('button', { name: 'Disconnect…' }).click()
    await expect(dialog).toContainText('payroll')
    await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click()
    await expect(store).toContainText('Disconnected')

    await page.goto(`${server.url}/playground?key=${address}`)
    await expect(page.getByText('The key store hsm is disconnected.')).toBeVisible()
    await form.plaintext.fill('salaries')
    await form.encrypt.click()
    await expect(form.failure).toContainText('disconnected')
    await expectAccessible(page)
  } finally {
    await leavePage(page)
    await server.stop()
    await proxy.close()
  }
})
