/** Creating, trying, changing and deleting roles, with answers in place of a server. */
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { render } from '../../testing/render.tsx'
import ApiKeysPage from './ApiKeysPage.tsx'

const GATEWAY = '/api/exoscale/ch-gva-2'
const creation = `POST ${GATEWAY}/iam-role`
const ID = '0197c3a0-0000-7000-8000-000000000001'

const wireKey = {
  id: ID,
  name: 'billing',
  usage: 'encrypt-decrypt',
  source: 'exoscale-kms',
  'status-since': '2026-01-01T00:00:00Z',
  status: 'enabled',
  'multi-zone': false,
  'origin-zone': 'ch-gva-2',
  'created-at': '2026-01-01T00:00:00Z',
  rotation: { automatic: true, 'manual-count': 0, 'rotation-period': 365, 'next-at': '2027-01-01T00:00:00Z' },
  material: { version: 1, 'created-at': '2026-01-01T00:00:00Z', automatic: false },
  revision: { seq: 2, at: '2026-01-01T00:00:00Z' },
  replicas: [],
  'replicas-status': [],
}

const rules = (...all: readonly (readonly [action: string, expression: string])[]) => ({
  'default-service-strategy': 'deny',
  services: { kms: { type: 'rules', rules: all.map(([action, expression]) => ({ action, expression })) } },
})
const roles = {
  'iam-roles': [
    { id: 'r-owner', name: 'Owner', editable: false, policy: { 'default-service-strategy': 'allow', services: {} } },
    { id: 'r-reader', name: 'reader', policy: rules(['allow', "operation == 'get-kms-key'"]) },
    { id: 'r-ci', name: 'ci', description: 'For CI', policy: rules(['allow', "operation in ['encrypt', 'decrypt']"]) },
    { id: 'r-free', name: 'unused', policy: rules(['deny', "parameters['delay-days'] < 14"], ['allow', 'true']) },
  ],
}
const keys = {
  'api-keys': [
    { key: 'EXO1', name: 'local', 'role-id': 'r-reader' },
    { key: 'EXO2', name: 'runner 1', 'role-id': 'r-ci' },
    { key: 'EXO3', name: 'runner 2', 'role-id': 'r-ci' },
  ],
}

const answered: Answers = {
  [`GET ${GATEWAY}/kms-key`]: { body: { 'kms-keys': [wireKey] } },
  [`GET ${GATEWAY}/kms-key/${ID}`]: { body: wireKey },
  [`GET ${GATEWAY}/api-key`]: { body: keys },
  [`GET ${GATEWAY}/iam-role`]: { body: roles },
  [`GET ${GATEWAY}/iam-organization-policy`]: { body: { 'default-service-strategy': 'allow', services: {} } },
}

function open(answers: Answers = {}, path = '/api-keys?tab=roles') {
  const all = { ...answered, ...answers }
  return { answers: all, sent: answerCalls(all), router: render(<ApiKeysPage />, { path }) }
}

beforeEach(async () => {
  await page.viewport(1280, 720)
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [
      { id: 'exoscale', mode: 'live', endpoint: 'https://api-{zone}.kms.test/v2', apiKey: 'EXO1', zones: ['ch-gva-2'] },
    ],
  })
})

const button = (name: string) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog', { name: /^(Create a role|Edit role|Delete role)/ })
const field = (name: string) => dialog().getByRole('textbox', { name })
const remarks = () => dialog().getByRole('list', { name: 'Remarks on the policy' })

async function pick(label: string, option: string) {
  await dialog()
    .getByRole('combobox', { name: new RegExp(`^${label}(:|$)`) })
    .click()
  await page.getByRole('combobox', { name: new RegExp(`^${label}: Find`) }).fill(option)
  await userEvent.keyboard('{Enter}')
}

async function chooseTemplate(name: string) {
  await dialog().getByRole('combobox', { name: 'Template' }).click()
  await page.getByRole('option', { name }).click()
}

async function tryOut(operation: string, parameters = '') {
  await pick('Operation', operation)
  await field('Parameters').fill(parameters)
  await dialog().getByRole('button', { name: 'Try', exact: true }).click()
  return dialog()
    .getByRole('status')
    .filter({ hasText: /Allowed|Refused/ })
}

test('the page names the cloud, and roles that allow least come first for a new API key', async () => {
  open({}, '/api-keys')
  await expect.element(page.getByRole('row').filter({ hasText: 'runner 1' })).toBeVisible()
  expect(document.title).toMatch(/^Exoscale API keys/)
  await button('Create API key').click()
  const role = page.getByRole('dialog').getByRole('combobox', { name: 'Role' })
  await role.click()
  await expect.element(page.getByRole('option')).toHaveLength(4)
  const names = page
    .getByRole('option')
    .elements()
    .map(({ textContent }) => textContent)
  expect(names).toEqual(['readerRead', 'ciEncrypt, decrypt', expect.stringMatching(/^unused/), 'OwnerEverything'])
  const list = page.getByRole('listbox').element().getBoundingClientRect()
  expect(list.width).toBeLessThanOrEqual(role.element().getBoundingClientRect().width)
})

test('a template for one key fills the policy, which is sent and shown', async () => {
  const { sent, answers, router } = open({
    [creation]: { body: { id: 'o-1', state: 'success', reference: { id: 'r-new' } } },
  })
  await button('Create role').click()
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect.element(field('Name')).toHaveAccessibleDescription('Give the role a name.')
  await field('Name').fill('billing encrypt')
  await chooseTemplate('Encrypt with one key')
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect
    .element(dialog().getByRole('combobox', { name: 'Key of the role' }))
    .toHaveAccessibleDescription('Choose the key that the role is for.')
  await pick('Key of the role', 'billing')
  const expression = `operation == 'encrypt' && parameters.id == '${ID}'`
  await expect.element(field('Policy')).toHaveValue(JSON.stringify(rules(['allow', expression]), null, 2))
  await expect.element(dialog()).toMatchTextContent('Allows: Encrypt with 1 key')
  await expectAccessible()
  answers[`GET ${GATEWAY}/iam-role`] = {
    body: {
      'iam-roles': [
        ...roles['iam-roles'],
        { id: 'r-new', name: 'billing encrypt', policy: rules(['allow', expression]) },
      ],
    },
  }
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect.element(page.getByText('Created role billing encrypt.')).toBeVisible()
  expect(sent.find(({ call }) => call === creation)?.body).toEqual({
    name: 'billing encrypt',
    policy: rules(['allow', expression]),
  })
  expect(router.state.location.search).toBe('?tab=roles&role=r-new')
  await expect.element(page.getByRole('heading', { name: 'billing encrypt' })).toBeVisible()
})

test('errors of the policy are at their line and are not sent; warnings are', async () => {
  const { sent } = open({ [creation]: { body: { id: 'o-1', state: 'success' } } })
  await button('Create role').click()
  await field('Name').fill('typo')
  await field('Policy').fill('{\n  "default-service-strategy": "deny"\n  "services": {}\n}')
  await expect.element(remarks()).toMatchTextContent(/^Line 3 Error: Unexpected "services"\. Add , or }\.$/)
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect.element(field('Policy')).toHaveAccessibleDescription('1 error in the policy. See the marked lines.')
  await expect.element(dialog().getByRole('button', { name: 'Try', exact: true })).toHaveAttribute('aria-disabled')
  await remarks().getByRole('button', { name: 'Line 3' }).click()
  await expect.element(field('Policy')).toHaveFocus()
  await userEvent.keyboard('x')
  await expect.element(field('Policy')).toHaveValue('{\n  "default-service-strategy": "deny"\nx\n}')

  await userEvent.keyboard('{Escape}')
  await expect.element(dialog()).not.toBeInTheDocument()
  await button('Create role').click()
  await expect.element(field('Name')).toHaveValue('typo')
  await field('Policy').fill(JSON.stringify(rules(['allow', "operation == 'encript'"]), null, 1))
  await expect
    .element(remarks())
    .toMatchTextContent(/^Line 9 Warning: The rule never matches: no operation of kms is named encript/)
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(sent.filter(({ call }) => call === creation)).toHaveLength(1)
})

test('a refusal by the server is at its field or line, and keeps the input', async () => {
  const place = 'policy.services.kms.rules.0.expression is no CEL expression: no'
  const { answers } = open({ [creation]: { status: 400, body: { message: 'name must be a string of 1 to 191' } } })
  await button('Create role').click()
  await field('Name').fill('taken')
  await chooseTemplate('Read only')
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect.element(field('Name')).toHaveAccessibleDescription(/^Name must be a string of 1 to 191\./)
  answers[creation] = { status: 400, body: { message: place } }
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect
    .element(remarks())
    .toMatchTextContent(/^Line 9 Error: Policy\.services\.kms\.rules\.0\.expression is no CEL/)
  await expect.element(field('Name')).toHaveValue('taken')
  answers[creation] = { status: 403, body: { message: 'Forbidden by role policy for iam' } }
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await expect
    .element(dialog().getByRole('alert'))
    .toMatchTextContent(/Nothing was saved\..*must allow the operation create-iam-role of the service iam/)
})

test('the try-out says what decides: a rule, no rule, the default, or a rule that is skipped', async () => {
  open({}, '/api-keys?tab=roles&role=r-free')
  await button('Edit role').click()
  await pick('Key', 'billing')
  await expect
    .element(await tryOut('schedule-kms-key-deletion', '{"delay-days": 7}'))
    .toMatchTextContent(/^Refused Rule 1 of kms in this policy refuses it\..*Matches.*Not reached/)
  await expect
    .element(await tryOut('schedule-kms-key-deletion'))
    .toMatchTextContent(/^Allowed Rule 2.*Skipped: the expression fails.*field not found: delay-days/)
  await expect
    .element(await tryOut('create-api-key', '{"name": "x"}'))
    .toMatchTextContent('Refused This policy does not list iam, and its default refuses it.')
  await field('Parameters').fill('[1]')
  await expect.element(field('Parameters')).toHaveAccessibleDescription('The body must be a JSON object.')
  await field('Policy').fill(JSON.stringify(rules(['allow', "source_ip.startsWith('10.')"])))
  await field('Source IP').fill('10.0.0.7')
  await expect.element(await tryOut('encrypt')).toMatchTextContent(/^Allowed/)
  await field('Source IP').fill('192.0.2.1')
  await expect
    .element(await tryOut('encrypt'))
    .toMatchTextContent(/^Refused No rule of kms in this policy matches, so the call is refused\./)
  await expectAccessible()
})

test('a rule that names something unknown is warned of, in editor, try-out and role; saving it is possible', async () => {
  const policyCall = `PUT ${GATEWAY}/iam-role/r-free:policy`
  const { answers, sent } = open(
    { [policyCall]: { body: { id: 'o-1', state: 'success' } } },
    '/api-keys?tab=roles&role=r-free',
  )
  const unknown = rules(['deny', "resource.kms_key.id == 'x'"], ['allow', 'true'], ['allow', 'my-random-name'])
  await button('Edit role').click()
  await field('Policy').fill(JSON.stringify(unknown))
  await expect
    .element(remarks())
    .toMatchTextContent(/Warning: The rule never matches: the expression names “resource”; .*names “my”; /)
  await pick('Key', 'billing')
  const verdict = await tryOut('encrypt')
  await expect.element(verdict).toMatchTextContent(/^Allowed Rule 2.*1\. Refuse ?Never matches.*names “resource”; /)
  await expect.element(verdict).toMatchTextContent(/3\. Allow ?Never matches.*The expression names “my”; /)
  await expectAccessible()
  answers[`GET ${GATEWAY}/iam-role`] = {
    body: {
      'iam-roles': roles['iam-roles'].map((role) => (role.id === 'r-free' ? { ...role, policy: unknown } : role)),
    },
  }
  await dialog().getByRole('button', { name: 'Save role' }).click()
  await expect.element(page.getByText('Changed role unused.')).toBeVisible()
  expect(sent.filter(({ call }) => call === policyCall)).toEqual([{ call: policyCall, body: unknown }])
  const listed = page.getByRole('list', { name: 'Rules of KMS, in order' }).getByRole('listitem')
  await expect.element(listed.nth(0)).toMatchTextContent(/The rule never matches: the expression names “resource”; /)
  await expect.element(listed.nth(1)).not.toMatchTextContent('never matches')
  await expect.element(listed.nth(2)).toMatchTextContent(/The rule never matches: the expression names “my”; /)
})

test('the organisation’s policy counts in the try-out, where it can be read', async () => {
  const { answers } = open({}, '/api-keys?tab=roles&role=r-free')
  answers[`GET ${GATEWAY}/iam-organization-policy`] = {
    body: { 'default-service-strategy': 'allow', services: { kms: { type: 'deny' } } },
  }
  await button('Edit role').click()
  await pick('Key', 'billing')
  await expect
    .element(await tryOut('encrypt'))
    .toMatchTextContent('Refused The organisation’s policy refuses all of kms.')
  answers[`GET ${GATEWAY}/iam-organization-policy`] = { status: 403, body: { message: 'no' } }
  await dialog().getByRole('button', { name: 'Try', exact: true }).click()
  await expect.element(dialog()).toMatchTextContent('The organisation’s policy could not be read.')
})

test('a change sends only what is different, and the console’s own role warns', async () => {
  const policyCall = `PUT ${GATEWAY}/iam-role/r-reader:policy`
  const { sent } = open(
    { [policyCall]: { body: { id: 'o-1', state: 'success' } } },
    '/api-keys?tab=roles&role=r-reader',
  )
  await button('Edit role').click()
  await expect.element(dialog().getByRole('status').first()).toMatchTextContent('This console acts in this role.')
  const save = dialog().getByRole('button', { name: 'Save role' })
  await expect.element(save).toHaveAccessibleDescription('Nothing is changed.')
  const policy = rules(['allow', "operation == 'list-kms-keys'"])
  await field('Policy').fill(JSON.stringify(policy))
  await button('Show code').click()
  await expect
    .element(dialog().getByRole('tabpanel', { name: 'exo' }))
    .toMatchTextContent('exo iam role update r-reader')
  await save.click()
  await expect.element(page.getByText('Changed role reader.')).toBeVisible()
  expect(sent.filter(({ call }) => call.startsWith('PUT'))).toEqual([{ call: policyCall, body: policy }])
})

test('a change that the cloud finishes later can be left', async () => {
  open({ [creation]: { body: { id: 'o-1', state: 'pending' } } })
  await button('Create role').click()
  await field('Name').fill('slow')
  await dialog().getByRole('button', { name: 'Create role' }).click()
  await button('Stop waiting').click()
  await expect.element(dialog()).not.toBeInTheDocument()
})

test('a role with a fixed policy can’t be edited', async () => {
  open({}, '/api-keys?tab=roles&role=r-owner')
  await expect.element(button('Edit role')).toHaveAccessibleDescription('The policy of this role is fixed.')
})

test('a role that API keys use is not deleted, and they are named; another one is', async () => {
  const deletion = `DELETE ${GATEWAY}/iam-role/r-free`
  const { router, sent } = open(
    { [deletion]: { body: { id: 'o-1', state: 'success' } } },
    '/api-keys?tab=roles&role=r-ci',
  )
  await button('Delete role').click()
  await expect
    .element(dialog().getByRole('list', { name: 'API keys that use the role' }))
    .toMatchTextContent('runner 1 EXO2runner 2 EXO3')
  const confirm = dialog().getByRole('button', { name: 'Delete role' })
  await expect.element(confirm).toHaveAccessibleDescription('API keys use this role.')
  await button('Keep the role').click()
  await router.navigate('/api-keys?tab=roles&role=r-reader')
  await button('Delete role').click()
  await expect.element(confirm).toHaveAccessibleDescription('This console acts in this role.')
  await button('Keep the role').click()
  await router.navigate('/api-keys?tab=roles&role=r-free')
  await button('Delete role').click()
  await dialog().getByRole('textbox').fill('unused')
  await confirm.click()
  await expect.element(page.getByText('Deleted unused.')).toBeVisible()
  expect(sent.filter(({ call }) => call.startsWith('DELETE'))).toHaveLength(1)
})

test('the editor fits 390 px', async () => {
  await page.viewport(390, 844)
  open({}, '/api-keys?tab=roles&role=r-free')
  await button('Edit role').click()
  await expect.element(field('Policy')).toBeVisible()
  await expect.poll(() => document.documentElement.scrollWidth).toBe(390)
})
