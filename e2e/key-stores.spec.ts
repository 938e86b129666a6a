import { startXksProxy } from '../server/kms/exoscale/key-stores/testing/xks-proxy.ts'
import { expect, expectAccessible, leavePage, test } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { playground } from './playground-page.ts'
import { startFresh } from './server.ts'

test('a key store behind a real proxy: from wrong credentials to a key that encrypts, until it is disconnected', async ({
  page,
}) => {
  const proxy = await startXksProxy()
  const server = await startFresh('console', { KMS_XKS_ALLOW_PRIVATE: '1' })
  const api = gatewayClient(server.url)
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

    const { 'key-stores': stores } = await api.call<{ 'key-stores': { id: string }[] }>(
      'GET',
      '/api/exoscale/ch-gva-2/key-store',
    )
    const key = await api.exoscale.create({
      name: 'payroll',
      source: 'external-key-store',
      xks: { 'external-key-id': proxy.keyId, 'xks-id': stores[0]?.id },
    })
    await page.goto(`${server.url}/keys/exoscale/ch-gva-2/${key.id}`)
    await expect(page.getByText('Its material is not at Exoscale.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'hsm' })).toBeVisible()
    await expectAccessible(page)

    const form = playground(page)
    await page.goto(`${server.url}/playground?key=exoscale/ch-gva-2/${key.id}`)
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

    await page.goto(`${server.url}/playground?key=exoscale/ch-gva-2/${key.id}`)
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
