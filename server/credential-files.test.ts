import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { json, startUpstream } from './gateway/testing/servers.ts'
import { folder, printed, start } from './testing/program.ts'

/** Replaces a file as most tools do it: by another one of its name. */
function put(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.new`, content)
  renameSync(`${file}.new`, file)
}

/** A volume as Kubernetes makes it: its files are links into a folder to which one link leads, that is replaced. */
function volume(): { readonly path: string; use(name: string, files: Readonly<Record<string, string>>): void } {
  const path = folder()
  return {
    path,
    use(name, files) {
      mkdirSync(join(path, `..${name}`))
      for (const [file, content] of Object.entries(files)) writeFileSync(join(path, `..${name}`, file), content)
      symlinkSync(`..${name}`, join(path, '..data_tmp'))
      renameSync(join(path, '..data_tmp'), join(path, '..data'))
    },
  }
}

const fileOf = (content: string | Uint8Array): string => {
  const file = join(folder(), 'credential')
  writeFileSync(file, content)
  return file
}

const mistakesOf = (environment: Readonly<Record<string, string>>): string => {
  try {
    readConfig(environment)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

/** Starts a console; returns its address, and a function that calls its cloud and gives the header that the cloud got. */
async function startConsole(environment: Readonly<Record<string, string>>) {
  const upstream = await startUpstream(json([]))
  const program = start(['console', '--port', '0'], {
    THALASSA_API_ENDPOINT: upstream.url,
    THALASSA_ORGANISATION_ID: 'acme',
    KMS_DATA_DIR: ':memory:',
    ...environment,
  })
  await printed(program, 'out', /^console: .*\n/m)
  const [, url = ''] = /^console: (.*)$/m.exec(program.output.out) ?? []
  return {
    url,
    program,
    async call() {
      await (await fetch(`${url}/api/thalassa/v1/kms/nl-01/keys`)).arrayBuffer()
      return upstream.seen.at(-1)?.headers.authorization
    },
  }
}

describe('at the start', () => {
  test('a credential comes from its file, without the last line end', () => {
    const secret = `${'s'.repeat(40)} `
    const config = readConfig({
      OIDC_ISSUER: 'https://login.example',
      OIDC_CLIENT_ID: 'console',
      OIDC_CLIENT_SECRET_FILE: fileOf(`${secret}\r\n`),
      SESSION_SECRET_FILE: fileOf(`${'a'.repeat(32)}\n${'b'.repeat(32)}\n`),
      KMS_ROOT_KEY_FILE: fileOf(Buffer.alloc(32, 7).toString('base64')),
      ROLES: '*: viewer',
      EXOSCALE_API_KEY_FILE: fileOf('EXOhidden\n'),
      EXOSCALE_API_SECRET: 'hidden',
    })
    expect(config.signIn?.oidc?.clientSecret).toBe(secret)
    expect(config.signIn?.secrets).toEqual(['a'.repeat(32), 'b'.repeat(32)])
    expect(config.kms.rootKey).toBe(Buffer.alloc(32, 7).toString('base64'))
    expect(config.warnings).toEqual([])
    expect(config.live).toMatchObject([
      {
        id: 'exoscale',
        settings: [
          { variable: 'EXOSCALE_API_KEY_FILE', role: 'credential', from: 'environment' },
          { variable: 'EXOSCALE_API_SECRET', role: 'credential', from: 'environment' },
        ],
      },
    ])
  })

  test.each([
    ['that is not there', () => '/nowhere/hidden', 'it is not there'],
    ['that is a folder', () => '/', 'it is a folder'],
    ['that is empty', () => fileOf('\n'), 'it is empty'],
    ['that is too long', () => fileOf('hidden'.repeat(20_000)), 'it is longer than 65536 bytes'],
    ['that is no text', () => fileOf(Uint8Array.of(0xff, 0xfe, 0x80)), 'it is not UTF-8 text'],
  ])('a file %s is a mistake of its variable alone', (_, pathOf, reason) => {
    const message = mistakesOf({ EXOSCALE_API_KEY_FILE: pathOf(), EXOSCALE_API_SECRET: 'hidden' })
    expect(message).toBe(
      `The configuration can't be used:\n- EXOSCALE_API_KEY_FILE names a file that can't be used: ${reason}`,
    )
  })

  test('the variable and its file exclude each other', () => {
    const message = mistakesOf({ SESSION_SECRET: 'hidden', SESSION_SECRET_FILE: fileOf('hidden') })
    expect(message).toContain('- SESSION_SECRET and SESSION_SECRET_FILE are both set; unset one of them')
    expect(message).not.toContain('hidden')
  })

  test('a file for a setting that is no credential is not read', () => {
    expect(readConfig({ KMS_DATA_DIR_FILE: '/x' }).warnings).toEqual([
      expect.stringMatching(/^KMS_DATA_DIR_FILE is not/),
    ])
  })
})

test('a token whose file is replaced, or whose volume is, is used from the next call on; a bad one is not', async () => {
  const secrets = volume()
  secrets.use('first', { token: 'token-one\n' })
  const token = join(secrets.path, 'token')
  symlinkSync('..data/token', token)
  const { call, program } = await startConsole({ THALASSA_ACCESS_TOKEN_FILE: token })
  expect(await call()).toBe('Bearer token-one')

  secrets.use('second', { token: 'token-two' })
  await printed(program, 'err', /credentials of Thalassa Cloud were replaced/)
  expect(await call()).toBe('Bearer token-two')

  const stay = "New credentials of Thalassa Cloud can't be used, and the old ones stay: THALASSA_ACCESS_TOKEN"
  secrets.use('empty', { token: '' })
  await printed(program, 'err', new RegExp(`${stay}_FILE names a file that can't be used: it is empty`))
  secrets.use('broken', { token: 'two secret words' })
  await printed(program, 'err', new RegExp(`${stay} must be printable ASCII`))
  expect(await call()).toBe('Bearer token-two')

  put(token, 'token-three')
  await expect.poll(call, { timeout: 60_000 }).toBe('Bearer token-three')
  expect(program.output.err).not.toMatch(/secret words|token-(one|two|three)/)
})

test('one of two files of an API key changes', async () => {
  const [key, secret] = [fileOf('EXOfirst'), fileOf('one')]
  const upstream = await startUpstream(json({ 'kms-keys': [] }))
  const { url, program } = await startConsole({
    THALASSA_ACCESS_TOKEN: 'token',
    EXOSCALE_API_ENDPOINT: upstream.url,
    EXOSCALE_API_KEY_FILE: key,
    EXOSCALE_API_SECRET_FILE: secret,
  })
  const call = () => fetch(`${url}/api/exoscale/ch-gva-2/kms-key`)
  await call()
  expect(upstream.seen.at(-1)?.headers.authorization).toContain('credential=EXOfirst,')
  put(key, 'EXOsecond')
  await printed(program, 'err', /credentials of Exoscale were replaced/)
  await call()
  expect(upstream.seen.at(-1)?.headers.authorization).toContain('credential=EXOsecond,')
  const session: unknown = await (await fetch(`${url}/api/session`)).json()
  expect(session).toMatchObject({ clouds: [{ id: 'thalassa' }, { id: 'exoscale', apiKey: 'EXOsecond' }] })
})
