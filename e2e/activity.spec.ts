import type { Page } from '@playwright/test'
import { activityPath, details, facts, filter, rows, status, table } from './activity-page.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'
import { exoscalePath, thalassaPath } from './key-page.ts'

const PLAINTEXT = 'plaintext that no list of events may hold'

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

async function chooseOf(page: Page, name: string, option: string) {
  await filter(page, name).click()
  await page.getByRole('menuitemcheckbox', { name: option }).click()
  await page.keyboard.press('Escape')
}

test('events show action, actor and result', async ({ page, api }) => {
  const { name, key, ciphertext } = await usedKey(api)
  await page.goto('/keys')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click()
  await expect(page).toHaveURL(/\/activity$/)
  await expect(page).toHaveTitle('Activity · KMS Console')
  await chooseOf(page, 'Key', name)
  await expect(page).toHaveURL(new RegExp(`\\?key=thalassa%2Fnl-01%2F${key.identity}$`))

  const mine = rows(page, name)
  await expect(mine.filter({ hasText: 'kms.decrypt' })).toContainText(
    /\d{1,2} \w{3} \d{4}, \d\d:\d\d:\d\d UTC.*Decrypt.*Thalassa.*nl-01.*Administrator.*OK.*Audit log/,
  )
  await expect(mine.filter({ hasText: 'POST …/disable' })).toContainText(/Disable.*OK/)
  await expect(mine.filter({ hasText: 'POST …/keys' })).toContainText(/Create key.*OK/)
  await expect(mine.filter({ hasText: 'Failed' })).toHaveCount(2)
  await expect(mine.filter({ hasText: 'Failed, 400' })).toContainText('POST …/encrypt')
  await expect(mine.first()).toContainText('Encrypt')
  await expect(mine.last()).toContainText('Create key')

  await details(mine.filter({ hasText: 'kms.decrypt' })).click()
  await expect(facts(page, 'Key version')).toHaveText('1')
  await expect(facts(page, 'Output bytes')).toHaveText(String(PLAINTEXT.length))
  const html = await page.content()
  for (const secret of [PLAINTEXT, Buffer.from(PLAINTEXT).toString('base64'), ciphertext])
    expect(html).not.toContain(secret)

  await mine.first().getByRole('link', { name }).click()
  await expect(page).toHaveURL(new RegExp(`${thalassaPath(key)}$`))
})

test('filters, search and time range are part of the URL', async ({ page, api }) => {
  const { name, key } = await usedKey(api)
  await page.goto(activityPath(key))
  const mine = rows(page, name)
  await expect(mine.first()).toBeVisible()
  const all = await mine.count()
  await chooseOf(page, 'Result', 'Failed')
  await expect(mine).toHaveCount(2)
  await expect(status(page, /^2 of \d+ events$/)).toBeAttached()
  await chooseOf(page, 'Action', 'Decrypt')
  await expect(page.getByRole('heading', { name: 'No match' })).toBeVisible()
  await expect(page.getByText(/are hidden by the filters Key, Action and Result\.$/)).toBeVisible()
  await page.goBack()
  await expect(mine).toHaveCount(2)
  await page.getByRole('combobox', { name: 'Time' }).click()
  await page.getByRole('option', { name: 'Last hour' }).press('Enter')
  await page.keyboard.press('/')
  await page.keyboard.type('POST')
  await expect(mine).toHaveCount(1)
  await expect(page).toHaveURL(/result=failed&time=hour$|q=POST.*result=failed.*time=hour/)
  await page.reload()
  await expect(mine).toHaveCount(1)
  await expect(page.getByRole('searchbox', { name: 'Search activity' })).toHaveValue('POST')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(/\/activity$/)

  await page.goto(`${activityPath(key)}&source=audit&actor=nobody`)
  await expect(page.getByRole('heading', { name: 'No match' })).toBeVisible()
  await page.goto(`${activityPath(key)}&source=audit&time=week&result=nonsense`)
  await expect(mine).toHaveCount(all)
})

test('more than a hundred events load by pages, each once', async ({ page, api }) => {
  const name = uniqueName('busy')
  const key = await api.thalassa.create({ name })
  await Promise.all(Array.from({ length: 60 }, () => api.thalassa.encrypt(key, 'x')))
  await page.goto(activityPath(key))
  await expect(rows(page, name)).toHaveCount(100)
  // What is new meanwhile pushes entries on to the next page.
  await api.thalassa.encrypt(key, 'x')
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByText('That is all there is.')).toBeFocused()
  await expect(rows(page, name)).toHaveCount(121)
  await expect(rows(page, name).last()).toContainText('Create key')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(rows(page, name)).toHaveCount(123)
})

test('a key’s tab lists its own events, new ones too', async ({ page, api }) => {
  const { key } = await usedKey(api)
  const other = await usedKey(api)
  await page.goto(`${thalassaPath(other.key)}?tab=activity`)
  const own = rows(page, '', 'Activity of this key')
  await expect(own.filter({ hasText: 'kms.encrypt' })).toHaveCount(2)
  await expect(own).toHaveCount(8)
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(own.filter({ hasText: 'Enable' }).filter({ hasText: 'This visit' })).toHaveCount(1)
  await expect(own.filter({ hasText: 'Enable' }).filter({ hasText: 'Audit log' })).toHaveCount(1)
  await expect(table(page, 'Activity of this key')).not.toContainText(key.identity)

  await page.getByRole('button', { name: 'Result' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\?tab=activity&result=failed$/)
  await expect(own).toHaveCount(2)
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(page).toHaveURL(new RegExp(`${thalassaPath(other.key)}$`))
})

test('requests of this session are listed, failed ones too, until the page reloads', async ({ page, api }) => {
  const key = await api.thalassa.create({ name: uniqueName('visited') })
  await page.goto(`/playground?key=thalassa/nl-01/${key.identity}`)
  await page.getByRole('textbox', { name: 'Plaintext' }).fill(PLAINTEXT)
  await page.getByRole('button', { name: 'Encrypt' }).click()
  await expect(page.getByRole('textbox', { name: 'Ciphertext' })).toHaveText(/^thalassa:v1:/)
  await api.thalassa.act(key, 'POST', '/disable')
  await page.getByRole('button', { name: 'Encrypt' }).click()
  await expect(page.getByRole('alert')).toBeVisible()

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click()
  const visit = rows(page, 'This visit')
  await expect(visit.filter({ hasText: 'OK' })).toHaveCount(1)
  await expect(visit.filter({ hasText: 'Failed, 400' })).toContainText(/Encrypt.*nl-01.*This console/)
  await details(visit.filter({ hasText: 'Failed, 400' })).click()
  await expect(facts(page, 'Request')).toHaveText(`POST /v1/kms/nl-01/keys/${key.identity}/encrypt`)
  await expect(facts(page, 'Request id')).not.toBeEmpty()
  await expect(visit.filter({ hasText: 'List keys' })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Show reads' }).check()
  await expect(page).toHaveURL(/\?reads=1$/)
  await expect(visit.filter({ hasText: 'List keys' }).filter({ hasText: 'ch-gva-2' }).first()).toContainText('Exoscale')
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, location.href]))
  const base64 = Buffer.from(PLAINTEXT).toString('base64')
  for (const secret of [PLAINTEXT, base64, 'thalassa:v1:']) {
    expect(await page.content()).not.toContain(secret)
    expect(kept).not.toContain(secret)
  }

  await page.goto('/activity?source=visit')
  await expect(page.getByRole('heading', { name: 'No match' })).toBeVisible()
})

test('Exoscale’s event log is listed for all keys and for one', async ({ page, api }) => {
  const name = uniqueName('logged')
  const key = await api.exoscale.create({ name })
  const ciphertext = await api.exoscale.encrypt(key, PLAINTEXT, 'a context')
  await api.exoscale.act(key, 'disable')
  await expect(api.exoscale.encrypt(key, PLAINTEXT)).rejects.toThrow('400')
  await page.goto(`/activity?key=exoscale/ch-gva-2/${key.id}`)
  const mine = rows(page, name)
  await expect(mine).toHaveCount(3)
  await expect(mine.filter({ hasText: 'disable-kms-key' })).toContainText(/Disable.*Exoscale.*ch-gva-2.*OK.*Audit log/)
  await expect(mine.first()).toContainText(/Encrypt.*Failed, 400.*Audit log/)
  await details(mine.first()).click()
  await expect(facts(page, 'Role')).toHaveText('Owner')
  await expect(facts(page, 'Message')).toHaveText('Key is Disabled')
  await expect(facts(page, 'Path')).toHaveText(`/zone/ch-gva-2/v2/kms-key/${key.id}/encrypt`)
  const html = await page.content()
  for (const secret of [PLAINTEXT, Buffer.from(PLAINTEXT).toString('base64'), ciphertext, 'a context'])
    expect(html).not.toContain(secret)

  await page.goto('/activity?action=create')
  await expect(rows(page, 'create-kms-key').filter({ hasText: 'Exoscale' }).first()).toContainText(/Create key.*OK/)

  await page.goto(`${exoscalePath(key)}?tab=activity`)
  const own = rows(page, '', 'Activity of this key')
  await expect(own).toHaveCount(3)
  await page.getByRole('button', { name: 'Enable' }).click()
  await expect(own.filter({ hasText: 'Enable' }).filter({ hasText: 'This visit' })).toHaveCount(1)
  await expect(own.filter({ hasText: 'enable-kms-key' }).filter({ hasText: 'Audit log' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Load more' }).click()
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(page.getByText('That is all there is.')).toBeFocused()
  await expect(own).toHaveCount(5)
})
