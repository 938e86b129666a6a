import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Session } from '../src/clouds/gateway/wire.ts'
import { exit, folder, lastOfKms, printed, start, started } from './testing/program.ts'

test('kms prints its address and the variables of the vendors’ tools, and ends cleanly', async () => {
  const run = start(['kms', '--port', '0'])
  const { kms, ...variables } = await started(run, lastOfKms)
  expect(kms).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(variables).toMatchObject({
    THALASSA_API_ENDPOINT: kms,
    THALASSA_API_TOKEN: variables.THALASSA_PERSONAL_ACCESS_TOKEN,
    THALASSA_ORGANISATION: variables.THALASSA_ORGANISATION_ID,
    THALASSA_READER_TOKEN: expect.stringMatching(/^tc_pat_[0-9a-f]{48}$/),
    THALASSA_CRYPTO_TOKEN: expect.stringMatching(/^tc_pat_[0-9a-f]{48}$/),
    EXOSCALE_API_ENDPOINT: `${kms}/v2`,
    EXOSCALE_API_KEY: expect.stringMatching(/^EXO[0-9a-f]{24}$/),
  })
  expect(variables).not.toHaveProperty('THALASSA_CLIENT_ID')
  const [client_id, client_secret] = ['ID', 'SECRET'].map(
    (half) => new RegExp(`^# .*export THALASSA_CLIENT_${half}=(\\S+)$`, 'm').exec(run.output.out)?.[1] ?? '',
  )
  const form = { grant_type: 'client_credentials', client_id: `${client_id}`, client_secret: `${client_secret}` }
  expect((await fetch(`${kms}/oidc/token`, { method: 'POST', body: new URLSearchParams(form) })).status).toBe(200)
  const summary = await fetch(`${kms}/v1/kms/summary`, {
    headers: {
      authorization: `Token ${variables.THALASSA_PERSONAL_ACCESS_TOKEN}`,
      'x-organisation-identity': variables.THALASSA_ORGANISATION_ID ?? '',
    },
  })
  expect(summary.status).toBe(200)
  expect((await fetch(`${kms}/v2/zone`)).status).toBe(200)
  for (const secret of ['THALASSA_PERSONAL_ACCESS_TOKEN', 'EXOSCALE_API_SECRET']) {
    expect(run.output.err).not.toContain(variables[secret])
  }
  run.child.kill('SIGTERM')
  expect(await exit(run.child)).toBe(0)
})

test('kms with a test clock and an allowed origin', async () => {
  const origin = 'http://localhost:3000'
  const run = start(['kms', '--port', '0', '--test-clock'], { KMS_ALLOWED_ORIGINS: origin })
  const { kms } = await started(run, lastOfKms)
  const moved = await fetch(`${kms}/clock`, { method: 'POST', body: '{"days":2}' })
  expect(await moved.json()).toMatchObject({ daysAhead: 2 })
  const zones = await fetch(`${kms}/v2/zone`, { headers: { origin } })
  expect(zones.headers.get('access-control-allow-origin')).toBe(origin)
  run.child.kill('SIGKILL')
  await exit(run.child)
})

test('a configuration error is one message without a stack', async () => {
  const { child, output } = start([], { PORT: 'x', EXOSCALE_API_KEY: 'hidden' })
  expect(await exit(child)).toBe(1)
  expect(output.err).toContain('- PORT must be a port')
  expect(output.err).toContain('- EXOSCALE_API_SECRET missing')
  expect(output.err).not.toMatch(/hidden|\n {4}at /)
})

test('a port in use is one message without a stack', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { child, output } = start(['kms', '--port', port])
  expect(await exit(child)).toBe(1)
  expect(output.err.trim()).toBe(
    `Can't listen on port ${port} of 127.0.0.1: it is in use. Set KMS_PORT (0 for any free port) or HOST.`,
  )
})

test('a console that other machines would reach does not start unless that is allowed, and then says what it risks', async () => {
  const refused = start(['--port', '0', '--host', '0.0.0.0'])
  expect(await exit(refused.child)).toBe(1)
  expect(refused.output.out).toBe('')
  expect(refused.output.err.trim()).toBe(
    "Can't listen on port 0 of 0.0.0.0: other machines would reach it. Without a sign-in, anyone who reaches the console uses its credentials and keys. Set up a sign-in (docs/team.md), leave HOST at 127.0.0.1, or set ALLOW_ANONYMOUS=1.",
  )
  const allowed = start(['--port', '0'], { HOST: '0.0.0.0', ALLOW_ANONYMOUS: '1', KMS_DATA_DIR: ':memory:' })
  await printed(allowed, 'out', /npm run demo/)
  expect(allowed.output.out).toMatch(/no sign-in +anyone who reaches this address uses the credentials and keys/)
})

test.each(['0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '127.1', 'LOCALHOST', '0'])(
  'with HOST=%s, the printed address opens the console',
  async (host) => {
    const run = start(['--port', '0'], {
      HOST: host,
      ALLOW_ANONYMOUS: host === '0' ? '1' : '',
      KMS_DATA_DIR: ':memory:',
    })
    await printed(run, 'out', /^console: \S+$/m)
    const address = /^console: (\S+)$/m.exec(run.output.out)?.[1] ?? ''
    expect(new URL(address).origin).toBe(address)
    expect((await fetch(address)).status).toBe(200)
  },
)

test('a wrong root key is one message without a stack', async () => {
  const data = { KMS_DATA_DIR: folder() }
  const first = start(['kms', '--port', '0'], data)
  await started(first, lastOfKms)
  first.child.kill('SIGTERM')
  await exit(first.child)
  const key = Buffer.alloc(32, 1).toString('base64')
  const { child, output } = start(['kms', '--port', '0'], { ...data, KMS_ROOT_KEY: key })
  expect(await exit(child)).toBe(1)
  expect(output.out).toBe('')
  expect(output.err).toContain('KMS_ROOT_KEY')
  expect(output.err).not.toMatch(/\n {4}at /)
  expect(output.err).not.toContain(key)
})

test('the session has the variables from .env and from the environment, without values', async () => {
  const file = 'EXOSCALE_API_KEY=EXOshown\nEXOSCALE_API_SECRET=not-this-one\nKMS_PORT=0\nKMS_DATA_DIR=data\n'
  const run = start(['--port', '0'], { EXOSCALE_API_SECRET: 'hidden', START_TOKEN: 'false' }, file)
  const { kms } = await started(run, lastOfKms)
  const console = /^console: (\S+)$/m.exec(run.output.out)?.[1] ?? ''
  const text = await (await fetch(`${console}/api/session`)).text()
  const { clouds, localKms } = Session.parse(JSON.parse(text))
  expect(clouds.find(({ id }) => id === 'exoscale')?.settings).toEqual([
    { variable: 'EXOSCALE_API_KEY', role: 'credential', from: 'file' },
    { variable: 'EXOSCALE_API_SECRET', role: 'credential', from: 'environment' },
  ])
  expect(clouds.find(({ id }) => id === 'thalassa')).not.toHaveProperty('settings')
  expect(localKms).toMatchObject({ address: kms, apiKey: expect.stringMatching(/^EXO[0-9a-f]{24}$/) })
  expect(text).not.toMatch(/hidden|not-this-one|tc_pat_/)
  run.child.kill('SIGTERM')
  expect(await exit(run.child)).toBe(0)
})

test('a console prints live providers, data folder and settings file below its address', async () => {
  const data = folder()
  const file = `READ_ONLY=true\nKMS_DATA_DIR=${data}\nEXOSCALE_API_KEY=EXOshown\nEXOSCALE_API_SECRET=hidden\n`
  const run = start(['--port', '0'], {}, file)
  await printed(run, 'out', /npm run demo/)
  run.child.kill('SIGTERM')
  expect(await exit(run.child)).toBe(0)
  const [address, opened, ...lines] = run.output.out.trimEnd().split('\n')
  expect(address).toMatch(/^console: http:\/\/127\.0\.0\.1:\d+$/)
  // Other users of the machine reach the port of a console with a cloud's credentials.
  expect(opened).toMatch(/^open: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/)
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['Thalassa Cloud', 'on the local KMS'],
    ['Exoscale', 'live, https://api-{zone}.exoscale.com/v2'],
    ['read-only', 'it lists, reads, verifies and encrypts; the gateway refuses everything else'],
    ['data', data],
    ['settings', expect.stringMatching(/\.env$/)],
    ['demo', '`npm run demo` shows it filled'],
  ])
  expect(run.output.out).not.toMatch(/hidden|EXOshown/)
})
