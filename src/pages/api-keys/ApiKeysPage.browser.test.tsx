/** Lists, roles and dialogs of the API keys page, with answers in place of a server. */
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { render } from '../../testing/render.tsx'
import ApiKeysPage from './ApiKeysPage.tsx'

const keysCall = 'GET /api/exoscale/ch-gva-2/api-key'
const rolesCall = 'GET /api/exoscale/ch-gva-2/iam-role'
const creation = 'POST /api/exoscale/ch-gva-2/api-key'
const deletion = 'DELETE /api/exoscale/ch-gva-2/api-key/EXO2'

const listing = "operation in ['list-kms-keys', 'get-kms-key', 'list-kms-key-rotations']"
const office = "source_ip.startsWith('10.20.')"

const owner = { id: 'r-owner', name: 'Owner', editable: false, permissions: ['bypass-governance-retention'] }
const tooSoon = "parameters['delay-days'] < 14"
const officeOnly = {
  id: 'r-office',
  name: 'office-only',
  editable: true,
  description: 'From the office',
  labels: { team: 'platform' },
  policy: {
    'default-service-strategy': 'deny',
    services: {
      kms: {
        type: 'rules',
        rules: [
          { action: 'deny', expression: listing },
          { action: 'allow', expression: office },
          { action: 'deny', expression: tooSoon },
        ],
      },
      iam: { type: 'allow' },
    },
  },
}
const everything = { 'default-service-strategy': 'allow', services: {} }
const billing = { id: 'r-billing', name: 'Billing', editable: false, policy: { 'default-service-strategy': 'deny' } }

const roles = { 'iam-roles': [{ ...owner, policy: everything }, officeOnly, billing] }
const keys = {
  'api-keys': [
    { key: 'EXO1', name: 'local', 'role-id': owner.id },
    { key: 'EXO2', name: 'ci 10', 'role-id': officeOnly.id },
    { key: 'EXO3', name: 'ci 9', 'role-id': officeOnly.id },
  ],
}

const opened = { [keysCall]: { body: keys }, [rolesCall]: { body: roles } }

function open(answers: Answers = {}, path = '/api-keys') {
  const all = { ...opened, ...answers }
  const sent = answerCalls(all)
  return { answers: all, sent, router: render(<ApiKeysPage />, { path }) }
}

beforeEach(async () => {
  await page.viewport(1280, 720)
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [{ id: 'exoscale', mode: 'live', endpoint: 'https://api-{zone}.kms.test/v2', apiKey: 'EXO1' }],
  })
})

const ownKey = 'About local, the API key of this console'
const table = (name = 'API keys') => page.getByRole('table', { name, exact: true })
const row = (name: string, of?: string) => table(of).getByRole('row').filter({ hasText: name })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const names = (of?: string) =>
  table(of)
    .getByRole('row')
    .elements()
    .slice(1)
    .map((one) => one.querySelector('a, .font-medium')?.textContent)

async function fillCreation(name: string, role: string) {
  await button('Create API key').click()
  await dialog().getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog().getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('combobox', { name: 'Role: Find a role' }).fill(role)
  await userEvent.keyboard('{Enter}')
}

test('search, filter and order of API keys stand in the URL', async () => {
  const { router } = open()
  await expect.element(row('local')).toMatchTextContent(/This console.*EXO1.*Owner.*Everything/)
  expect(names()).toEqual(['ci 9', 'ci 10', 'local'])
  await page.getByRole('searchbox', { name: 'Search API keys' }).fill('CI office')
  await expect.element(table().getByRole('row')).toHaveLength(3)
  await button('What the role allows').click()
  await button('Role').first().click()
  await page.getByRole('menuitemcheckbox', { name: /office-only/ }).click()
  expect(router.state.location.search).toBe('?q=CI+office&role=r-office&sort=allows')
})

test('the time of creation is a column, on the card and in the deletion, where the cloud reports it', async () => {
  const times: Readonly<Record<string, object>> = {
    EXO2: { 'created-at': '2026-03-02T12:00:00Z' },
    EXO3: { 'created-at': '2026-03-01T12:00:00Z' },
  }
  const dated = keys['api-keys'].map((one) => ({ ...one, ...times[one.key] }))
  const { answers, router } = open()
  await expect.element(row('ci 10')).toBeVisible()
  await expect.element(page.getByRole('columnheader', { name: 'Created' })).not.toBeInTheDocument()
  answers[keysCall] = { body: { 'api-keys': dated } }
  await button('Refresh').click()
  await expect.element(row('ci 10')).toMatchTextContent('2 Mar 2026')
  await expect.element(row('local')).toMatchTextContent('Not known')
  await button('Created').click()
  expect(names()).toEqual(['local', 'ci 9', 'ci 10'])
  expect(router.state.location.search).toBe('?sort=created')
  await button('Delete ci 10').click()
  await expect.element(dialog()).toMatchTextContent('It was created on 2 Mar 2026.')
  await userEvent.keyboard('{Escape}')
  await page.viewport(390, 844)
  await expect.element(page.getByRole('listitem').filter({ hasText: 'ci 10' })).toMatchTextContent('created 2 Mar 2026')
  await expectAccessible()
})

test('a role shows its policy as text and JSON, and its API keys', async () => {
  const { router } = open()
  await row('ci 10').getByRole('link', { name: 'office-only' }).click()
  expect(router.state.location.search).toBe('?tab=roles&role=r-office')
  const detail = page.getByRole('region', { name: 'office-only', exact: true })
  await expect.element(detail).toMatchTextContent(/From the office.*team=platform/)
  const words = detail.getByRole('list', { name: 'What office-only allows' })
  await expect.element(words).toMatchTextContent(/IAM.*Everything.*Every other service.*Nothing/)
  const rules = detail.getByRole('list', { name: 'Rules of KMS, in order' }).getByRole('listitem')
  await expect.element(rules.nth(0)).toMatchTextContent(`1.RefuseList and read${listing}`)
  await expect.element(rules.nth(1)).toMatchTextContent(`2.AllowCalls that match:${office}`)
  await expect.element(rules.nth(2)).toMatchTextContent(/^3\.Refuse.*A call without delay-days is not refused: /)
  await detail.getByText('JSON').click()
  await expect
    .element(detail.getByRole('tabpanel', { name: 'Policy' }))
    .toMatchTextContent('"default-service-strategy": "deny"')

  await button('Close role').click()
  await expect.element(row('Owner', 'Roles')).toMatchTextContent(/Everything.*1/)
  await expect.element(row('Billing', 'Roles')).toMatchTextContent(/Nothing.*0/)
  await table('Roles').getByRole('link', { name: 'Owner', exact: true }).click()
  await expect.element(page.getByRole('heading', { name: 'Owner' })).toHaveFocus()
  await button('Close role').click()
  await expect.element(table('Roles').getByRole('link', { name: 'Owner', exact: true })).toHaveFocus()
  await table('Roles').getByRole('link', { name: '2 of office-only' }).click()
  await expect.element(table().getByRole('row')).toHaveLength(3)
})

test('a role that is not listed is named, and roles sort beside an open one', async () => {
  const { router } = open({}, '/api-keys?tab=roles&role=r-gone')
  await expect.element(page.getByRole('heading', { name: 'This role is not listed' })).toBeVisible()
  await router.navigate('/api-keys?tab=roles&role=r-owner')
  const head = page.getByRole('columnheader', { name: 'API keys', exact: true })
  await head.getByRole('button').click()
  await head.getByRole('button').click()
  await expect.element(head).toHaveAttribute('aria-sort', 'descending')
  expect(names('Roles')).toEqual(['office-only', 'Owner', 'Billing'])
  expect(router.state.location.search).toBe('?tab=roles&role=r-owner&sort=-keys')
})

test('on a small screen API keys and roles are cards, and a role replaces the list', async () => {
  await page.viewport(390, 844)
  open()
  const card = (list: string, name: string) =>
    page.getByRole('list', { name: list, exact: true }).getByRole('listitem').filter({ hasText: name })
  await expect.element(card('API keys', 'local')).toMatchTextContent(/EXO1.*Owner.*Everything/)
  expect(button(ownKey).element().getBoundingClientRect().height).toBeGreaterThanOrEqual(44)
  await card('API keys', 'local').getByRole('link', { name: 'Owner' }).click()
  await expect.element(page.getByRole('heading', { name: 'Owner' })).toBeVisible()
  await expect.element(page.getByRole('list', { name: 'Roles' })).not.toBeInTheDocument()
  await button('All roles').click()
  await expect.element(card('Roles', 'Owner')).toMatchTextContent(/1 API key.*Everything/)
  await expect.element(card('Roles', 'office-only')).toMatchTextContent(/2 API keys.*By 3 rules of KMS/)
  expect(document.documentElement.scrollWidth).toBe(390)
})

test('a list that can’t be read shows the reason beside the other one, and Retry reads it', async () => {
  const refused = { status: 403, body: { message: 'Forbidden by role policy for iam' } }
  const { answers } = open({ [keysCall]: refused })
  const failure = page.getByRole('alert')
  await expect.element(failure).toMatchTextContent(/The API keys could not be read.*GET \/v2\/api-key/)
  await page.getByRole('tab', { name: /^Roles/ }).click()
  await expect.element(row('Owner', 'Roles')).toMatchTextContent('Unknown')
  Object.assign(answers, opened)
  await page.getByRole('tab', { name: /^API keys/ }).click()
  await button('Retry').click()
  await expect.element(row('local')).toMatchTextContent('Owner')
})

test('roles that can’t be read are shown by id', async () => {
  const { answers } = open({ [rolesCall]: { status: 403, body: { message: 'not today' } } })
  const banner = page.getByRole('status').filter({ hasText: 'The roles of Exoscale could not be read.' })
  await expect.element(banner).toMatchTextContent(/The list shows their ids.*GET \/v2\/iam-role · 403/)
  await expect.element(row('local')).toMatchTextContent(/r-owner.*Unknown/)
  await button('Create API key').click()
  await dialog().getByRole('combobox', { name: 'Role' }).click()
  await expect.element(page.getByText('No role matches.')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await button('Not now').click()
  Object.assign(answers, opened)
  await banner.getByRole('button', { name: 'Retry' }).click()
  await expect.element(row('local')).toMatchTextContent('Owner')
})

test('lists without entries have an empty state', async () => {
  const { router } = open({ [keysCall]: { body: { 'api-keys': [] } }, [rolesCall]: { body: {} } })
  await expect.element(page.getByRole('heading', { name: 'No API keys yet' })).toBeVisible()
  await expectAccessible()
  await router.navigate('/api-keys?tab=roles')
  await expect.element(page.getByRole('heading', { name: 'No roles yet' })).toBeVisible()
})

test('a skeleton stands for the first list', async () => {
  open({ [keysCall]: 'none' })
  await expect.element(table()).toHaveAttribute('aria-busy', 'true')
})

test('a read-only console disables changes with the reason', async () => {
  queryClient.setQueryData(queries.session().queryKey, (session) => session && { ...session, readOnly: true })
  open()
  const reason = 'This console is read-only: it was started with READ_ONLY.'
  await expect.element(button('Create API key')).toHaveAccessibleDescription(reason)
  await expect.element(button('Delete ci 9')).toHaveAccessibleDescription(reason)
})

test('a creation is checked before it is sent, and a refused one keeps the input', async () => {
  const { sent } = open({ [creation]: { status: 429, body: { message: 'slow down' } } })
  await fillCreation('x'.repeat(256), 'office')
  const name = dialog().getByRole('textbox', { name: 'Name' })
  const create = dialog().getByRole('button', { name: 'Create API key' })
  await create.click()
  await expect.element(name).toHaveAccessibleDescription(/at most 255 characters/)
  expect(sent.some(({ call }) => call === creation)).toBe(false)
  await name.fill('typed')
  await create.click()
  await expect
    .element(dialog().getByRole('alert'))
    .toMatchTextContent(/No API key was created. Slow down.*POST \/v2\/api-key · 429/)
  await expect.element(name).toHaveValue('typed')
  await expect.element(dialog().getByRole('combobox', { name: 'Role: office-only' })).toBeVisible()
  await button('Show code').click()
  await expect
    .element(dialog().getByRole('tabpanel', { name: 'exo' }))
    .toMatchTextContent('exo iam api-key create typed')
})

test('an empty form names what is missing', async () => {
  open()
  await button('Create API key').click()
  await dialog().getByRole('button', { name: 'Create API key' }).click()
  await expect
    .element(dialog().getByRole('textbox', { name: 'Name' }))
    .toHaveAccessibleDescription(/Give the key a name/)
  await expect.element(dialog().getByRole('combobox', { name: 'Role' })).toHaveAccessibleDescription(/Choose the role/)
})

test('after a lost answer, new keys of that name are listed to be deleted', async () => {
  const twin = { key: 'EXO2', name: 'twin', 'role-id': officeOnly.id }
  const before = { 'api-keys': [{ ...twin, key: 'EXO1' }] }
  const { answers, sent } = open({ [keysCall]: { body: before }, [creation]: { status: 500, body: { message: 'no' } } })
  await expect.element(row('twin')).toBeVisible()
  await fillCreation('twin', 'office')
  answers[keysCall] = { body: { 'api-keys': [...before['api-keys'], twin] } }
  await dialog().getByRole('button', { name: 'Create API key' }).click()
  const note = dialog().getByRole('alert')
  await expect.element(note).toMatchTextContent(/It is unknown whether twin was created.*its secret is lost/)
  await expect.element(note.getByRole('list', { name: 'New keys named twin' })).toMatchTextContent(/^EXO2/)
  expect(sent.filter(({ call }) => call === creation)).toHaveLength(1)

  await note.getByRole('button', { name: 'Delete…' }).click()
  const confirmation = page.getByRole('dialog', { name: 'Delete API key twin' })
  await confirmation.getByRole('textbox').fill('twin')
  Object.assign(answers, {
    [keysCall]: { body: before },
    [deletion]: { body: { id: 'o-1', state: 'success' } },
  })
  await confirmation.getByRole('button', { name: 'Delete API key' }).click()
  await expect.element(note).toMatchTextContent('lists no new key of that name')
  await expect.element(dialog().getByRole('button', { name: 'Create another API key' })).toBeVisible()
})

async function askToDelete(name: string) {
  await button(`Delete ${name}`).click()
  const confirmation = page.getByRole('dialog', { name: `Delete API key ${name}` })
  await confirmation.getByRole('textbox').fill(name)
  await confirmation.getByRole('button', { name: 'Delete API key' }).click()
  return confirmation
}

test('a deletion that the cloud begins and fails shows the reason', async () => {
  const reason = 'the key is being changed'
  open({ [deletion]: { body: { id: 'o-1', state: 'failure', reason: 'conflict', message: reason } } })
  const confirmation = await askToDelete('ci 10')
  await expect
    .element(confirmation.getByRole('alert'))
    .toMatchTextContent(/failed: conflict: the key is being changed\..*DELETE \/v2\/api-key\/EXO2/)
  await expectAccessible()
})

test('a pending deletion keeps its dialog, which can stop waiting', async () => {
  open({ [deletion]: { body: { id: 'o-1', state: 'pending' } } })
  const confirmation = await askToDelete('ci 10')
  await expect.element(confirmation.getByRole('status')).toMatchTextContent(/Exoscale is working on it…/)
  await userEvent.keyboard('{Escape}')
  await confirmation.getByRole('button', { name: 'Stop waiting' }).click()
  await expect.element(page.getByText('Exoscale is still deleting ci 10.')).toBeVisible()
  await expect.element(confirmation).not.toBeInTheDocument()
})

test('a key that is gone is reported', async () => {
  open({ [deletion]: { status: 404, body: { message: 'not in organization' } } })
  const confirmation = await askToDelete('ci 10')
  await expect.element(confirmation.getByRole('alert')).toMatchTextContent('It may have been deleted.')
})

test('the console’s own key is deleted only after an explanation', async () => {
  const { sent } = open()
  await expect.element(button('Delete ci 9')).toBeVisible()
  await expect.element(button('Delete local')).not.toBeInTheDocument()
  await button(ownKey).click()
  await expect
    .element(dialog())
    .toMatchTextContent(
      /signs its requests with EXO1.*set EXOSCALE_API_KEY and EXOSCALE_API_SECRET, restart the console/,
    )
  await expectAccessible()
  await button('Delete this key…').click()
  const confirmation = page.getByRole('dialog', { name: 'Delete API key local' })
  await expect.element(confirmation).toMatchTextContent('This console signs its requests with this key.')
  await expect
    .element(confirmation.getByRole('button', { name: 'Delete API key' }))
    .toHaveAccessibleDescription('Type the name first.')
  expect(sent.some(({ call }) => call.startsWith('DELETE'))).toBe(false)
})

test('a refused deletion names the operation that the role must allow, and keeps the name', async () => {
  open({ [deletion]: { status: 403, body: { message: 'Forbidden by role policy for iam' } } })
  const confirmation = await askToDelete('ci 10')
  await expect
    .element(confirmation.getByRole('alert'))
    .toMatchTextContent(/must allow the operation delete-api-key of the service iam/)
  await expect.element(confirmation.getByRole('textbox')).toHaveValue('ci 10')
})

test('creation and secret fit 390 px', async () => {
  await page.viewport(390, 844)
  open({ [creation]: { body: { key: 'EXO9', name: 'new', secret: 's'.repeat(43), 'role-id': officeOnly.id } } })
  await fillCreation('new', 'office')
  await expect.poll(() => document.documentElement.scrollWidth).toBe(390)
  await dialog().getByRole('button', { name: 'Create API key' }).click()
  await expect.element(dialog()).toMatchTextContent(/EXO9/)
  await expect.poll(() => document.documentElement.scrollWidth).toBe(390)
  await dialog().getByRole('checkbox').click()
  await dialog().getByRole('button', { name: 'Close' }).click()
})
