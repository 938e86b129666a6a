import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exit, folder, lastOfKms, main, printed, start, started, watched } from '../testing/program.ts'

/** Runs in a temporary folder, whose content is checked afterwards. */
const startIn = (cwd: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  watched(
    spawn(process.execPath, [main, ...args], {
      cwd,
      env: { KMS_ENV_FILE: '', KMS_DATA_DIR: ':memory:', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )

test.each([
  ['a root key of its own', {}],
  ['a given root key', { KMS_ROOT_KEY: randomBytes(32).toString('base64') }],
])('kms in memory, with %s: works, says so, and leaves nothing behind', async (_, more) => {
  const cwd = folder()
  const program = startIn(cwd, ['kms', '--port', '0'], more)
  const kms = await started(program, lastOfKms)
  await printed(program, 'err', /The data is in memory; nothing is kept\./)
  const headers = {
    authorization: `Token ${kms.THALASSA_PERSONAL_ACCESS_TOKEN}`,
    'x-organisation-identity': kms.THALASSA_ORGANISATION_ID ?? '',
  }
  const keys = `${kms.kms}/v1/kms/nl-01/keys`
  const made = await fetch(keys, { method: 'POST', headers, body: JSON.stringify({ name: 'a' }) })
  expect(made.status).toBe(201)
  expect(await (await fetch(keys, { headers })).json()).toMatchObject([{ name: 'a' }])
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
  expect(readdirSync(cwd)).toEqual([])
})

test('two starts share only the seed', async () => {
  const [one, other] = [
    await started(startIn(folder(), ['kms', '--port', '0']), lastOfKms),
    await started(startIn(folder(), ['kms', '--port', '0']), lastOfKms),
  ]
  expect(one.THALASSA_ORGANISATION_ID).not.toBe(other.THALASSA_ORGANISATION_ID)
})

test('backup, export and restore are refused', async () => {
  for (const [args, expected] of [
    [['kms', 'backup', 'x.sqlite'], 'KMS_DATA_DIR is :memory:, which keeps nothing.'],
    [['kms', 'export-seed'], 'There is no'],
    [['kms', 'restore', 'x.sqlite'], 'KMS_DATA_DIR is :memory:, which keeps nothing. Set it to a folder.'],
  ] as const) {
    const program = start(args, { KMS_DATA_DIR: ':memory:' })
    expect(await exit(program.child)).toBe(1)
    expect(program.output.err).toContain(expected)
  }
})
