import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { activityPath, details, facts, filter, rows, table } from './activity-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'
import { exoscalePath } from './key-page.ts'

const PLAINTEXT = 'plaintext that no list of events may hold'
const secrets = [PLAINTEXT, Buffer.from(PLAINTEXT).toString('base64')]

/** A key with a creation, two uses, a disabling and a refusal in its log. */
async function usedKey(api: GatewayClient) {
  const name = uniqueName('used')
  const key = await api.thalassa.create({ name })
  const ciphertext = await api.thalassa.encrypt(key, PLAINTEXT)
  await api.thalassa.act(key, 'POST', '/decrypt', { ciphertext })
  await api.thalassa.act(key, 'POST', '/disable')
  await expect(api.thalassa.encrypt(key, PLAINTEXT)).rejects.toThrow('400')
  return { name, key, ciphertext }
}

async function expectWithout(page: Page, texts: readonly string[]) {
  const held = await page.evaluate(() =>
    JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, location.href]),
  )
  for (const text of texts) expect(held).not.toContain(text)
}

test('operations of a key, narrowed by filters that stand in the URL, and saved as a file', async ({ page, api }) => {
  const { name, key, ciphertext } = await usedKey(api)
  const mine = rows(page, name)

  await test.step('the log of the cloud, each operation once', async () => {
    await page.goto(activityPath(key))
    await expect(mine).toHaveCount(5)
    await expect(mine.filter({ hasText: 'kms.decrypt' })).toContainText(
      /\d{1,2} \w{3} \d{4}, \d\d:\d\d:\d\d UTC.*Decrypt.*Thalassa.*nl-01.*Administrator.*OK/,
    )
    await expect(mine.filter({ hasText: 'POST …/disable' })).toContainText(/Disable.*OK/)
    await expect(mine.first()).toContainText(/Encrypt.*Failed, 400/)
    await expect(mine.last()).toContainText('Create key')
    await details(mine.filter({ hasText: 'kms.decrypt' })).click()
    await expect(facts(page, 'Output bytes')).toHaveText(String(PLAINTEXT.length))
    await expect(facts(page, 'Path')).toHaveText(`/v1/kms/nl-01/keys/${key.identity}/decrypt`)
    await expect(page.getByText(/^All console users appear as Administrator \(Thalassa\)/)).toBeVisible()
    await expectWithout(page, [...secrets, ciphertext])
  })

  await test.step('filters and search', async () => {
    await filter(page, 'Result').click()
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
    await page.keyboard.press('Escape')
    await expect(mine).toHaveCount(1)
    await page.keyboard.press('/')
    await page.keyboard.type('encrypt')
    await page.getByRole('combobox', { name: 'Time' }).click()
    await page.getByRole('option', { name: 'Last 30 days' }).click()
    await expect(page).toHaveURL(/q=encrypt.*result=failed.*time=30d/)
    await page.reload()
    await expect(mine).toHaveCount(1)
  })

  await test.step('the file has what is shown', async () => {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Export 1 operation as JSON' }).click()
    const file = await readFile(await (await saved).path(), 'utf8')
    expect(JSON.parse(file)).toMatchObject([
      {
        operation: 'Encrypt',
        logged: 'kms.encrypt',
        keyName: name,
        keyId: key.identity,
        result: 'failed',
        status: 400,
      },
    ])
    for (const secret of [...secrets, ciphertext]) expect(file).not.toContain(secret)
  })

  await test.step('on paper: what is filtered, without controls', async () => {
    await page.emulateMedia({ media: 'print' })
    await expect(table(page).getByRole('link', { name })).toBeVisible()
    await expect(
      page.getByText(/1 of \d+ operations\. .*Result: Failed\. Time: Last 30 days\. Search: encrypt/),
    ).toBeVisible()
    await expect(page.getByRole('searchbox', { name: 'Search activity' })).toBeHidden()
    await expect(page.getByRole('button', { name: /^Details of/ })).toBeHidden()
    await page.emulateMedia({ media: null })
  })
})

test('the tab of an Exoscale key lists its own events, new ones too, and reads older ones', async ({ page, api }) => {
  const key = await api.exoscale.create({ name: uniqueName('logged') })
  const ciphertext = await api.exoscale.encrypt(key, PLAINTEXT, 'a context')
  await api.exoscale.act(key, 'disable')
  await expect(api.exoscale.encrypt(key, PLAINTEXT)).rejects.toThrow('400')
  await page.goto(`${exoscalePath(key)}?tab=activity`)
  const own = rows(page, '', 'Activity of this key')
  await expect(own).toHaveCount(3)
  await expect(own.filter({ hasText: 'disable-kms-key' })).toContainText(/Disable.*OK/)
  await details(own.first()).click()
  await expect(facts(page, 'Message')).toHaveText('Key is Disabled')
  await expect(facts(page, 'Path')).toHaveText(`/zone/ch-gva-2/v2/kms-key/${key.id}/encrypt`)
  await expectWithout(page, [...secrets, ciphertext, 'a context'])
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(own.filter({ hasText: /Enable.*enable-kms-key/ })).toHaveCount(1)
  await page.getByRole('button', { name: 'Load more' }).click()
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByText('End of log')).toBeFocused()
  await expect(own).toHaveCount(4)
})

test('a log, or its older part, that can’t be read is named, and Retry reads it', async ({ page, faulty }) => {
  const refused = { method: 'GET', status: 403, body: '{"message":"audit log is not for this role"}' }
  const name = uniqueName('busy')
  const key = await faulty.api.thalassa.create({ name })
  await Promise.all(Array.from({ length: 55 }, () => faulty.api.thalassa.encrypt(key, 'x')))
  await faulty.upstream.answerWith({ ...refused, path: '/v1/audit**' })
  await page.goto(`${faulty.url}${activityPath(key)}`)
  const banner = page.getByRole('status').filter({ hasText: 'could not be read' })
  await expect(banner).toContainText('The audit log of Thalassa Cloud could not be read.')
  await expect(banner).toContainText('GET /v1/audit?page=1')
  await banner.getByRole('button', { name: 'Show requests' }).click()
  await expect(page.getByRole('dialog', { name: 'Requests' })).toContainText('/v1/audit')
  await page.keyboard.press('Escape')
  await expectAccessible(page)
  await faulty.upstream.heal()
  await faulty.upstream.answerWith({ ...refused, path: '/v1/audit?page=2**' })
  await banner.getByRole('button', { name: 'Retry' }).click()
  await expect(rows(page, name)).toHaveCount(50)
  await expect(banner).toBeHidden()

  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByRole('alert')).toContainText('Older operations could not be read.')
  await expect(rows(page, name)).toHaveCount(50)
  await faulty.upstream.heal()
  // What is new meanwhile pushes entries on to the next page.
  await faulty.api.thalassa.encrypt(key, 'x')
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(rows(page, name).last()).toContainText('Create key')
  await expect(rows(page, name)).toHaveCount(57)
})
