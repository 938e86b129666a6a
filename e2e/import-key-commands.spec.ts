import { createHash, createPublicKey } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { button, radio, thalassaNamed, toNext } from './create-key-page.ts'
import { expectNoOverflow, expectTouchTarget } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import {
  chooseFile,
  chooseHash,
  createImported,
  goToMaterial,
  material,
  newMaterial,
  opensslWraps,
  parses,
  shell,
  wrapped,
  wrappingKeyOf,
} from './import-key-page.ts'

const commands = async (page: Parameters<typeof material>[0], which: 'A key you have' | 'A new key') => {
  const section = page.getByRole('region', { name: 'Wrap the key offline' })
  await section.getByRole('tab', { name: which }).click()
  const panel = section.getByRole('tabpanel', { name: which })
  const lines = await panel.locator('pre > span').allTextContents()
  return lines.join('\n')
}

test('the wrapping key is downloaded, copied and compared', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await goToMaterial(page, 'wrapping key')
  const pem = await wrappingKeyOf(api)
  const der = createPublicKey(pem).export({ format: 'der', type: 'spki' })
  await expect(page.getByText(createHash('sha256').update(der).digest('hex'))).toBeVisible()
  const downloading = page.waitForEvent('download')
  await button(page, 'Download wrapping.pem').click()
  const file = await downloading
  expect(file.suggestedFilename()).toBe('wrapping.pem')
  expect(await readFile(await file.path(), 'utf8')).toBe(pem)
  await button(page, 'Copy wrapping key').click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(pem)
})

const cases = [
  ['aes256-gcm96', 'SHA256', 'A key you have'],
  ['aes128-gcm96', 'SHA1', 'A new key'],
  ['chacha20-poly1305', 'SHA224', 'A new key'],
  ['rsa-2048', 'SHA384', 'A key you have'],
  ['rsa-3072', 'SHA256', 'A new key'],
  ['ecdsa-p256', 'SHA512', 'A key you have'],
  ['ecdsa-p521', 'SHA256', 'A new key'],
  ['ed25519', 'SHA256', 'A key you have'],
] as const

for (const [type, hash, which] of cases)
  test(`the shown commands wrap ${type}: ${which.toLowerCase()}, ${hash}`, async ({ page, api }) => {
    const name = uniqueName(`Shown ${type}`)
    await goToMaterial(page, name, type)
    await chooseHash(page, hash)
    const script = await commands(page, which)
    expect(script).toContain(`rsa_oaep_md:${hash.toLowerCase()} -pkeyopt rsa_mgf1_md:${hash.toLowerCase()}`)
    await parses(script)
    if (!(await opensslWraps())) return

    const folder = await mkdtemp(join(tmpdir(), 'kms-wrap-'))
    const own = newMaterial(type)
    await writeFile(join(folder, 'wrapping.pem'), await wrappingKeyOf(api))
    await writeFile(join(folder, 'key.bin'), own)
    const pem = `-----BEGIN PRIVATE KEY-----\n${own.toString('base64')}\n-----END PRIVATE KEY-----\n`
    await writeFile(join(folder, 'key.pem'), pem)
    await shell(script, folder)
    expect((await readdir(folder)).sort()).toEqual(['import.b64', 'key.bin', 'key.pem', 'wrapping.pem'])
    await chooseFile(page, 'import.b64', await readFile(join(folder, 'import.b64')))
    await rm(folder, { recursive: true })
    await expect(material(page)).toHaveAccessibleDescription(new RegExp(`as a wrapped ${type} key takes`))
    await createImported(page, name)
    const [made] = await thalassaNamed(api, name)
    expect(made).toMatchObject({ imported: true, keyType: type })
    if (type !== 'ed25519') return
    const path = `/api/thalassa/v1/kms/nl-01/keys/${String(made?.identity)}/public-key`
    const { keys } = await api.call<{ keys: Record<string, string> }>('GET', path)
    const raw = createPublicKey(pem).export({ format: 'jwk' }).x ?? ''
    expect(keys['1']).toBe(Buffer.from(raw, 'base64url').toString('base64'))
  })

test('code in each language reads the material from a file', async ({ page, api }) => {
  const name = `it's "as code"`
  await goToMaterial(page, name)
  const blob = await wrapped(api, newMaterial('aes256-gcm96'))
  await material(page).fill(blob)
  const summary = page.getByRole('complementary', { name: 'Summary and code' })
  for (const [language, shown] of [
    ['curl', `"importKeyMaterial": "'"$(cat import.b64)"'"`],
    ['tcloud', '--import-key-material "$(cat import.b64)"'],
    ['Terraform', 'import_key_material = file("import.b64")'],
    ['Go', 'ImportKeyMaterial: string(material)'],
  ] as const) {
    await summary.getByRole('tab', { name: language }).click()
    await expect(summary.getByRole('tabpanel')).toContainText(shown)
    await expect(summary.getByRole('tabpanel')).toContainText('SHA256')
  }
  await expect(summary).not.toContainText(blob.slice(0, 40))

  // The shell puts the file into the body: a stand-in for curl prints what it is given.
  await summary.getByRole('tab', { name: 'curl' }).click()
  const command = (await summary.locator('pre > span').allTextContents()).join('\n')
  const folder = await mkdtemp(join(tmpdir(), 'kms-curl-'))
  await writeFile(join(folder, 'import.b64'), blob)
  const { stdout } = await shell(`curl() { for last; do :; done; printf %s "$last"; }\n${command}`, folder)
  await rm(folder, { recursive: true })
  expect(JSON.parse(stdout)).toEqual({
    name,
    keyType: 'aes256-gcm96',
    importKeyMaterial: blob,
    hashFunction: 'SHA256',
  })
})

test('the step fits 390 px', async ({ page, api }) => {
  await goToMaterial(page, 'accessible')
  await page.getByRole('combobox', { name: 'Hash function' }).click()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 844 })
  await material(page).fill(await wrapped(api, newMaterial('aes256-gcm96')))
  await expectNoOverflow(page)
  for (const name of ['Download wrapping.pem', 'Choose file', 'Continue to rotation', 'Back'])
    await expectTouchTarget(button(page, name))
  await toNext(page, 'rotation')
  await toNext(page, 'review')
})

test('a key is imported with the keyboard alone', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const name = uniqueName('Typed import')
  const press = (key: string) => page.keyboard.press(key)
  const tabTo = (target: ReturnType<typeof radio>) =>
    expect
      .poll(
        async () => {
          await press('Tab')
          return target.evaluate((element) => element === document.activeElement)
        },
        { intervals: [0] },
      )
      .toBe(true)
  await page.goto('/keys/new')
  await radio(page, 'Thalassa Cloud').focus()
  await press('Space')
  await tabTo(button(page, 'Continue to what for'))
  await press('Enter')
  await tabTo(button(page, 'Import key material'))
  await press('Enter')
  await expect(button(page, 'Don’t import')).toBeFocused()
  await tabTo(button(page, 'Continue to details'))
  await press('Enter')
  await tabTo(page.getByRole('textbox', { name: 'Name', exact: true }))
  await page.keyboard.type(name)
  await press('Enter')
  await tabTo(page.getByRole('combobox', { name: 'Hash function' }))
  await press('Enter')
  await expect(page.getByRole('option', { name: 'SHA256' })).toBeFocused()
  await press('ArrowDown')
  await press('Enter')
  await expect(page.getByRole('combobox', { name: 'Hash function' })).toHaveText('SHA384')
  await tabTo(material(page))
  const blob = await wrapped(api, newMaterial('aes256-gcm96'), 'sha384')
  await page.evaluate((text) => navigator.clipboard.writeText(text), blob)
  await press('ControlOrMeta+v')
  await expect(material(page)).toHaveValue(blob)
  for (const to of ['rotation', 'review']) {
    await tabTo(button(page, `Continue to ${to}`))
    await press('Enter')
  }
  await tabTo(button(page, 'Create key'))
  await press('Enter')
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  expect(await thalassaNamed(api, name)).toMatchObject([{ imported: true }])
})
