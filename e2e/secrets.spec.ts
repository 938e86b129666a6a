import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { exportsOf, start } from './server.ts'

const PLAINTEXT = 'plaintext that must stay between two panes'

/** The secret itself, and in base64, hex and URL encoding. */
const disguises = (secret: string) => {
  const bytes = Buffer.from(secret, 'utf8')
  return [secret, bytes.toString('base64'), bytes.toString('hex'), encodeURIComponent(secret)]
}

const containsAny = (text: string, secrets: Record<string, string>) =>
  Object.entries(secrets)
    .filter(([, secret]) => disguises(secret).some((form) => text.includes(form)))
    .map(([name]) => name)

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const paths = names.map((name) => join(folder, name))
  const kinds = await Promise.all(paths.map(async (path) => (await stat(path)).isFile()))
  return paths.filter((_, index) => kinds[index])
}

test('no credential is in the browser, the log or the data folder in plaintext', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'kms-secrets-'))
  const environment = { KMS_DATA_DIR: folder }
  const kms = await start('kms', environment)
  const printed = exportsOf(kms.output())
  await kms.stop()
  const rootKey = (await readFile(join(folder, 'root.key'), 'utf8')).trim()
  const credentials = {
    'Thalassa token': printed.THALASSA_PERSONAL_ACCESS_TOKEN ?? '',
    'Exoscale secret': printed.EXOSCALE_API_SECRET ?? '',
    'root key': rootKey,
  }
  for (const secret of Object.values(credentials)) expect(secret.length).toBeGreaterThan(20)

  const server = await start('console', environment)
  const api = gatewayClient(server.url)
  const thalassa = await api.thalassa.create({ name: 'secrets one' })
  await api.exoscale.create({ name: 'secrets two' })

  const received: Promise<string>[] = []
  page.on('response', (response) => {
    const headers = JSON.stringify(response.headers())
    received.push(
      response
        .text()
        .then((body) => `${response.url()} ${headers} ${body}`)
        .catch(() => headers),
    )
  })
  await page.goto(`${server.url}/keys`)
  await expect(page.getByRole('link', { name: 'secrets two' })).toBeVisible()
  await page.goto(`${server.url}/keys/thalassa/nl-01/${thalassa.identity}?tab=rotation`)
  await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toBeVisible()
  await page.goto(`${server.url}/keys/new`)
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()
  await page.goto(`${server.url}/playground?key=thalassa/nl-01/${thalassa.identity}`)
  await page.getByRole('textbox', { name: 'Plaintext' }).fill(PLAINTEXT)
  await page.getByRole('button', { name: 'Encrypt' }).click()
  await expect(page.getByRole('textbox', { name: 'Ciphertext' })).toHaveText(/^thalassa:v1:/)
  const session = await page.request.get(`${server.url}/api/session`)
  received.push(session.text())
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, location.href, document.cookie]))

  const answers = await Promise.all(received)
  expect(answers.length).toBeGreaterThan(10)
  expect(answers.flatMap((answer) => containsAny(answer, credentials))).toEqual([])
  expect(containsAny(kept, { ...credentials, plaintext: PLAINTEXT })).toEqual([])
  expect(containsAny(server.output(), { ...credentials, plaintext: PLAINTEXT })).toEqual([])

  await server.stop()
  for (const file of await filesOf(folder)) {
    const found = containsAny((await readFile(file)).toString('latin1'), { ...credentials, plaintext: PLAINTEXT })
    // Only the root key's own file may hold it.
    expect(found, file).toEqual(file.endsWith('root.key') ? ['root key'] : [])
  }
  await rm(folder, { recursive: true })
})

test('no file of the build holds a credential', async () => {
  for (const file of await filesOf('dist')) {
    if (/\.(br|gz|woff2)$/.test(file)) continue
    const text = await readFile(file, 'utf8')
    expect(text, file).not.toMatch(/tc_pat_[0-9a-z]|EXO[0-9a-f]{24}/)
  }
})
