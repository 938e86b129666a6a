import { randomBytes } from 'node:crypto'
import { button, chooseWhere, expectWrong, field, radio, thalassaNamed, toNext } from './create-key-page.ts'
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
} from './import-key-page.ts'

const BARE = 'This looks like the key itself: wrap it first. It was not kept.'

test('material that can’t be imported is refused before a request, and a plaintext key is kept nowhere', async ({
  page,
  api,
}) => {
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  const [aes, half, ed25519] = [randomBytes(32), randomBytes(16), newMaterial('ed25519')]
  const pem = (label: string) => `-----BEGIN ${label}-----\n${ed25519.toString('base64')}\n-----END ${label}-----\n`
  await goToMaterial(page, 'in clear')
  await toNext(page, 'rotation')
  await expectWrong(page, 'Wrapped material', /^Give the wrapped material: paste it, or choose or drop import\.b64\.$/)

  await test.step('a plaintext key in every encoding', async () => {
    for (const text of [
      aes.toString('base64'),
      aes.toString('base64url'),
      aes.toString('hex'),
      half.toString('base64'),
      ed25519.toString('base64'),
      newMaterial('rsa-2048').toString('base64'),
      pem('PRIVATE KEY'),
      pem('EC PRIVATE KEY'),
      JSON.stringify({ kty: 'oct', k: aes.toString('base64url') }),
    ]) {
      await material(page).fill(text)
      await expect(material(page)).toHaveAccessibleDescription(BARE)
      await expect(material(page)).toHaveValue('')
      await material(page).fill('x')
      await expect(material(page)).not.toHaveAccessibleDescription(BARE)
    }
    for (const file of [aes, half, ed25519, newMaterial('rsa-2048'), pem('PRIVATE KEY')]) {
      await chooseFile(page, 'key.bin', file)
      await expect(page.getByRole('alert')).toHaveText(BARE)
      await expect(material(page)).toHaveValue('')
      await material(page).fill('x')
    }
    await material(page).fill(aes.toString('base64'))
    await toNext(page, 'rotation')
    await expectWrong(page, 'Wrapped material', BARE)
    await expectAccessible(page)
    const kept = `${await storedIn(page)} ${await page.content()} ${sent.join(' ')}`
    for (const secret of [aes, half, ed25519])
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(kept).not.toContain(secret.toString(encoding))
    expect(await thalassaNamed(api, 'in clear')).toEqual([])
  })

  await test.step('text and files that are no wrapped material', async () => {
    for (const [text, message] of [
      ['not base64 at all!', /^This isn’t whole base64\. Give all of import\.b64/],
      [randomBytes(550).toString('base64').slice(0, -1), /^This isn’t whole base64/],
      ['-----BEGIN PUBLIC KEY-----\nMIIB', /^This is PEM, not wrapped material/],
      [randomBytes(551).toString('base64'), /^551 bytes are given, and a wrapped aes256-gcm96 key takes 552\. Check/],
      [await wrapped(api, randomBytes(16)), /^536 bytes are given/],
    ] as const) {
      await material(page).fill(text)
      await expect(material(page)).toHaveAccessibleDescription(message)
      await toNext(page, 'rotation')
      await expectWrong(page, 'Wrapped material', message)
      await expect(material(page)).toHaveValue(text)
    }
    await chooseFile(page, 'picture.png', randomBytes(900))
    await expect(material(page)).toHaveAccessibleDescription(/^This file isn’t base64/)
    await chooseFile(page, 'large.b64', 'A'.repeat(70_000))
    await expect(material(page)).toHaveAccessibleDescription(/^This file is too large for a wrapped key/)
  })

  await test.step('a dropped file is read', async () => {
    const blob = await wrapped(api, newMaterial('aes256-gcm96'))
    const files = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], 'import.b64'))
      return transfer
    }, blob)
    await material(page).dispatchEvent('dragover', { dataTransfer: files })
    await material(page).dispatchEvent('drop', { dataTransfer: files })
    await expect(material(page)).toHaveValue(blob)
    await toNext(page, 'rotation')
    await expect(page).toHaveURL(/\?step=rotation$/)
  })

  await test.step('another algorithm shows the length that it takes', async () => {
    for (const next of ['rotation', 'material', 'details']) {
      await button(page, 'Back').click()
      await expect(button(page, `Continue to ${next}`)).toBeVisible()
    }
    await radio(page, 'aes128-gcm96').check()
    await toNext(page, 'details')
    await toNext(page, 'material')
    await expect(material(page)).toHaveAccessibleDescription(
      /^552 bytes are given, and a wrapped aes128-gcm96 key takes 536/,
    )
  })
})

test('a wrong hash shows the provider’s message at the field, and input is kept', async ({ page, api }) => {
  const name = uniqueName('Wrong hash')
  const blob = await wrapped(api, newMaterial('aes256-gcm96'), 'sha384')
  await goToMaterial(page, name)
  await material(page).fill(blob)
  await field(page, 'Allow rotation').check()
  await toNext(page, 'rotation')
  await toNext(page, 'review')
  await button(page, 'Create key').click()
  await expect(page).toHaveURL(/\?step=material$/)
  await expectWrong(
    page,
    'Wrapped material',
    /cannot be opened with this region's wrapping key and SHA256\. Wrap the key again/,
  )
  await expectAccessible(page)
  await expect(material(page)).toHaveValue(blob)
  await expect(field(page, 'Allow rotation')).toBeChecked()
  expect(await thalassaNamed(api, name)).toEqual([])

  await chooseHash(page, 'SHA384')
  await expect(material(page)).not.toHaveAttribute('aria-invalid')
  await createImported(page, name)
  expect(await thalassaNamed(api, name)).toMatchObject([{ imported: true }])
})

test('a private key of another type shows the provider’s message at the field', async ({ page, api }) => {
  const name = uniqueName('Wrong type')
  await goToMaterial(page, name, 'ed25519')
  // A P-256 key without its public part is short enough to pass for Ed25519.
  const short = Buffer.from(
    '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420' +
      '1122334455667788112233445566778811223344556677881122334455667788',
    'hex',
  )
  await material(page).fill(await wrapped(api, short))
  await toNext(page, 'rotation')
  await toNext(page, 'review')
  await button(page, 'Create key').click()
  await expectWrong(page, 'Wrapped material', /must hold a private key of type ed25519/)
  expect(await thalassaNamed(api, name)).toEqual([])
})

test('a taken name returns to the details and keeps the material', async ({ page, api }) => {
  const name = uniqueName('Taken with material')
  const blob = await wrapped(api, newMaterial('aes256-gcm96'))
  await goToMaterial(page, name)
  await material(page).fill(blob)
  await toNext(page, 'rotation')
  await toNext(page, 'review')
  await api.thalassa.create({ name })
  await button(page, 'Create key').click()
  await expect(page).toHaveURL(/\?step=details$/)
  await field(page, 'Name').fill(`${name} two`)
  await toNext(page, 'material')
  await expect(material(page)).toHaveValue(blob)
  await createImported(page, `${name} two`)
})

test('a wrapping key that can’t be read is reported in place, and Retry reads it', async ({ page, faulty }) => {
  await faulty.upstream.answerWith({
    method: 'GET',
    path: '**/wrapping-key',
    status: 404,
    body: JSON.stringify({ message: 'kms key not found' }),
  })
  await page.goto(`${faulty.url}/keys/new`)
  await chooseWhere(page, 'Thalassa Cloud', 'nl-01')
  await button(page, 'Import key material').click()
  await toNext(page, 'details')
  await field(page, 'Name').fill('no wrapping key')
  await toNext(page, 'material')
  await expect(page.getByText('The wrapping key could not be read')).toBeVisible()
  await expectAccessible(page)
  await faulty.upstream.heal()
  await button(page, 'Retry').click()
  await expect(page.getByRole('textbox', { name: 'PEM of the wrapping key of nl-01' })).toHaveValue(/BEGIN PUBLIC KEY/)
})
