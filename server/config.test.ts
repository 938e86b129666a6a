import { BlockList } from 'node:net'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCommandLine } from './command-line.ts'
import { readConfig } from './config.ts'
import { type Environment, projectFolder } from './env-file.ts'

const configOf = (environment: Environment, args: readonly string[] = []) =>
  readConfig(environment, readCommandLine(args))

const rootKey = Buffer.alloc(32, 7).toString('base64')
const thalassa = { THALASSA_PERSONAL_ACCESS_TOKEN: 'tc_pat_hidden', THALASSA_ORGANISATION_ID: 'acme' }
const exoscale = { EXOSCALE_API_KEY: 'EXOhidden', EXOSCALE_API_SECRET: 'hidden' }

const mistakesOf = (environment: Record<string, string>, args: string[] = []): string => {
  try {
    configOf(environment, args)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

test('default: the console on the local KMS', () => {
  expect(configOf({ PATH: '/bin', EXOSCALE_API_KEY: '' })).toEqual({
    mode: 'console',
    host: '127.0.0.1',
    port: 8300,
    readOnly: false,
    allowAnonymous: false,
    signIn: undefined,
    startToken: false,
    approvals: { kinds: [], lifetime: 24 * 3_600_000 },
    records: { dataDir: resolve(projectFolder, '.data'), databaseUrl: undefined },
    auditToStdout: false,
    proxies: expect.any(BlockList),
    rateLimit: 50,
    stopGrace: 3000,
    live: [],
    outbound: { routes: [], certificateFiles: [], certificates: [] },
    kms: { port: undefined, dataDir: resolve(projectFolder, '.data'), rootKey: undefined, exoscaleApi: '2026-11' },
    warnings: [],
  })
})

test('every setting', () => {
  const environment = {
    PORT: '0',
    HOST: '::1',
    KMS_PORT: '65535',
    KMS_DATA_DIR: '/var/lib/kms',
    KMS_ROOT_KEY: rootKey,
    KMS_EXOSCALE_API: '2026-07',
    KMS_XKS_ALLOW_PRIVATE: '1',
    READ_ONLY: 'true',
    ALLOW_ANONYMOUS: '1',
  }
  expect(configOf(environment, ['console'])).toMatchObject({
    host: '::1',
    port: 0,
    readOnly: true,
    allowAnonymous: true,
    kms: { port: 65_535, dataDir: '/var/lib/kms', rootKey, exoscaleApi: '2026-07', xks: { allowPrivate: true } },
  })
})

describe('arguments', () => {
  test('override the environment', () => {
    const config = configOf({ PORT: '1', HOST: '::1' }, ['--port', '0', '--host', '127.0.0.2'])
    expect(config).toMatchObject({ mode: 'console', port: 0, host: '127.0.0.2' })
  })

  test('kms alone: the port is the KMS’s, and credentials of providers are ignored', () => {
    expect(configOf(thalassa, ['kms'])).toMatchObject({ mode: 'kms', live: [], kms: { port: 8400 } })
    expect(configOf({}, ['kms', '--port', '0'])).toMatchObject({ port: 8300, kms: { port: 0 } })
  })

  test('a demonstration never connects to a real cloud', () => {
    const config = configOf({ ...thalassa, ...exoscale }, ['demo'])
    expect(config).toMatchObject({ mode: 'demo', live: [] })
  })

  test('a wrong value is reported with its flag', () => {
    expect(mistakesOf({ PORT: '1' }, ['kms', '--port', 'x'])).toContain('- --port must be a port')
    expect(mistakesOf({}, ['--host', 'http://x'])).toContain('- --host must be an IP address')
  })
})

test('a provider with credentials is live', () => {
  const idsOf = (environment: Environment) => configOf(environment).live.map(({ id }) => id)
  expect(idsOf(thalassa)).toEqual(['thalassa'])
  expect(idsOf(exoscale)).toEqual(['exoscale'])
  expect(idsOf({ ...thalassa, ...exoscale })).toEqual(['thalassa', 'exoscale'])
})

test('credentials over plain http to another machine give a warning', () => {
  const at = (endpoint: string) => configOf({ ...thalassa, THALASSA_API_ENDPOINT: endpoint }).warnings
  expect(at('http://kms.example')).toEqual([expect.stringContaining('THALASSA_API_ENDPOINT is plain http')])
  expect(at('http://127.0.0.1:8400')).toEqual([])
})

test.each([
  [{ PORT: '65536' }, 'PORT must be a port'],
  [{ PORT: '80a' }, 'PORT must be a port'],
  [{ KMS_PORT: '-1' }, 'KMS_PORT must be a port'],
  [{ HOST: 'http://x' }, 'HOST must be an IP address or a host name'],
  [{ HOST: '[::1]' }, 'HOST must be an IP address or a host name, without port or brackets'],
  [{ KMS_ROOT_KEY: 'c2hvcnQ=' }, 'KMS_ROOT_KEY must be the base64 text of exactly 32 bytes'],
  [{ KMS_EXOSCALE_API: 'v2' }, 'KMS_EXOSCALE_API must be reference or 2026-07'],
  [{ KMS_EXOSCALE_SWITCHES: 'default-key=gone' }, 'KMS_EXOSCALE_SWITCHES takes operations=pending'],
  [{ READ_ONLY: 'maybe' }, 'READ_ONLY must be true or false'],
  [{ ALLOW_ANONYMOUS: 'localhost' }, 'ALLOW_ANONYMOUS must be true or false'],
  [{ OPS_PORT: 'x' }, 'OPS_PORT must be a port'],
  [{ OPS_HOST: '10.0.0.1:9' }, 'OPS_HOST must be an IP address or a host name'],
  [{ STOP_SECONDS: '601' }, 'STOP_SECONDS must be a whole number of seconds from 0 to 600'],
  [{ RATE_LIMIT: '-1' }, 'RATE_LIMIT must be a whole number of requests a second from 0 to 10000'],
])('%j is refused', (environment, message) => {
  expect(mistakesOf(environment)).toContain(message)
})

test('all errors are reported together', () => {
  const said = mistakesOf({ PORT: 'x', READ_ONLY: 'x', THALASSA_CLIENT_ID: 'x', EXOSCALE_API_KEY: 'x' })
  expect(said.split('\n- ')).toHaveLength(5)
})

test('pages of other origins can get access', () => {
  const origins = ['https://app.example:8443', 'http://localhost:3000']
  expect(configOf({ KMS_ALLOWED_ORIGINS: origins.join(', ') }).kms).toMatchObject({ origins })
  for (const wrong of [
    '*',
    'null',
    'app.example',
    'https://app.example/',
    'https://APP.example',
    'ftp://app.example',
    'https://a.example,',
  ])
    expect(mistakesOf({ KMS_ALLOWED_ORIGINS: wrong })).toContain(
      'KMS_ALLOWED_ORIGINS must be origins separated by commas',
    )
})

test('the local KMS can have another address for its clients', () => {
  for (const url of ['http://kms:8400', 'https://kms.example', 'https://kms.example/'])
    expect(configOf({ KMS_PUBLIC_URL: url }, ['kms']).kms.publicUrl).toBe(url.replace(/\/$/, ''))
  for (const wrong of [
    'kms:8400',
    'ftp://kms',
    'http://kms/path',
    'http://kms?x',
    'http://me@kms',
    'http://',
    'x\r\ny',
  ])
    expect(mistakesOf({ KMS_PUBLIC_URL: wrong })).toContain('KMS_PUBLIC_URL must be the address that clients use')
  const unused = 'KMS_PUBLIC_URL is not used: the local KMS has no KMS_PORT.'
  expect(configOf({ KMS_PUBLIC_URL: 'http://kms:8400' }).warnings).toContain(unused)
  expect(configOf({ KMS_PUBLIC_URL: 'http://kms:8400', KMS_PORT: '0' }).warnings).toEqual([])
})

test('PUBLIC_URL is an address with scheme and host, and a path that gets its last slash', () => {
  for (const [given, href] of [
    ['https://kms.example', 'https://kms.example/'],
    ['https://KMS.example:443/kms', 'https://kms.example/kms/'],
    ['http://10.0.0.7:8300/a/b/', 'http://10.0.0.7:8300/a/b/'],
  ] as const)
    expect(configOf({ PUBLIC_URL: given, ALLOW_ANONYMOUS: '1' }).publicUrl?.href).toBe(href)
  expect(mistakesOf({ PUBLIC_URL: 'https://kms.example' })).toContain('Set up a sign-in (docs/team.md)')
  expect(configOf({ PUBLIC_URL: 'http://localhost:9000/kms' }).publicUrl?.href).toBe('http://localhost:9000/kms/')
  for (const wrong of [
    'kms.example',
    'ftp://kms.example',
    'https://user@kms.example',
    'https://kms.example/?a',
    'https://kms.example/#a',
    'https://kms.example//kms',
    'https://kms.example/%6b',
  ])
    expect(mistakesOf({ PUBLIC_URL: wrong })).toContain('PUBLIC_URL must be the address that people open')
  expect(configOf({}).publicUrl).toBeUndefined()
})

describe('DATABASE_URL', () => {
  const team = { API_TOKENS: `ci:${'0'.repeat(64)}`, ROLES: 'token:ci: viewer' }
  const local = 'postgres://console:secret@127.0.0.1/console'

  test('is the address of a PostgreSQL database, and is not shown where it is wrong', () => {
    const encrypted = 'postgresql://console:secret@db.example:6432/console?sslmode=verify-full'
    for (const databaseUrl of [local, encrypted])
      expect(configOf({ ...team, DATABASE_URL: databaseUrl })).toMatchObject({ records: { databaseUrl }, warnings: [] })
    for (const wrong of [
      'console:secret',
      'mysql://u:secret@db/x',
      'postgres://u:secret@db',
      'postgres:///x',
      'secret',
    ]) {
      const mistakes = mistakesOf({ DATABASE_URL: wrong })
      expect(mistakes).toContain('DATABASE_URL must be the address of a PostgreSQL database')
      expect(mistakes).not.toContain('secret')
    }
    expect(mistakesOf({ DATABASE_URL: `${local}?sslmode=require` })).toContain('verify-full')
  })

  test('holds the records and the keys, but not those of a demonstration', () => {
    expect(configOf({ DATABASE_URL: local }).kms.databaseUrl).toBe(local)
    expect(configOf({ DATABASE_URL: local }, ['kms']).kms.databaseUrl).toBe(local)
    expect(configOf({ DATABASE_URL: local }, ['demo']).kms).not.toHaveProperty('databaseUrl')
  })

  test('is warned about where the network can read along', () => {
    const far = { DATABASE_URL: 'postgres://console:secret@db.example/console' }
    expect(configOf({ ...team, ...far }).warnings.join()).toContain('is not encrypted')
  })

  test('is refused for what works on a data folder', () => {
    for (const args of [
      ['kms', '--test'],
      ['kms', '--test-clock'],
      ['kms', 'rewrap'],
      ['kms', 'restore', 'file'],
    ])
      expect(() => configOf({ DATABASE_URL: local }, args)).toThrow('unset DATABASE_URL')
  })
})

test('only the command kms has a test clock', () => {
  expect(configOf({}, ['kms']).kms).not.toHaveProperty('testClock')
  expect(configOf({}, ['kms', '--test-clock'])).toMatchObject({ mode: 'kms', kms: { testClock: true } })
  for (const mode of ['console', 'demo'])
    expect(() => configOf({}, [mode, '--test-clock'])).toThrow('--test-clock is for kms only')
})

test('a demonstration can have many more keys', () => {
  expect(configOf({}, ['demo', '--keys', '100000'])).toMatchObject({ mode: 'demo', extraKeys: 100_000 })
  expect(configOf({}, ['demo'])).not.toHaveProperty('extraKeys')
})

test.each([
  [['demo', '--keys', '0']],
  [['demo', '--keys', 'many']],
  [['console', '--keys', '5']],
  [['demo', '--keys', '1000000']],
])('%j is refused', (args) => {
  expect(() => configOf({}, args)).toThrow(/--keys (takes a number from 1 to 999999|is for demo only)/)
})

test('the configuration has the variables that made a provider live and their source, without values', () => {
  const environment = {
    EXOSCALE_API_SECRET: 'hidden',
    THALASSA_CLIENT_ID: 'hidden',
    THALASSA_ORGANISATION: 'hidden',
    THALASSA_PROJECT_ID: 'hidden',
    THALASSA_API_ENDPOINT: 'https://hidden.example',
    THALASSA_ACCESS_TOKEN: ' ',
  }
  const variables = { ...exoscale, THALASSA_CLIENT_SECRET: 'hidden', THALASSA_CLIENT_ID: 'hidden', PORT: '0' }
  const { live } = readConfig(environment, undefined, { path: '/etc/.env', variables })
  const settings = Object.fromEntries(live.map((provider) => [provider.id, provider.settings]))
  expect(settings).toEqual({
    thalassa: [
      { variable: 'THALASSA_CLIENT_ID', role: 'credential', from: 'environment' },
      { variable: 'THALASSA_CLIENT_SECRET', role: 'credential', from: 'file' },
      { variable: 'THALASSA_ORGANISATION', role: 'organisation', from: 'environment' },
      { variable: 'THALASSA_PROJECT_ID', role: 'project', from: 'environment' },
      { variable: 'THALASSA_API_ENDPOINT', role: 'endpoint', from: 'environment' },
    ],
    exoscale: [
      { variable: 'EXOSCALE_API_KEY', role: 'credential', from: 'file' },
      { variable: 'EXOSCALE_API_SECRET', role: 'credential', from: 'environment' },
    ],
  })
  expect(JSON.stringify(settings)).not.toContain('hidden')
})
