import {
  constants,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  randomBytes,
  verify,
} from 'node:crypto'
import { button, code, field, heading, radio, thalassaNamed, toNext } from './create-key-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import {
  chooseFile,
  chooseHash,
  createImported,
  goToMaterial,
  material,
  newMaterial,
  storedIn,
  wrapped,
  wrappingKeyOf,
} from './import-key-page.ts'

const keyPath = (id: unknown) => `/api/thalassa/v1/kms/nl-01/keys/${String(id)}`

/** Bytes of the last part of `thalassa:v1:…`. */
const sealed = (ciphertext: string) => Buffer.from(ciphertext.split(':').at(-1) ?? '', 'base64')

function decryptGcm(key: Uint8Array, ciphertext: string): string {
  const bytes = sealed(ciphertext)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
}

const privateKeyOf = (der: Buffer) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })

test('a pasted AES key encrypts like its material', async ({ page, api }) => {
  const name = uniqueName('Brought')
  const key = newMaterial('aes256-gcm96')
  const blob = await wrapped(api, key)
  await goToMaterial(page, name)
  await expect(page.getByRole('textbox', { name: 'PEM of the wrapping key of nl-01' })).toHaveValue(
    await wrappingKeyOf(api),
  )
  await material(page).fill(`${blob.slice(0, 300)}\n  ${blob.slice(300)}\n`)
  await expect(material(page)).toHaveAccessibleDescription('552 bytes, as a wrapped aes256-gcm96 key takes.')
  await expect(code(page)).toContainText(`"importKeyMaterial": "'"$(cat import.b64)"'"`)
  await toNext(page, 'rotation')

  const automatic = page.getByRole('switch', { name: 'Rotate automatically' })
  await expect(automatic).toHaveAttribute('aria-disabled', 'true')
  await expect(automatic).toHaveAccessibleDescription(/imported without Allow rotation, so the key never rotates/)
  await automatic.click({ force: true })
  await expect(automatic).not.toBeChecked()
  await toNext(page, 'review')
  const form = page.getByRole('form', { name: 'Is everything right?' })
  for (const text of ['Your own, wrapped in 552 bytes', 'SHA256', 'Never']) await expect(form).toContainText(text)
  const bodies: string[] = []
  page.on('request', (request) => bodies.push(request.postData() ?? ''))
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  expect(bodies.filter((body) => body.includes(blob)).length).toBe(1)
  await expect(page.getByText('Imported', { exact: true }).first()).toBeVisible()

  const [made] = await thalassaNamed(api, name)
  expect(made).toMatchObject({ imported: true, keyType: 'aes256-gcm96', keyRotationEnabled: false })
  const ciphertext = await api.thalassa.encrypt({ identity: String(made?.identity) }, 'from outside')
  expect(decryptGcm(key, ciphertext)).toBe('from outside')
})

for (const type of ['ed25519', 'ecdsa-p256', 'rsa-2048'])
  test(`a private ${type} key from a file works like its material`, async ({ page, api }) => {
    const name = uniqueName(type)
    const der = newMaterial(type)
    await goToMaterial(page, name, type)
    await chooseHash(page, 'SHA512')
    await chooseFile(page, 'import.b64', `${await wrapped(api, der, 'sha512')}\n`)
    await expect(material(page)).toHaveAccessibleDescription(new RegExp(`bytes, as a wrapped ${type} key takes`))
    await createImported(page, name)
    await expect(page.getByText('Imported', { exact: true }).first()).toBeVisible()

    const [made] = await thalassaNamed(api, name)
    const key = privateKeyOf(der)
    const input = randomBytes(100)
    const { signature } = await api.call<{ signature: string }>('POST', `${keyPath(made?.identity)}/sign`, {
      input: input.toString('base64'),
    })
    const publicKey = createPublicKey(key)
    const how =
      type === 'rsa-2048'
        ? { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
        : publicKey
    expect(verify(type === 'ed25519' ? null : 'sha256', input, how, sealed(signature))).toBe(true)
    if (type !== 'rsa-2048') return
    const ciphertext = await api.thalassa.encrypt({ identity: String(made?.identity) }, 'for one')
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    expect(privateDecrypt({ key, padding, oaepHash: 'sha256' }, sealed(ciphertext)).toString()).toBe('for one')
  })

test('an imported key that allows rotation rotates', async ({ page, api }) => {
  const name = uniqueName('May rotate')
  await goToMaterial(page, name)
  await material(page).fill(await wrapped(api, newMaterial('aes256-gcm96')))
  await field(page, 'Allow rotation').check()
  await expect(code(page)).toContainText('"allowRotation": true')
  await toNext(page, 'rotation')
  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await toNext(page, 'review')
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  const [made] = await thalassaNamed(api, name)
  expect(made).toMatchObject({ imported: true, keyRotationEnabled: true, rotationPeriodInDays: 90 })
  await api.thalassa.act({ identity: String(made?.identity) }, 'POST', '/rotate')
  expect(await thalassaNamed(api, name)).toMatchObject([{ latestVersion: 2 }])
})

test('an imported key without rotation shows the reason', async ({ page, api }) => {
  const name = uniqueName('Never rotates')
  await goToMaterial(page, name)
  await material(page).fill(await wrapped(api, newMaterial('aes256-gcm96')))
  await createImported(page, name)
  await button(page, 'Rotate now').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Rotate now' }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    'Rotation is not allowed for this imported key. It was imported without allowing rotation, and that can’t be changed.',
  )
})

test('a reload keeps the draft without the material, with a note', async ({ page, api }) => {
  page.on('dialog', (dialog) => void dialog.accept())
  const name = uniqueName('Reloaded')
  const blob = await wrapped(api, newMaterial('aes256-gcm96'), 'sha384')
  await goToMaterial(page, name)
  await chooseHash(page, 'SHA384')
  await field(page, 'Allow rotation').check()
  await material(page).fill(blob)
  await toNext(page, 'rotation')
  await toNext(page, 'review')
  expect(await storedIn(page)).not.toContain(blob.slice(0, 40))
  await page.reload()

  await expect(page).toHaveURL(/\?step=material$/)
  await expect(page.getByText('Give the wrapped material again.')).toBeVisible()
  await expectAccessible(page)
  await expect(material(page)).toHaveValue('')
  await expect(field(page, 'Allow rotation')).toBeChecked()
  await expect(page.getByRole('combobox', { name: 'Hash function' })).toHaveText('SHA384')
  await toNext(page, 'rotation')
  await expect(material(page)).toBeFocused()
  await expect(material(page)).toHaveAccessibleDescription(/^Give the wrapped material: paste it/)
  await material(page).fill(blob)
  await expect(page.getByText('Give the wrapped material again.')).toBeHidden()
  await createImported(page, name)
})

test('leaving warns that the material is lost, and switching import off removes the step', async ({ page, api }) => {
  const blob = await wrapped(api, newMaterial('aes256-gcm96'))
  await goToMaterial(page, 'left behind')
  await material(page).fill(blob)
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without creating the key?' })
  await expect(dialog).toContainText('The wrapped material is not kept: it must be given again.')
  await button(page, 'Keep draft and leave').click()
  await expect(page).toHaveURL(/\/keys$/)
  await expect(heading(page, 'What is the key made of?')).toBeHidden()
  await page.goBack()
  await expect(material(page)).toHaveValue('')
  await expect(page.getByText('Give the wrapped material again.')).toBeVisible()

  await material(page).fill(blob)
  await button(page, 'Back').click()
  await expect(button(page, 'Continue to material')).toBeVisible()
  await button(page, 'Back').click()
  await button(page, 'Don’t import').click()
  await expect(page.getByRole('navigation', { name: 'Steps' })).not.toContainText('Material')
  await button(page, 'Import key material').click()
  await toNext(page, 'details')
  await toNext(page, 'material')
  await expect(material(page)).toHaveValue('')
})

test('import is not offered for Exoscale, and disabled for HMAC keys with the reason', async ({ page }) => {
  await page.goto('/keys/new')
  await radio(page, 'Exoscale').check()
  await radio(page, 'ch-gva-2').check()
  await toNext(page, 'what for')
  await expect(heading(page, 'What is the key for?')).toBeFocused()
  await expect(button(page, 'Import key material')).toBeHidden()
  await button(page, 'Back').click()
  await radio(page, 'Thalassa Cloud').check()
  await toNext(page, 'what for')
  await button(page, 'Import key material').click()
  await radio(page, 'Authenticate').check()
  const panel = page.getByRole('region', { name: 'Bring your own key material' })
  await expect(panel).toContainText(
    'Keys of type hmac-sha256 can’t be imported: the cloud always makes their material.',
  )
  await expect(button(page, 'Import key material')).toHaveAttribute('aria-disabled', 'true')
  await toNext(page, 'details')
  await expect(page.getByRole('navigation', { name: 'Steps' })).not.toContainText('Material')
  await button(page, 'Back').click()
  await radio(page, 'Encrypt data').check()
  await expect(button(page, 'Don’t import')).toBeVisible()
})
