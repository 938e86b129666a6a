import { test as base, expect, expectAccessible, leavePage } from './fixtures.ts'
import { exportsOf, startFresh } from './server.ts'

interface Reading {
  readonly url: string
  /** Path of a key that the administrator created. */
  readonly keyPath: string
  readonly playgroundPath: string
}

/** A console with the token of a reader, on a local KMS where an administrator has created a key. */
const test = base.extend<{ reading: Reading }>({
  reading: async ({ page }, use) => {
    const kms = await startFresh('kms')
    const printed = exportsOf(kms.output())
    const { THALASSA_READER_TOKEN = '', THALASSA_ORGANISATION_ID = '', THALASSA_API_TOKEN = '' } = printed
    const made = await fetch(`${kms.url}/v1/kms/nl-01/keys`, {
      method: 'POST',
      headers: {
        authorization: `Token ${THALASSA_API_TOKEN}`,
        'x-organisation-identity': THALASSA_ORGANISATION_ID,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'made by an administrator', keyType: 'aes256-gcm96' }),
    })
    const { identity }: { identity: string } = await made.json()
    const console = await startFresh('console', {
      THALASSA_API_ENDPOINT: kms.url,
      THALASSA_PERSONAL_ACCESS_TOKEN: THALASSA_READER_TOKEN,
      THALASSA_ORGANISATION_ID,
    })
    await use({
      url: console.url,
      keyPath: `/keys/thalassa/nl-01/${identity}`,
      playgroundPath: `/playground?key=thalassa/nl-01/${identity}`,
    })
    await leavePage(page)
    await console.stop()
    await kms.stop()
  },
})

test('a reader’s 404s are explained as missing permissions', async ({ page, reading }) => {
  await test.step('use of a key', async () => {
    await page.goto(`${reading.url}/keys`)
    await expect(page.getByRole('link', { name: 'made by an administrator' })).toBeVisible()

    await page.goto(reading.url + reading.playgroundPath)
    const plaintext = page.getByRole('textbox', { name: 'Plaintext', exact: true })
    await plaintext.fill('typed by a reader')
    await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
    const alert = page.getByRole('alert')
    await expect(alert).toContainText('KMS key not found.')
    await expect(alert).toContainText('most likely your role may not do this')
    await expect(alert).toContainText(/POST \/v1\/kms\/nl-01\/keys\/kms-\w+\/encrypt · 404 · request /)
    await expect(plaintext).toHaveValue('typed by a reader')
    await expectAccessible(page)
  })

  await test.step('an action in its dialog', async () => {
    await page.goto(reading.url + reading.keyPath)
    await page.getByRole('button', { name: 'Rotate now', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Rotate now' }).click()
    await expect(dialog.getByRole('alert')).toContainText('most likely your role may not do this')
    await dialog.getByRole('button', { name: 'Not now' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'made by an administrator' })).toBeVisible()
  })
})
