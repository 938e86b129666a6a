import { describe, expect, test } from 'vitest'
import { detailsOf } from '../errors.ts'
import { loggedExchanges } from '../request-log.ts'
import { answerCalls } from '../testing/answers.ts'
import { keyStores } from './key-stores.ts'

const zone = 'ch-gva-2'
const call = (method: string, rest = '') => `${method} /api/exoscale/${zone}/key-store${rest}`

const entry = {
  id: 's-1',
  name: 'bank-hsm',
  status: 'connected',
  'status-since': '2026-11-20T10:00:00Z',
  'created-at': '2026-11-01T10:00:00Z',
  proxy: { endpoint: 'https://xks.bank.test', auth: { key: 'AKXKS1' } },
}

const wanted = {
  name: 'bank-hsm',
  description: '',
  endpoint: 'https://xks.bank.test',
  accessKey: 'AKXKS1',
  secretKey: 'not-for-anybody-else',
}

const refusal = (title: string, more: Record<string, unknown> = {}) => ({
  status: 400,
  body: { type: 'about:blank', title, status: 400, detail: title, ...more },
})

describe('the list', () => {
  test('reads what the service sends, also entries with little in them', async () => {
    answerCalls({ [call('GET')]: { body: { 'key-stores': [entry, { id: 's-2' }, { name: 'without id' }] } } })
    expect(await keyStores.list(zone)).toEqual({
      items: [
        {
          id: 's-1',
          name: 'bank-hsm',
          connected: true,
          since: Date.UTC(2026, 10, 20, 10),
          createdAt: Date.UTC(2026, 10, 1, 10),
          endpoint: 'https://xks.bank.test',
          accessKey: 'AKXKS1',
        },
        { id: 's-2', name: 's-2', connected: false },
      ],
      unreadable: [{ name: 'without id', reason: 'id is missing or of another type.' }],
    })
  })

  test('is null where the service knows no such path, and fails with any other refusal', async () => {
    answerCalls({ [call('GET')]: { status: 404, body: { title: 'Not Found' } } })
    expect(await keyStores.list(zone)).toBeNull()
    answerCalls({ [call('GET')]: { status: 403, body: { message: 'Forbidden by role policy' } } })
    await expect(keyStores.list(zone)).rejects.toThrow('Forbidden by role policy')
  })
})

describe('health', () => {
  test.each([
    [{ status: 'healthy', 'checked-at': '2026-11-20T10:00:00Z' }, 'healthy', undefined],
    [{ status: 'unhealthy', 'status-reason': 'proxy-unreachable' }, 'unhealthy', 'The proxy can’t be reached.'],
    [
      { status: 'unhealthy', 'status-reason': 'proxy-unreachable', 'error-detail': 'connect refused' },
      'unhealthy',
      'The proxy can’t be reached. Connect refused.',
    ],
    [{ status: 'unhealthy', 'status-reason': 'other-word' }, 'unhealthy', 'Other-word.'],
    [{ status: 'something new' }, 'unknown', undefined],
    [{}, 'unknown', undefined],
  ])('%j', async (health, status, reason) => {
    answerCalls({ [call('GET', '/s-1')]: { body: { ...entry, health } } })
    const store = await keyStores.read(zone, 's-1')
    expect(store.health?.status).toBe(status)
    expect(store.health?.reason).toBe(reason)
  })

  test('is absent before the first check', async () => {
    answerCalls({ [call('GET', '/s-1')]: { body: entry } })
    expect((await keyStores.read(zone, 's-1')).health).toBeUndefined()
  })
})

describe('changes', () => {
  test('create sends everything once, and the log of requests keeps no secret', async () => {
    const sent = answerCalls({ [call('POST')]: { body: entry } })
    expect(await keyStores.create(zone, { ...wanted, description: 'HSM of the bank' })).toBe('s-1')
    const { endpoint, accessKey, secretKey } = wanted
    const proxy = { endpoint, auth: { key: accessKey, secret: secretKey } }
    expect(sent[0]?.body).toEqual({ name: 'bank-hsm', description: 'HSM of the bank', proxy })
    const logged = JSON.stringify(loggedExchanges())
    expect(logged).toContain('AKXKS1')
    expect(logged).not.toContain(secretKey)
  })

  test.each([
    [{ description: '' }, { description: '' }],
    [{ endpoint: 'https://b.test' }, { proxy: { endpoint: 'https://b.test' } }],
    [
      { credentials: { accessKey: 'A', secretKey: 'secret-of-a' } },
      { proxy: { auth: { key: 'A', secret: 'secret-of-a' } } },
    ],
  ])('only %j is sent', async (changes, body) => {
    const sent = answerCalls({ [call('POST', '/s-1/update')]: { body: entry } })
    await keyStores.change(zone, 's-1', changes)
    expect(sent[0]?.body).toEqual(body)
  })
})

describe('refusals', () => {
  const proxyError = (name: string) => ({ 'xks-proxy-error': { 'error-name': name, 'error-message': 'no' } })
  test.each([
    [refusal('Name Conflict'), 'name', 'Choose another name.'],
    [refusal('Key Store Proxy Unhealthy'), 'endpoint', 'Check that the proxy runs'],
    [
      refusal('Key Store Proxy Unhealthy', proxyError('AuthenticationFailedException')),
      'secretKey',
      'Check the access key and the secret key.',
    ],
    [refusal('Key Store Proxy Unhealthy', proxyError('SomethingNew')), 'endpoint', 'Check that the proxy runs'],
    [refusal('Bad Request', { detail: 'proxy.endpoint: private addresses are refused' }), 'endpoint', ''],
    [refusal('Bad Request', { errors: [{ path: 'proxy.auth.secret', detail: 'too short' }] }), 'secretKey', ''],
    [refusal('Bad Request', { detail: 'proxy.auth.key is empty' }), 'accessKey', ''],
    [refusal('Bad Request', { detail: 'description has more than 1024 characters' }), 'description', ''],
    [refusal('Key Store Is Referenced'), undefined, 'Delete its keys first'],
    [refusal('Conflict'), undefined, 'Somebody changed the key store meanwhile.'],
    [refusal('Not Found'), undefined, 'It may have been deleted.'],
  ])('%j is at the field %s', async (answer, field, advice) => {
    answerCalls({}, answer)
    const error: unknown = await keyStores.create(zone, wanted).catch((thrown: unknown) => thrown)
    expect(detailsOf(error).field).toBe(field)
    expect(detailsOf(error).advice).toContain(advice)
  })

  test('what the proxy answered is told', async () => {
    answerCalls({}, refusal('Key Store Proxy Unhealthy', proxyError('AccessDeniedException')))
    await expect(keyStores.connect(zone, 's-1')).rejects.toThrow(
      'Key Store Proxy Unhealthy. The key store’s proxy answered AccessDeniedException: no.',
    )
  })
})

describe('code', () => {
  const { secretKey, ...typed } = wanted
  const codeOf = (label: string, snippets: ReturnType<typeof keyStores.code.connect>) =>
    snippets
      .find((snippet) => snippet.label === label)
      ?.code.split('\n\n')
      .at(-1) ?? ''

  test('of a creation reads the secret from the environment, and connects with the id of the answer', () => {
    const snippets = keyStores.code.create(zone, { ...typed, name: 'the bank’s', connects: true })
    expect(snippets.map(({ label, requires }) => [label, requires])).toEqual([
      ['curl', undefined],
      ['exo', 'exo 1.102.1 or newer'],
      ['Go', 'egoscale v3.1.59 or newer'],
      ['Python', 'exoscale newer than 0.16.4'],
    ])
    expect(codeOf('exo', snippets)).toBe(
      [
        "exo kms keystore create 'the bank’s' https://xks.bank.test",
        '--access-key AKXKS1',
        '--secret-key "$XKS_SECRET_KEY"',
        '--connect-on-create',
        '--zone ch-gva-2',
      ].join(' \\\n  '),
    )
    expect(codeOf('curl', snippets)).toContain(`"auth":{"key":"AKXKS1","secret":"'"$XKS_SECRET_KEY"'"}`)
    expect(codeOf('curl', snippets)).toContain('exo_call POST "/key-store/$ID/connect"')
    expect(codeOf('Go', snippets).replaceAll(/\s+/g, ' ')).toContain(
      'Proxy: &v3.KeyStoreProxy{ Endpoint: "https://xks.bank.test", Auth: &v3.KeyStoreProxyAuth{ Key: "AKXKS1", Secret: os.Getenv("XKS_SECRET_KEY"), }, }',
    )
    expect(codeOf('Go', snippets)).toContain('must(client.ConnectKeyStore(ctx, answer.ID))')
    expect(codeOf('Python', snippets)).toContain('"auth": {"key": "AKXKS1", "secret": os.environ["XKS_SECRET_KEY"]}')
  })

  test('of a change has only what is changed', () => {
    expect(codeOf('exo', keyStores.code.change(zone, 's-1', { description: 'moved' }))).toBe(
      'exo kms keystore update s-1 \\\n  --description moved \\\n  --zone ch-gva-2',
    )
    expect(codeOf('Go', keyStores.code.change(zone, 's-1', { accessKey: 'A' }))).toContain(
      'Proxy: &v3.UpdateKeyStoreProxy{Auth: &v3.KeyStoreProxyAuth{',
    )
    expect(codeOf('curl', keyStores.code.change(zone, 's-1', { accessKey: 'A' }))).toBe(
      `exo_call POST /key-store/s-1/update '{"proxy":{"auth":{"key":"A","secret":"'"$XKS_SECRET_KEY"'"}}}'`,
    )
  })

  test('of a deletion asks nothing', () => {
    expect(codeOf('exo', keyStores.code.remove(zone, 's-1'))).toContain('keystore delete s-1 \\\n  --force')
    expect(codeOf('curl', keyStores.code.remove(zone, 's-1'))).toBe('exo_call DELETE /key-store/s-1')
  })
})
