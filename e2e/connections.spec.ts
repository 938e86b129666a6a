import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, leavePage, test } from './fixtures.ts'
import { exportsOf, startFresh } from './server.ts'

const panel = (page: Page, cloud: string) => page.getByRole('region', { name: cloud, exact: true })
const row = (page: Page, name: RegExp) => page.getByRole('row', { name })

async function testConnection(page: Page, cloud: string) {
  await page.getByRole('button', { name: `Test connection to ${cloud}`, exact: true }).click()
  await expect(panel(page, cloud).getByText(/^Tested \d+ \w+ \d{4} at \d\d:\d\d UTC$/)).toBeVisible()
}

test('live connections show names of variables without values, and a test names the zone that is down', async ({
  page,
  faulty,
}) => {
  const [session] = await Promise.all([
    faulty.api.call<object>('GET', '/api/session').then(JSON.stringify),
    faulty.api.thalassa.create({ name: 'for the connection' }),
    page.goto(`${faulty.url}/connections`),
  ])
  const [thalassa, exoscale] = [panel(page, 'Thalassa Cloud'), panel(page, 'Exoscale')]
  await expect(thalassa).toContainText(faulty.upstream.url)
  await expect(thalassa).toContainText('THALASSA_ORGANISATION_ID from the environment')
  await expect(exoscale).toContainText('EXOSCALE_API_SECRET from the environment')
  expect(session).not.toMatch(/tc_pat_/)
  const organisation = /"organisation":"(o-\w+)"/.exec(session)?.[1] ?? 'none'
  const chips = page.getByRole('list', { name: 'Connections' })
  await expect(chips.getByRole('button', { name: `${organisation} Live`, exact: true })).toBeVisible()

  await testConnection(page, 'Thalassa Cloud')
  await expect(thalassa.getByText('It works in nl-01.', { exact: true })).toBeVisible()
  await expect(row(page, /^nl-02 No KMS/)).toBeVisible()
  await expect(row(page, /^List keys list on kms_key Allowed/)).toBeVisible()
  await expect(row(page, /^Read a key read on kms_key Allowed/)).toBeVisible()

  const down = { status: 500, body: '<html>oops</html>', headers: { 'content-type': 'text/html' } }
  await faulty.upstream.answerWith({ method: 'GET', path: '/zone/de-muc-1/v2/kms-key**', ...down })
  await testConnection(page, 'Exoscale')
  await expect(exoscale).toContainText('de-muc-1 can’t be used. The others work.')
  await expect(exoscale).toContainText(/GET \/v2\/kms-key · 502 · request /)
  await expect(row(page, /^de-muc-1 Failed/)).toBeVisible()
  await expect(exoscale).toContainText('Clock difference: 2 seconds or less')
  await expect(
    row(page, /^List roles list-iam-roles Allowed Role of this API key: Owner \(Everything\)\./),
  ).toBeVisible()

  await thalassa.getByRole('button', { name: 'Go back to the local KMS…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replace Thalassa Cloud with the local KMS' })
  await expect(dialog).toContainText('unset THALASSA_PERSONAL_ACCESS_TOKEN THALASSA_API_TOKEN')
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
