import { allowing, createDialog, denying, fillCreation, row, secretDialog, table, test } from './api-keys-page.ts'
import { expectNoOverflow, expectTouchTarget } from './fits.ts'
import { expect, expectAccessible } from './fixtures.ts'

const listing = "operation in ['list-kms-keys', 'get-kms-key', 'list-kms-key-rotations']"
const office = "source_ip.startsWith('10.20.')"

test('search, filters and order of API keys are part of the URL', async ({ page, iam }) => {
  const auditor = await iam.access.createRole('auditor', denying({ kms: allowing(listing) }))
  await iam.access.createKey('ci 10', auditor)
  await iam.access.createKey('ci 9', await iam.access.role('kms-crypto'))
  await page.goto(`${iam.url}/api-keys`)
  await expect(page.getByRole('tab', { name: /^API keys/ })).toHaveText('API keys3')
  await expect(page.getByRole('tab', { name: /^Roles/ })).toHaveText('Roles4')
  const names = () => table(page).getByRole('row').locator('td:first-child').allInnerTexts()
  await expect.poll(names).toEqual(['ci 9', 'ci 10', expect.stringContaining('local')])
  await page.keyboard.press('/')
  await page.keyboard.type('CI audit')
  await expect.poll(names).toEqual(['ci 10'])
  await expect(page).toHaveURL(/\?q=CI\+audit$/)
  await page.keyboard.type('x')
  await expect(page.getByRole('heading', { name: 'No match' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await page.getByRole('button', { name: 'What the role allows' }).click()
  await expect(page).toHaveURL(/\?sort=allows$/)
  await expect.poll(names).toEqual(['ci 9', expect.stringContaining('local'), 'ci 10'])
  await page.getByRole('button', { name: 'Role', exact: true }).first().click()
  await page.getByRole('menuitemcheckbox', { name: /auditor/ }).click()
  await page.keyboard.press('Escape')
  await expect.poll(names).toEqual(['ci 10'])
  await page.reload()
  await expect.poll(names).toEqual(['ci 10'])
  await expect(page.getByRole('button', { name: /^Role.*auditor/ })).toBeVisible()
})

test('a role shows its policy as text and JSON, and its API keys', async ({ page, iam }) => {
  const role = await iam.access.createRole(
    'office-only',
    denying({
      kms: {
        type: 'rules',
        rules: [
          { action: 'deny', expression: listing },
          { action: 'allow', expression: office },
        ],
      },
      iam: { type: 'allow' },
    }),
    { description: 'From the office', labels: { team: 'platform' }, permissions: ['bypass-governance-retention'] },
  )
  await iam.access.createKey('printer', role)
  await page.goto(`${iam.url}/api-keys`)
  await row(page, 'printer').getByRole('link', { name: 'office-only' }).click()
  await expect(page).toHaveURL(new RegExp(`\\?tab=roles&role=${role.id}$`))
  const detail = page.getByRole('region', { name: 'office-only', exact: true })
  await expect(detail).toContainText('From the office')
  await expect(detail).toContainText('bypass-governance-retention')
  await expect(detail).toContainText('team=platform')
  const words = detail.getByRole('list', { name: 'What office-only allows' })
  await expect(words).toContainText(/IAM\s*Everything/)
  await expect(words).toContainText(/Every other service\s*Nothing/)
  const rules = detail.getByRole('list', { name: 'Rules of KMS, in order' }).getByRole('listitem')
  await expect(rules.nth(0)).toHaveText(`1.RefuseList and read${listing}`)
  await expect(rules.nth(1)).toHaveText(`2.AllowWhen this is true:${office}`)
  await expect(words).toContainText('The first that is true decides. None true: refused.')
  await detail.getByRole('radio', { name: 'JSON' }).check()
  await expect(detail.getByRole('tabpanel', { name: 'Policy' })).toContainText('"default-service-strategy": "deny"')
  await expect(detail.getByRole('button', { name: 'Copy Policy' })).toBeVisible()

  await detail.getByRole('button', { name: 'Close role' }).click()
  await expect(page).toHaveURL(/\?tab=roles$/)
  await expect(row(page, 'Owner', 'Roles')).toContainText(/Everything.*Fixed.*1.*1/)
  await expect(row(page, 'Billing', 'Roles')).toContainText(/Nothing.*Fixed.*None.*0/)
  await expect(row(page, 'kms-crypto', 'Roles')).toContainText(/Encrypt, decrypt, re-encrypt, data keys.*Editable/)
  await table(page, 'Roles').getByRole('link', { name: 'Owner', exact: true }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Owner' })).toBeFocused()
  await page.getByRole('button', { name: 'Close role' }).press('Enter')
  await expect(table(page, 'Roles').getByRole('link', { name: 'Owner', exact: true })).toBeFocused()
  await table(page, 'Roles').getByRole('link', { name: '1 of office-only' }).click()
  await expect(page).toHaveURL(new RegExp(`/api-keys\\?role=${role.id}$`))
  await expect(table(page).getByRole('row')).toHaveCount(2)
  await expect(row(page, 'printer')).toBeVisible()

  await page.goto(`${iam.url}/api-keys?tab=roles&role=00000000-0000-4000-8000-000000000000`)
  await expect(page.getByRole('heading', { name: 'This role is not listed' })).toBeVisible()
})

test('roles sort by every column, also beside an open role', async ({ page, iam }) => {
  const role = await iam.access.createRole('auditor', denying({ kms: allowing(listing) }), {
    permissions: ['bypass-governance-retention'],
  })
  for (const name of ['one', 'two']) await iam.access.createKey(name, role)
  await page.goto(`${iam.url}/api-keys?tab=roles`)
  const names = () => table(page, 'Roles').getByRole('row').locator('td:first-child a').allInnerTexts()
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true })
  await expect.poll(names).toEqual(['auditor', 'Billing', 'kms-crypto', 'Owner'])
  await expect(head('Name')).toHaveAttribute('aria-sort', 'ascending')
  for (const [name, id, ascending, descending] of [
    ['What it allows', 'allows', 'kms-crypto', 'Billing'],
    ['Policy', 'policy', 'auditor', 'Billing'],
    ['Permissions', 'permissions', 'Billing', 'auditor'],
    ['API keys', 'keys', 'Billing', 'auditor'],
    ['Name', 'name', 'auditor', 'Owner'],
  ] as const) {
    await head(name).getByRole('button').click()
    await expect(head(name)).toHaveAttribute('aria-sort', 'ascending')
    await expect(page).toHaveURL(id === 'name' ? /\?tab=roles$/ : new RegExp(`\\?tab=roles&sort=${id}$`))
    await expect.poll(async () => (await names())[0]).toBe(ascending)
    await head(name).getByRole('button').press('Enter')
    await expect(head(name)).toHaveAttribute('aria-sort', 'descending')
    await expect(page).toHaveURL(new RegExp(`\\?tab=roles&sort=-${id}$`))
    await expect.poll(async () => (await names())[0]).toBe(descending)
  }

  await page.getByRole('link', { name: 'kms-crypto', exact: true }).click()
  await expect(page).toHaveURL(/\?tab=roles&role=[^&]+&sort=-name$/)
  await expect.poll(names).toEqual(['Owner', 'kms-crypto', 'Billing', 'auditor'])
  await head('API keys').getByRole('button').click()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'kms-crypto' })).toBeVisible()
  await expect(head('API keys')).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(names).toEqual(['Billing', 'kms-crypto', 'Owner', 'auditor'])
  await page.goBack()
  await expect.poll(names).toEqual(['Owner', 'kms-crypto', 'Billing', 'auditor'])
  await page.getByRole('tab', { name: /^API keys/ }).click()
  await expect(page).toHaveURL(/\/api-keys$/)
})

test('on a small screen API keys are cards, and a role replaces the list', async ({ page, iam }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${iam.url}/api-keys`)
  const card = page.getByRole('list', { name: 'API keys' }).getByRole('listitem').filter({ hasText: 'local' })
  await expect(card).toContainText(/local.*EXO[0-9a-f]{24}.*Owner.*Everything/)
  for (const button of [
    card.getByRole('button', { name: 'Delete local' }),
    page.getByRole('button', { name: 'Create API key' }),
  ])
    await expectTouchTarget(button)
  await expectNoOverflow(page)

  await card.getByRole('link', { name: 'Owner' }).click()
  await expect(page.getByRole('heading', { name: 'Owner' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Roles' })).toBeHidden()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'All roles' }).click()
  const roles = page.getByRole('list', { name: 'Roles' }).getByRole('listitem')
  await expect(roles.filter({ hasText: 'kms-crypto' })).toContainText(
    /kms-crypto0 API keys.*Encrypt, decrypt.*Editable.*No permissions.*[0-9a-f-]{36}/,
  )
  await expect(roles.filter({ hasText: 'Owner' })).toContainText(/1 API key.*Everything.*Fixed.*1 permission/)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByRole('combobox', { name: 'Order' }).click()
  await page.getByRole('option', { name: 'API keys, descending' }).click()
  await page.getByRole('button', { name: /^Show \d roles$/ }).click()
  await expect(page).toHaveURL(/\?tab=roles&sort=-keys$/)
  await expect(roles.first()).toContainText('Owner')

  await page.getByRole('tab', { name: /^API keys/ }).click()
  const form = await fillCreation(page, 'from a phone', 'kms-crypto')
  await expectNoOverflow(page)
  await form.getByRole('button', { name: 'Create API key' }).click()
  await expect(secretDialog(page)).toBeVisible()
  // What stands under the pointer would tell its reason beside the page.
  await page.mouse.move(0, 0)
  await expectNoOverflow(page)
  await secretDialog(page).getByRole('checkbox').check()
  await secretDialog(page).getByRole('button', { name: 'Close' }).click()
  await expect(createDialog(page)).toBeHidden()
})
