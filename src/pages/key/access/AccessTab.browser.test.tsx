/** The tab Access of a key: loading, empty, failed, without a right, in light and dark, and on narrow screens. */
import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Session } from '../../../clouds/gateway/wire.ts'
import { type Answers, answerCalls } from '../../../clouds/testing/answers.ts'
import { keyWith } from '../../../clouds/testing/key.ts'
import { expectAccessible } from '../../../testing/accessibility.ts'
import { fillCache } from '../../../testing/query-cache.ts'
import { render } from '../../../testing/render.tsx'
import { expectNoOverflow, narrowWindow, setWindowWidth } from '../../../testing/window.ts'
import { AccessTab } from './AccessTab.tsx'

const KEY = '0197c3a0-0000-7000-8000-000000000001'
const key = keyWith({ cloud: 'exoscale', location: 'ch-gva-2', id: KEY, type: 'AES_256', can: ['encrypt'] })

const policy = (...rules: readonly (readonly [action: string, expression: string])[]) => ({
  'default-service-strategy': 'deny',
  services: { kms: { type: 'rules', rules: rules.map(([action, expression]) => ({ action, expression })) } },
})

const roles = [
  { id: 'r-2', name: 'office', policy: policy(['allow', "source_ip == '192.0.2.7'"]) },
  {
    id: 'r-1',
    name: 'app',
    policy: policy(['deny', "operation == 'decrypt'"], ['allow', "operation in ['encrypt', 'decrypt']"]),
  },
]

const zone = 'GET /api/exoscale/ch-gva-2'
const answers: Answers = {
  [`${zone}/iam-role`]: { body: { 'iam-roles': roles } },
  [`${zone}/api-key`]: {
    body: {
      'api-keys': [
        { key: 'EXO1', name: 'web', 'role-id': 'r-1' },
        { key: 'EXO2', name: 'console', 'role-id': 'r-1' },
      ],
    },
  },
  [`${zone}/kms-key/${KEY}`]: { body: { id: KEY, name: 'billing' } },
  [`${zone}/iam-organization-policy`]: { body: { 'default-service-strategy': 'allow', services: {} } },
}

const signedIn: Partial<Session> = {
  person: { subject: 'linus', name: 'Linus', grants: [{ group: 'sre', role: 'user' }], canSignOut: true },
  grants: [
    { group: 'kms-admins', role: 'admin' },
    { group: 'sre', role: 'user' },
  ],
  needs: { readKey: 'viewer', encrypt: 'user', decrypt: 'user', rotate: 'operator', scheduleDeletion: 'operator' },
  approvals: ['deletion'],
}

function open(given: Answers = {}, session: Partial<Session> = {}, kmsKey = key) {
  fillCache({ clouds: [{ id: kmsKey.cloud, mode: 'embedded', apiKey: 'EXO2' }], ...session })
  answerCalls({ ...answers, ...given })
  return render(
    <main className="px-(--gutter)">
      <AccessTab kmsKey={kmsKey} />
    </main>,
  )
}

const matrix = () => page.getByRole('table', { name: 'What each role may do' })
const row = (name: string) => matrix().getByRole('row').filter({ hasText: name })
const consoleRows = () => page.getByRole('region', { name: 'In this console' }).getByRole('row')

/** Words of a role's cell in the column of an operation. */
async function verdict(role: string, operation: string) {
  await expect.element(row(role)).toBeVisible()
  const columns = matrix().getByRole('columnheader').elements()
  const place = columns.findIndex(({ textContent }) => textContent === operation)
  return row(role).element().children[place]?.textContent
}

beforeEach(() => setWindowWidth(1280))

describe('at a provider whose roles have policies', () => {
  test('each role has a verdict for each operation, what decides, and its API keys', async () => {
    open()
    expect(await verdict('app', 'Encrypt')).toBe('Allowed by rule 2')
    expect(await verdict('app', 'Decrypt')).toBe('Refused by rule 1')
    expect(await verdict('app', 'Rotate')).toBe('Refused because no rule matches')
    expect(await verdict('office', 'Encrypt')).toBe('Depends on source_ip (rule 1)')
    await expect.element(row('app')).toMatchTextContent(/2 API keys: console \(this console\), web/)
    await expect.element(row('office')).toMatchTextContent(/No API key/)
    await expect
      .element(row('app').getByRole('link', { name: '2 API keys' }))
      .toHaveAttribute('href', '/api-keys?role=r-1')
    await expect
      .element(row('app').getByRole('link', { name: 'app' }))
      .toHaveAttribute('href', '/api-keys?tab=roles&role=r-1')
    const opener = page.getByRole('button', { name: 'Details of app' })
    opener.element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(opener).toHaveAttribute('aria-expanded', 'true')
    await expect.element(page.getByRole('term').filter({ hasText: 'Allowed by rule 2' })).toBeVisible()
    await expect.element(page.getByRole('definition').filter({ hasText: /^Encrypt$/ })).toBeVisible()
    await expectAccessible()
  })

  test('on a narrow screen roles are cards', async () => {
    await narrowWindow()
    open({}, signedIn)
    const cards = page.getByRole('list', { name: 'What each role may do' }).getByRole('listitem')
    await expect
      .element(cards.first())
      .toMatchTextContent(/app.*Allowed by rule 2.*Encrypt.*Refused by rule 1.*Decrypt/)
    await expect.element(cards.last()).toMatchTextContent(/office.*Depends on source_ip \(rule 1\).*Everything/)
    await expectNoOverflow()
    await expectAccessible()
  })

  test('is read: a skeleton', async () => {
    open({ [`${zone}/iam-role`]: 'none' })
    await expect.element(page.getByText('Reading who has access')).toBeInTheDocument()
    await expectAccessible()
  })

  test('has no roles', async () => {
    open({ [`${zone}/iam-role`]: { body: { 'iam-roles': [] } } })
    await expect.element(page.getByRole('heading', { name: 'No roles' })).toBeVisible()
    await expectAccessible()
  })

  test('does not let the console read roles: what the gateway’s role must allow', async () => {
    open({ [`${zone}/iam-role`]: { status: 403, body: { message: 'Forbidden by role policy' } } })
    await expect.element(page.getByText('The roles could not be read')).toBeVisible()
    await expect.element(page.getByText(/must allow the operation list-iam-roles of the service iam/)).toBeVisible()
    await expectAccessible()
  })

  test('fails, and answers when it is asked again', async () => {
    const given: Answers = { [`${zone}/kms-key/${KEY}`]: { status: 404, body: { message: 'Not Found' } } }
    const path = `${zone}/iam-organization-policy`
    given[path] = { status: 400, body: { message: 'Bad Request' } }
    const all = { ...answers, ...given }
    fillCache({ clouds: [{ id: 'exoscale', mode: 'embedded' }] })
    answerCalls(all)
    render(<AccessTab kmsKey={key} />)
    await expect.element(page.getByText('The key could not be read')).toBeVisible()
    all[path] = { body: { 'default-service-strategy': 'allow', services: {} } }
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect.element(matrix()).toBeVisible()
  })

  test('may keep its API keys and the organisation’s policy from the console', async () => {
    const forbidden = { status: 403, body: { message: 'Forbidden by role policy' } }
    open({ [`${zone}/api-key`]: forbidden, [`${zone}/iam-organization-policy`]: forbidden })
    await expect.element(row('app')).toMatchTextContent(/API keys unknown/)
    await expect.element(page.getByText(/The organisation’s policy could not be read/)).toBeVisible()
  })
})

test('where permissions decide, each has the operations that need it', async () => {
  open({}, {}, keyWith({ type: 'ed25519', purpose: 'sign', can: ['sign'], traits: ['exportable'] }))
  const rows = page.getByRole('table', { name: 'What each permission allows' }).getByRole('row')
  await expect.element(rows.nth(0)).toMatchTextContent(/Permission on kms_key/)
  await expect.element(rows.nth(1)).toMatchTextContent(/^readRead key$/)
  await expect.element(rows.nth(2)).toMatchTextContent(/^list \+ readRead public key$/)
  await expect.element(rows.nth(3)).toMatchTextContent(/^updateSign, Verify, Rotate, Change rotation, Export$/)
  await expect.element(rows.nth(4)).toMatchTextContent(/^deleteDisable, Enable/)
  await expectAccessible()
})

test('where people sign in, this console’s roles have their groups and what the person may do', async () => {
  open({}, signedIn)
  await expect.element(consoleRows().nth(1)).toMatchTextContent(/Viewer.*Read key.*kms-admins, sre.*Yes/i)
  await expect.element(consoleRows().nth(2)).toMatchTextContent(/User.*Encrypt, Decrypt.*kms-admins, sre.*Yes/i)
  await expect.element(consoleRows().nth(3)).toMatchTextContent(/Operator.*Rotate, Schedule deletion.*kms-admins.*No/i)
  await expect.element(page.getByText('A second person must approve: Schedule deletion.')).toBeVisible()
  await expect.element(matrix()).toBeVisible()
  await expectAccessible()
})

test('without sign-in it has no roles of the console', async () => {
  open()
  await expect.element(matrix()).toBeVisible()
  await expect.element(page.getByRole('region', { name: 'In this console' })).not.toBeInTheDocument()
})
