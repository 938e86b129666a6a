/** Key stores on the page of connections, with answers in place of a server. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../../app/query-client.ts'
import { type Answers, answerCalls } from '../../../clouds/testing/answers.ts'
import { keyWith } from '../../../clouds/testing/key.ts'
import { expectAccessible } from '../../../testing/accessibility.ts'
import { fillCache } from '../../../testing/query-cache.ts'
import { render } from '../../../testing/render.tsx'
import ConnectionsPage from '../ConnectionsPage.tsx'

const PATH = '/api/exoscale/ch-gva-2/key-store'
const SECRET = 'not-for-anybody-else'

const hsm = {
  id: 's-1',
  name: 'bank-hsm',
  status: 'connected',
  'status-since': '2026-11-20T10:00:00Z',
  proxy: { endpoint: 'https://xks.bank.test', auth: { key: 'AKXKS1' } },
}
const vault = { ...hsm, id: 's-2', name: 'vault', status: 'disconnected' }
const health = { status: 'unhealthy', 'status-reason': 'proxy-unreachable', 'checked-at': '2026-11-20T10:00:00Z' }

const external = keyWith({
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id: 'k-1',
  name: 'payroll',
  type: 'AES_256',
  traits: ['external'],
  external: { store: 's-1', key: 'hsm-key' },
})

function open(answers: Answers = {}, readOnly = false) {
  const all: Answers = {
    [`GET ${PATH}`]: { body: { 'key-stores': [hsm, vault] } },
    [`GET ${PATH}/s-1`]: { body: { ...hsm, health } },
    [`GET ${PATH}/s-2`]: { body: vault },
    ...answers,
  }
  const sent = answerCalls(all)
  fillCache({ keys: [external], readOnly })
  render(<ConnectionsPage />, { path: '/connections?tab=key-stores' })
  return sent
}

const panel = (name: string) => page.getByRole('region', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const button = (name: string) => page.getByRole('button', { name, exact: true })

async function fillCreation() {
  await button('Create key store').click()
  await dialog().getByRole('textbox', { name: 'Name' }).fill('new-hsm')
  await dialog().getByRole('textbox', { name: 'Endpoint' }).fill('https://xks.new.test')
  await dialog().getByRole('textbox', { name: 'Access key' }).fill('AKXKS9')
  await dialog().getByLabelText('Secret key').fill(SECRET)
}

test('each store tells its state, its health with the reason, and its keys; one with keys can’t be deleted', async () => {
  open()
  await expect
    .element(panel('bank-hsm'))
    .toMatchTextContent(/Connected.*Unhealthy.*The proxy can’t be reached\..*1 key/)
  await expect.element(panel('vault')).toMatchTextContent(/Disconnected.*Unknown, not checked yet.*KeysNone/)
  await expect.element(panel('bank-hsm').getByRole('link', { name: '1 key' })).toHaveAttribute('href', '/keys?q=s-1')
  await expectAccessible()
  await button('More actions for bank-hsm').click()
  await expect
    .element(page.getByRole('menuitem', { name: /Delete/ }))
    .toMatchTextContent(/1 key of this key store must be deleted first\./)
})

test('a store is created and connected; its secret is sent once and kept nowhere', async () => {
  const sent = open({
    [`POST ${PATH}`]: { body: { ...hsm, id: 's-9', name: 'new-hsm' } },
    [`POST ${PATH}/s-9/connect`]: { body: { status: 'success' } },
  })
  await fillCreation()
  await expect.element(dialog().getByLabelText('Secret key')).toHaveAttribute('type', 'password')
  await dialog().getByRole('button', { name: 'Show code' }).click()
  await expect.element(dialog()).toMatchTextContent(/XKS_SECRET_KEY/)
  expect(document.body.textContent).not.toContain(SECRET)
  await expectAccessible()
  await dialog().getByRole('button', { name: 'Create key store' }).click()
  await expect.element(page.getByText('Created and connected new-hsm.')).toBeVisible()
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(sent.filter(({ body }) => JSON.stringify(body ?? '').includes(SECRET)).map(({ call }) => call)).toEqual([
    `POST ${PATH}`,
  ])
  const kept = [queryClient.getQueryCache(), queryClient.getMutationCache()].map((cache) =>
    JSON.stringify(cache.getAll().map(({ state }) => state)),
  )
  expect(kept.join()).not.toContain(SECRET)
})

test('what is missing or refused is told at its field', async () => {
  open({
    [`POST ${PATH}`]: {
      status: 400,
      body: {
        title: 'Bad Request',
        detail: 'proxy.auth is refused by the proxy',
        'xks-proxy-error': { 'error-name': 'AuthenticationFailedException' },
      },
    },
  })
  await button('Create key store').click()
  await dialog().getByRole('button', { name: 'Create key store' }).click()
  await expect.element(dialog()).toMatchTextContent(/Give the key store a name\..*Type the proxy’s address/)
  await dialog().getByRole('button', { name: 'Not now' }).click()
  await fillCreation()
  await dialog().getByRole('button', { name: 'Create key store' }).click()
  await expect.element(dialog().getByLabelText('Secret key')).toHaveAttribute('aria-invalid', 'true')
  await expect
    .element(dialog())
    .toMatchTextContent(/AuthenticationFailedException\. Check the access key and the secret key\./)
  await expect.element(dialog().getByLabelText('Secret key')).toHaveValue(SECRET)
})

test('disconnecting names the keys that stop working', async () => {
  const sent = open({ [`POST ${PATH}/s-1/disconnect`]: { body: { status: 'success' } } })
  await panel('bank-hsm').getByRole('button', { name: 'Disconnect…' }).click()
  await expect.element(dialog()).toMatchTextContent(/These keys stop working:.*payroll/)
  await dialog().getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect.element(page.getByText('Disconnected bank-hsm.')).toBeVisible()
  expect(sent.map(({ call }) => call)).toContain(`POST ${PATH}/s-1/disconnect`)
})

test('a store that can’t be connected says why', async () => {
  open({ [`POST ${PATH}/s-2/connect`]: { status: 400, body: { title: 'Key Store Proxy Unhealthy' } } })
  await panel('vault').getByRole('button', { name: 'Connect' }).click()
  await expect
    .element(panel('vault').getByRole('alert'))
    .toMatchTextContent(/vault is not connected\..*Check that the proxy/)
})

test('a change sends only what is different', async () => {
  const sent = open({ [`POST ${PATH}/s-2/update`]: { body: vault } })
  await button('More actions for vault').click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  await expect
    .element(dialog().getByRole('button', { name: 'Save key store' }))
    .toHaveAttribute('aria-disabled', 'true')
  await dialog().getByRole('textbox', { name: 'Description' }).fill('moved')
  await dialog().getByRole('button', { name: 'Save key store' }).click()
  await expect.element(page.getByText('Changed vault.')).toBeVisible()
  expect(sent.find(({ call }) => call.endsWith('/update'))?.body).toEqual({ description: 'moved' })
})

test('the page of an older service says that it has no key stores', async () => {
  open({ [`GET ${PATH}`]: { status: 404, body: { title: 'Not Found' } } })
  await expect.element(page.getByText('This Exoscale service has no key stores')).toBeVisible()
  expect(page.getByRole('alert').elements()).toEqual([])
})

test('a console that only reads changes nothing and says why', async () => {
  open({ [`GET ${PATH}`]: { body: { 'key-stores': [] } } }, true)
  await expect.element(page.getByText('No key stores yet')).toBeVisible()
  await expect.element(button('Create key store')).toHaveAttribute('aria-disabled', 'true')
})
