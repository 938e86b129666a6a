import type { Page } from '@playwright/test'
import { activityPath, details, facts, filter, rows } from './activity-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'
import { exoscalePath, thalassaPath } from './key-page.ts'

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

test('events of a key, narrowed by filters that stand in the URL, and the requests of this visit', async ({
  page,
  api,
}) => {
  const { name, key, ciphertext } = await usedKey(api)
  const mine = rows(page, name)

  await test.step('the log of the cloud', async () => {
    await page.goto(activityPath(key))
    await expect(mine.filter({ hasText: 'kms.decrypt' })).toContainText(
      /\d{1,2} \w{3} \d{4}, \d\d:\d\d:\d\d UTC.*Decrypt.*Thalassa.*nl-01.*Administrator.*OK.*Audit log/,
    )
    await expect(mine.filter({ hasText: 'POST …/disable' })).toContainText(/Disable.*OK/)
    await expect(mine.first()).toContainText('Encrypt')
    await expect(mine.last()).toContainText('Create key')
    await details(mine.filter({ hasText: 'kms.decrypt' })).click()
    await expect(facts(page, 'Output bytes')).toHaveText(String(PLAINTEXT.length))
    await expectWithout(page, [...secrets, ciphertext])
  })

  await test.step('filters and search', async () => {
    await filter(page, 'Result').click()
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
    await page.keyboard.press('Escape')
    await expect(mine).toHaveCount(2)
    await page.keyboard.press('/')
    await page.keyboard.type('POST')
    await expect(mine).toHaveCount(1)
    await expect(page).toHaveURL(/q=POST.*result=failed/)
    await page.reload()
    await expect(mine).toHaveCount(1)
  })

  await test.step('requests of this visit', async () => {
    await mine.first().getByRole('link', { name }).click()
    await expect(page).toHaveURL(new RegExp(`${thalassaPath(key)}$`))
    await page.getByRole('button', { name: 'Enable' }).first().click()
    await page.getByRole('link', { name: 'Use in playground' }).click()
    await page.getByRole('textbox', { name: 'Plaintext' }).fill(PLAINTEXT)
    await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
    await expect(page.getByRole('textbox', { name: 'Ciphertext' })).toHaveText(/^thalassa:v1:/)
    await api.thalassa.act(key, 'POST', '/disable')
    await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click()
    const visit = rows(page, 'This visit')
    await expect(visit.filter({ hasText: 'Encrypt' }).filter({ hasText: 'OK' })).toHaveCount(1)
    await details(visit.filter({ hasText: 'Failed, 400' })).click()
    await expect(facts(page, 'Request')).toHaveText(`POST /v1/kms/nl-01/keys/${key.identity}/encrypt`)
    await page.getByRole('checkbox', { name: 'Show reads' }).check()
    await expect(page).toHaveURL(/\?reads=1$/)
    await expect(visit.filter({ hasText: 'List keys' }).first()).toBeVisible()
    await expectWithout(page, [...secrets, 'thalassa:v1:'])
    await page.goto('/activity?source=visit')
    await expect(page.getByRole('heading', { name: 'No match' })).toBeVisible()
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
  await expect(own.filter({ hasText: 'disable-kms-key' })).toContainText(/Disable.*OK.*Audit log/)
  await details(own.first()).click()
  await expect(facts(page, 'Message')).toHaveText('Key is Disabled')
  await expect(facts(page, 'Path')).toHaveText(`/zone/ch-gva-2/v2/kms-key/${key.id}/encrypt`)
  await expectWithout(page, [...secrets, ciphertext, 'a context'])
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(own.filter({ hasText: 'Enable' }).filter({ hasText: 'This visit' })).toHaveCount(1)
  await expect(own.filter({ hasText: 'enable-kms-key' }).filter({ hasText: 'Audit log' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Load more' }).click()
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByText('That is all there is.')).toBeFocused()
  await expect(own).toHaveCount(5)
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
  await expect(banner).toContainText('This visit’s requests are listed.')
  await expectAccessible(page)
  await faulty.upstream.heal()
  await faulty.upstream.answerWith({ ...refused, path: '/v1/audit?page=2**' })
  await banner.getByRole('button', { name: 'Retry' }).click()
  await expect(rows(page, name)).toHaveCount(100)
  await expect(banner).toBeHidden()

  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByRole('alert')).toContainText('Older events could not be read.')
  await expect(rows(page, name)).toHaveCount(100)
  await faulty.upstream.heal()
  // What is new meanwhile pushes entries on to the next page.
  await faulty.api.thalassa.encrypt(key, 'x')
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(rows(page, name).last()).toContainText('Create key')
  await expect(rows(page, name)).toHaveCount(113)
})
