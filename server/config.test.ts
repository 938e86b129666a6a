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

test('nothing set: the console on the local KMS', () => {
  expect(configOf({ PATH: '/bin', EXOSCALE_API_KEY: '' })).toEqual({
    mode: 'console',
    host: '127.0.0.1',
    port: 8300,
    readOnly: false,
    thalassa: undefined,
    exoscale: undefined,
    kms: { port: undefined, dataDir: resolve(projectFolder, '.data'), rootKey: undefined, exoscaleApi: 'reference' },
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
    READ_ONLY: 'true',
  }
  expect(configOf(environment, ['console'])).toMatchObject({
    host: '::1',
    port: 0,
    readOnly: true,
    kms: { port: 65_535, dataDir: '/var/lib/kms', rootKey, exoscaleApi: '2026-07' },
  })
})

describe('arguments', () => {
  test('win over the environment', () => {
    const config = configOf({ PORT: '1', HOST: '::1' }, ['--port', '0', '--host', '127.0.0.2'])
    expect(config).toMatchObject({ mode: 'console', port: 0, host: '127.0.0.2' })
  })

  test('kms alone: the port is the KMS’s, and clouds’ credentials are of no use', () => {
    expect(configOf(thalassa, ['kms'])).toMatchObject({ mode: 'kms', thalassa: undefined, kms: { port: 8400 } })
    expect(configOf({}, ['kms', '--port', '0'])).toMatchObject({ port: 8300, kms: { port: 0 } })
  })

  test('a demonstration never touches a real cloud', () => {
    const config = configOf({ ...thalassa, ...exoscale }, ['demo'])
    expect(config).toMatchObject({ mode: 'demo', thalassa: undefined, exoscale: undefined })
  })

  test('a wrong value is told by the flag that gave it', () => {
    expect(mistakesOf({ PORT: '1' }, ['kms', '--port', 'x'])).toContain('- --port must be a port')
    expect(mistakesOf({}, ['--host', 'http://x'])).toContain('- --host must be an IP address')
  })
})

describe('Thalassa', () => {
  const organisation = { THALASSA_ORGANISATION: 'acme' }
  test.each([
    [{ THALASSA_PERSONAL_ACCESS_TOKEN: 'p' }, { kind: 'token', token: 'p' }],
    [{ THALASSA_API_TOKEN: 'p' }, { kind: 'token', token: 'p' }],
    [
      { THALASSA_API_TOKEN: 'p', THALASSA_PERSONAL_ACCESS_TOKEN: 'p' },
      { kind: 'token', token: 'p' },
    ],
    [{ THALASSA_ACCESS_TOKEN: 'a' }, { kind: 'bearer', token: 'a' }],
    [
      { THALASSA_CLIENT_ID: 'i', THALASSA_CLIENT_SECRET: 's' },
      { kind: 'client', id: 'i', secret: 's' },
    ],
  ])('%j', (environment, credential) => {
    expect(configOf({ ...environment, ...organisation }).thalassa).toEqual({
      endpoint: 'https://api.thalassa.cloud',
      credential,
      organisation: 'acme',
      project: undefined,
    })
  })

  test('endpoint and project', () => {
    const set = { ...thalassa, THALASSA_API_ENDPOINT: 'https://kms.example/base/', THALASSA_PROJECT_ID: 'payments' }
    expect(configOf(set).thalassa).toMatchObject({ endpoint: 'https://kms.example/base', project: 'payments' })
  })

  test.each([
    [{ ...thalassa, THALASSA_ACCESS_TOKEN: 'hidden' }, 'More than one kind of Thalassa credential'],
    [{ ...thalassa, THALASSA_API_TOKEN: 'hidden' }, 'mean the same and are set to different values'],
    [{ ...thalassa, THALASSA_ORGANISATION: 'other' }, 'mean the same and are set to different values'],
    [{ THALASSA_CLIENT_ID: 'hidden' }, 'THALASSA_CLIENT_SECRET is missing while THALASSA_CLIENT_ID is set'],
    [{ THALASSA_CLIENT_SECRET: 'hidden' }, 'THALASSA_CLIENT_ID is missing while THALASSA_CLIENT_SECRET is set'],
    [{ THALASSA_ACCESS_TOKEN: 'hidden' }, 'THALASSA_ORGANISATION_ID (or THALASSA_ORGANISATION) is missing'],
    [{ THALASSA_API_ENDPOINT: 'https://x' }, 'THALASSA_API_ENDPOINT set without a credential for Thalassa'],
    [{ THALASSA_ORGANISATION_ID: 'acme' }, 'THALASSA_ORGANISATION_ID set without a credential for Thalassa'],
    [{ ...thalassa, THALASSA_API_TOKEN: 'hid\nden' }, 'THALASSA_API_TOKEN must be printable ASCII'],
    [{ ...thalassa, THALASSA_API_ENDPOINT: 'api.thalassa.cloud' }, 'THALASSA_API_ENDPOINT must be a base URL'],
    [{ ...thalassa, THALASSA_API_ENDPOINT: 'https://u:hidden@x' }, 'THALASSA_API_ENDPOINT must be a base URL'],
  ])('%j is refused', (environment, message) => {
    const said = mistakesOf(environment)
    expect(said).toContain(message)
    expect(said).not.toContain('hidden')
  })
})

describe('Exoscale', () => {
  test.each([
    [undefined, 'https://api-{zone}.exoscale.com/v2'],
    ['https://ppapi-{zone}.exoscale.com/v2/', 'https://ppapi-{zone}.exoscale.com/v2'],
    ['https://api-de-fra-1.exoscale.com/v2', 'https://api-{zone}.exoscale.com/v2'],
    ['https://kms.example/v2', 'https://kms.example/v2'],
  ])('endpoint %s', (given, endpoint) => {
    const config = configOf({ ...exoscale, ...(given === undefined ? {} : { EXOSCALE_API_ENDPOINT: given }) })
    expect(config.exoscale).toEqual({ endpoint, key: 'EXOhidden', secret: 'hidden' })
    expect(config.warnings).toHaveLength(endpoint.includes('{zone}') ? 0 : 1)
  })

  test.each([
    [{ EXOSCALE_API_KEY: 'hidden' }, 'EXOSCALE_API_SECRET missing while EXOSCALE_API_KEY is set'],
    [{ EXOSCALE_API_SECRET: 'hidden' }, 'EXOSCALE_API_KEY missing while EXOSCALE_API_SECRET is set'],
    [
      { EXOSCALE_API_ENDPOINT: 'https://x' },
      'EXOSCALE_API_KEY and EXOSCALE_API_SECRET missing while EXOSCALE_API_ENDPOINT is set',
    ],
  ])('%j is refused', (environment, message) => {
    const said = mistakesOf(environment)
    expect(said).toContain(message)
    expect(said).not.toContain('hidden')
  })
})

test('credentials over plain http to another machine are worth a warning', () => {
  const at = (endpoint: string) => configOf({ ...thalassa, THALASSA_API_ENDPOINT: endpoint }).warnings
  expect(at('http://kms.example')).toEqual([expect.stringContaining('THALASSA_API_ENDPOINT is plain http')])
  expect(at('http://127.0.0.1:8400')).toEqual([])
})

test.each([
  [{ PORT: '65536' }, 'PORT must be a port'],
  [{ PORT: '80a' }, 'PORT must be a port'],
  [{ KMS_PORT: '-1' }, 'KMS_PORT must be a port'],
  [{ HOST: 'http://x' }, 'HOST must be an IP address or a host name'],
  [{ KMS_ROOT_KEY: 'c2hvcnQ=' }, 'KMS_ROOT_KEY must be the base64 text of exactly 32 bytes'],
  [{ KMS_EXOSCALE_API: 'v2' }, 'KMS_EXOSCALE_API must be reference or 2026-07'],
  [{ KMS_EXOSCALE_SWITCHES: 'default-key=gone' }, 'KMS_EXOSCALE_SWITCHES takes operations=pending'],
  [{ READ_ONLY: 'maybe' }, 'READ_ONLY must be true or false'],
])('%j is refused', (environment, message) => {
  expect(mistakesOf(environment)).toContain(message)
})

test('all mistakes are told at once', () => {
  const said = mistakesOf({ PORT: 'x', READ_ONLY: 'x', THALASSA_CLIENT_ID: 'x', EXOSCALE_API_KEY: 'x' })
  expect(said.split('\n- ')).toHaveLength(5)
})

test('pages of other origins may be let in', () => {
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

test('the local KMS may have another address for its clients', () => {
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

test('the local KMS alone may have a clock that tests move', () => {
  expect(configOf({}, ['kms']).kms).not.toHaveProperty('testClock')
  expect(configOf({}, ['kms', '--test-clock'])).toMatchObject({ mode: 'kms', kms: { testClock: true } })
  for (const mode of ['console', 'demo'])
    expect(() => configOf({}, [mode, '--test-clock'])).toThrow('--test-clock is for kms only')
})

test('a demonstration may have many keys more', () => {
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
