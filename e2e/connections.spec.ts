import { execFileSync } from 'node:child_process'
import type { Locator, Page } from '@playwright/test'
import { expectNoOverflow } from './fits.ts'
import { expect, expectAccessible, leavePage, test, uniqueName } from './fixtures.ts'
import { exportsOf, startFresh } from './server.ts'

const panel = (page: Page, cloud: string) => page.getByRole('region', { name: cloud, exact: true })
const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name })

/** Text for screen readers. */
const status = (within: Locator) => within.getByRole('status').filter({ hasText: /\S/ })

async function testConnection(page: Page, cloud: string) {
  await page.getByRole('button', { name: `Test connection to ${cloud}`, exact: true }).click()
  await expect(panel(page, cloud).getByText(/^Tested \d+ \w+ \d{4} at \d\d:\d\d UTC$/)).toBeVisible()
}

test('each provider’s connection is described, and a read-only test passes, also on a narrow screen', async ({
  page,
  api,
}) => {
  const name = uniqueName('for the connection')
  await api.thalassa.create({ name })
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Connections' }).click()
  await expect(page).toHaveURL(/\/connections$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible()
  const thalassa = panel(page, 'Thalassa Cloud')
  await expect(thalassa).toContainText('Served byThe local KMS')
  await expect(thalassa).toContainText('reached inside the gateway’s process and has no port of its own')
  await expect(thalassa).toContainText('Made by the local KMS. No variable is read.')
  await expect(thalassa).toContainText('nl-02 without KMS')
  await expect(panel(page, 'Exoscale')).toContainText('hr-zag-1')
  await expect(page.getByText('KMS_PORT=8400 npm start')).toBeVisible()

  await testConnection(page, 'Thalassa Cloud')
  await expect(status(thalassa)).toHaveText('Thalassa Cloud: It works in nl-01.')
  await expect(thalassa).toContainText(/[\d.,]+ ms median of 3 calls/)
  await expect(thalassa).toContainText('The same clock')
  await expect(row(page, /^nl-01 Answers [\d.,]+ ms \d+$/)).toBeVisible()
  await expect(row(page, /^nl-02 No KMS/)).toBeVisible()
  await expect(row(page, /^List keys list on kms_key Seen/)).toBeVisible()
  await expect(row(page, /^Read a key read on kms_key Seen/)).toBeVisible()
  await expect(row(page, /^Create keys create on kms_key Not tested It would make a key\./)).toBeVisible()

  await testConnection(page, 'Exoscale')
  await expect(status(panel(page, 'Exoscale'))).toHaveText('Exoscale: It works in 8 zones.')
  await expect(row(page, /^List roles list-iam-roles Seen .*in the role Owner\. Allowed: Everything\./)).toBeVisible()

  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoOverflow(page)
})

test('keyboard alone: the test, the connect dialog, and the focus afterwards', async ({ page }) => {
  await page.goto('/connections')
  const button = page.getByRole('button', { name: 'Test connection to Thalassa Cloud', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(panel(page, 'Thalassa Cloud').getByText('It works in nl-01.', { exact: true })).toBeVisible()
  await expect(button).toBeFocused()

  const how = page.getByRole('button', { name: 'Connect Thalassa Cloud…' })
  await how.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Connect Thalassa Cloud' })
  await expect(dialog).toContainText('read -rs THALASSA_PERSONAL_ACCESS_TOKEN')
  await dialog.getByRole('combobox', { name: 'Credential' }).press('Enter')
  await page.getByRole('option', { name: 'Client id and secret' }).press('Enter')
  await expect(dialog).toContainText('read -rs THALASSA_CLIENT_SECRET')
  await dialog.getByRole('tab', { name: 'Shell' }).press('ArrowRight')
  await expect(dialog).toContainText('THALASSA_CLIENT_ID=your-client-id')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(how).toBeFocused()
})

test('a live connection shows names of variables without values, and how to go back', async ({ page, faulty }) => {
  await page.goto(`${faulty.url}/connections`)
  const thalassa = panel(page, 'Thalassa Cloud')
  await expect(thalassa).toContainText(`${faulty.upstream.url}`)
  await expect(thalassa).toContainText('THALASSA_PERSONAL_ACCESS_TOKEN from the environment')
  await expect(thalassa).toContainText('THALASSA_ORGANISATION_ID from the environment')
  await expect(panel(page, 'Exoscale')).toContainText('EXOSCALE_API_SECRET from the environment')
  const session = JSON.stringify(await faulty.api.call('GET', '/api/session'))
  expect(session).not.toMatch(/tc_pat_/)
  const organisation = /"organisation":"(o-\w+)"/.exec(session)?.[1] ?? 'none'
  const chips = page.getByRole('list', { name: 'Connections' })
  await expect(chips.getByRole('button', { name: `${organisation} Live`, exact: true })).toBeVisible()
  await expect(chips.getByRole('listitem').nth(1)).toHaveText('ExoscaleLive')
  await expect(chips).not.toContainText('Local KMS')
  await expect(panel(page, 'Local KMS')).toContainText('It does not run, since nothing needs it.')

  await testConnection(page, 'Exoscale')
  await expect(panel(page, 'Exoscale')).toContainText('None, to within 2 seconds.')
  await expect(panel(page, 'Exoscale')).toContainText(/median of 24 calls/)

  await thalassa.getByRole('button', { name: 'Go back to the local KMS…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Serve Thalassa Cloud by the local KMS' })
  await expect(dialog).toContainText('unset THALASSA_PERSONAL_ACCESS_TOKEN THALASSA_API_TOKEN')
  await expectAccessible(page)
})

test('a zone that is down is named with its request beside the zones that work', async ({ page, faulty }) => {
  await page.goto(`${faulty.url}/connections`)
  const down = { status: 500, body: '<html>oops</html>', headers: { 'content-type': 'text/html' } }
  await faulty.upstream.answerWith({ method: 'GET', path: '/zone/de-muc-1/v2/kms-key**', ...down })
  await testConnection(page, 'Exoscale')
  const exoscale = panel(page, 'Exoscale')
  await expect(
    exoscale.getByRole('status').filter({ hasText: 'de-muc-1 can’t be used; the rest works.' }),
  ).toBeVisible()
  await expect(exoscale).toContainText(/GET \/v2\/kms-key · 502 · request /)
  await expect(row(page, /^de-muc-1 Failed/)).toBeVisible()
  await expect(row(page, /^ch-gva-2 Answers/)).toBeVisible()
  await expectAccessible(page)

  await faulty.upstream.heal()
  await testConnection(page, 'Exoscale')
  await expect(exoscale.getByText('It works in 8 zones.', { exact: true })).toBeVisible()
})

test('refused credentials are explained, also before a test', async ({ page, faulty }) => {
  const refusal = { status: 401, body: '{"message":"unauthorized"}' }
  await faulty.upstream.answerWith({ method: 'GET', path: '/v1/**', ...refusal })
  await page.goto(`${faulty.url}/connections`)
  const thalassa = panel(page, 'Thalassa Cloud')
  await expect(thalassa).toContainText('The regions could not be read.')
  await testConnection(page, 'Thalassa Cloud')
  const alert = thalassa.getByRole('alert')
  await expect(alert).toContainText('Thalassa Cloud can’t be used.')
  await expect(alert).toContainText('GET /v1/kms/summary · 401')
  await expectAccessible(page)

  await faulty.upstream.heal()
  await thalassa.getByRole('button', { name: 'Retry' }).click()
  await expect(thalassa).toContainText('nl-02 without KMS')
})

test('a clock difference is a warning while every call succeeds', async ({ page, faulty }) => {
  const date = new Date(Date.now() - 3_600_000).toUTCString()
  await faulty.upstream.answerWith({
    method: 'GET',
    path: '/zone/*/v2/kms-key',
    status: 200,
    headers: { date },
    body: '{"kms-keys":[]}',
  })
  await page.goto(`${faulty.url}/connections`)
  await testConnection(page, 'Exoscale')
  const exoscale = panel(page, 'Exoscale')
  await expect(exoscale).toContainText('It works, and the clocks are 60 minutes apart.')
  await expect(exoscale).toContainText('The gateway’s clock is 60 minutes ahead of Exoscale’s.')
})

test('with permission to encrypt alone the test marks the rest as unclear', async ({ page }) => {
  const kms = await startFresh('kms')
  const { THALASSA_CRYPTO_TOKEN = '', THALASSA_ORGANISATION_ID = '' } = exportsOf(kms.output())
  const console = await startFresh('console', {
    THALASSA_API_ENDPOINT: kms.url,
    THALASSA_PERSONAL_ACCESS_TOKEN: THALASSA_CRYPTO_TOKEN,
    THALASSA_ORGANISATION_ID,
  })
  await page.goto(`${console.url}/connections`)
  await testConnection(page, 'Thalassa Cloud')
  await expect(row(page, /^List keys list on kms_key Unclear The lists are empty/)).toBeVisible()
  await expect(row(page, /^Read the audit log list and read on audit_log Refused/)).toBeVisible()
  await expect(panel(page, 'Thalassa Cloud').getByText('It works in nl-01.', { exact: true })).toBeVisible()
  await leavePage(page)
  await console.stop()
  await kms.stop()
})

test('with a port, the lines for programs run in a shell unchanged', async ({ page }) => {
  const server = await startFresh('console', { KMS_PORT: '0' })
  await expect.poll(() => exportsOf(server.output()).EXOSCALE_API_SECRET).toBeTruthy()
  const printed = exportsOf(server.output())
  await page.goto(`${server.url}/connections`)
  await expect(panel(page, 'Local KMS')).toContainText(printed.THALASSA_API_ENDPOINT ?? 'no address')
  for (const [cloud, secret = ''] of [
    ['Thalassa Cloud', printed.THALASSA_PERSONAL_ACCESS_TOKEN],
    ['Exoscale', printed.EXOSCALE_API_SECRET],
  ] as const) {
    const tabs = page.getByRole('tablist', { name: `Lines for ${cloud} programs` })
    const shown = async (name: string) => {
      await tabs.getByRole('tab', { name, exact: true }).click()
      const id = await tabs.getByRole('tab', { name, exact: true }).getAttribute('aria-controls')
      return page.locator(`[id="${id}"]`).innerText()
    }
    const script = `${await shown('Shell')}\n${await shown('curl')}`
    expect(script).not.toContain(secret)
    const said = execFileSync('bash', ['-c', script], { input: `${secret}\n`, encoding: 'utf8' })
    expect(said).toMatch(cloud === 'Exoscale' ? /"kms-keys":/ : /"featureEnabled":\s*true/)
  }
  await leavePage(page)
  await server.stop()
})
