/** Runs the examples as a reader does. Examples whose tool is missing are reported and not tested. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { exit, lastOfKms, started, watched } from '../testing/program.ts'

const root = resolve(import.meta.dirname, '../..')
const examples = join(root, 'examples')
const run = promisify(execFile)

const works = (command: string, args: readonly string[], timeout = 20_000): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout })
    return true
  } catch {
    return false
  }
}

const missing = (what: string) => void process.stderr.write(`examples: no test of ${what} here\n`)

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Python environment for an example, cached because it takes seconds to create; undefined if unavailable. */
function python(): string | undefined {
  const folder = join(root, 'node_modules/.cache/examples-python')
  const program = join(folder, 'bin/python')
  const hasAll = () => works(program, ['-c', 'import pytest, exoscale'])
  if (existsSync(program) && hasAll()) return program
  const isMade =
    works('python3', ['-m', 'venv', '--clear', folder], 60_000) &&
    works(program, ['-m', 'pip', 'install', '-q', '-r', join(examples, 'pytest/requirements.txt')], 90_000)
  return isMade && hasAll() ? program : undefined
}

test('vitest', async () => {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { stdout } = await run(process.execPath, [vitest, 'run'], {
    cwd: join(examples, 'vitest'),
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout).toMatch(/Tests +3 passed \(3\)/)
})

describe('pytest', () => {
  const full = python()
  const plain = full ?? (works('python3', ['-c', 'import pytest']) ? 'python3' : undefined)
  const pytest = async (program: string, file: string) => {
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', file]
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
    expect((await run(program, args, { cwd: join(examples, 'pytest'), env })).stdout).toContain('1 passed')
  }
  if (plain) test('with the standard library', () => pytest(plain, 'test_thalassa.py'))
  else missing('pytest')
  if (full) test('with the vendor’s SDK', () => pytest(full, 'test_exoscale.py'))
  else missing('pytest with the SDK exoscale')
})

if (works('go', ['version'])) {
  test('go', async () => {
    const { stdout } = await run('go', ['test', '-count=1', './...'], { cwd: join(examples, 'go') })
    expect(stdout).toMatch(/^ok\s+kms\.example/)
  })
} else missing('Go')

const Job = z.object({
  jobs: z.object({
    test: z.object({
      'runs-on': z.string(),
      steps: z.array(z.object({ name: z.string(), run: z.string() }).or(z.object({ uses: z.string() }))),
    }),
  }),
})

test('the steps of the GitHub Actions job start the KMS, and encrypt and decrypt', async () => {
  const { jobs } = Job.parse(parse(readFileSync(join(examples, 'github-actions/kms.yaml'), 'utf8')))
  const steps = jobs.test.steps.flatMap((step) => ('run' in step ? [step] : []))
  expect(steps.map(({ name }) => name)).toEqual(['Install the KMS', 'Start the KMS', 'Encrypt and decrypt'])
  const [, start, use] = steps
  const folder = newFolder()
  symlinkSync(root, join(folder, 'kms-console'))
  // The job's second step reads the file that the first one wrote.
  const script = ['GITHUB_ENV=variables', start?.run, 'set -a; . ./variables; set +a', use?.run, 'kill %1; wait'].join(
    '\n',
  )
  const env = { PATH: process.env.PATH, KMS_PORT: '0', KMS_ENV_FILE: '', KMS_DATA_DIR: join(folder, 'data') }
  const { stdout } = await run('bash', ['-emc', script], { cwd: folder, env })
  expect(stdout).toContain('"plaintext":"aGVsbG8="')
})

const Compose = z.object({
  services: z.object({
    kms: z.object({
      build: z.object({ context: z.string(), dockerfile: z.string() }),
      command: z.tuple([z.literal('node')], z.string()),
      environment: z.object({ KMS_SEED: z.string(), KMS_TEST_TOKEN: z.string() }),
      volumes: z.array(z.string()),
    }),
    tests: z.object({
      depends_on: z.object({ kms: z.object({ condition: z.literal('service_healthy') }) }),
      environment: z.record(z.string(), z.string()),
      command: z.tuple([z.literal('sh'), z.literal('-ec'), z.string()]),
    }),
  }),
})

/** Folder with the image's content: the files that the Dockerfile copies from its build, which runs here. */
const imageFolder = async (dockerfile: string) => {
  const folder = newFolder()
  const copies = readFileSync(join(root, dockerfile), 'utf8').matchAll(/^COPY --from=build \/build\/(\S+) \S+$/gm)
  for (const [, name = ''] of copies) {
    if (name === 'dist-server') {
      const config = ['--config', 'tools/build/server.config.ts', '--configLoader', 'native']
      const args = ['node_modules/vite/bin/vite.js', 'build', ...config, '--outDir', join(folder, name)]
      await run(process.execPath, args, { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
    } else cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  return folder
}

test('the Compose file: the KMS starts as configured, and the test command encrypts and decrypts', async () => {
  const { kms, tests } = Compose.parse(parse(readFileSync(join(examples, 'docker/compose.yaml'), 'utf8'))).services
  expect(kms.volumes).toEqual([`./kms-console/examples/kms-seed.yaml:${kms.environment.KMS_SEED}:ro`])
  const folder = await imageFolder(kms.build.dockerfile)
  const [, ...args] = kms.command
  const inContainer = { ...kms.environment, KMS_SEED: join(examples, 'kms-seed.yaml') }
  const outside = { KMS_PORT: '0', KMS_ENV_FILE: '', KMS_DATA_DIR: join(folder, 'data') }
  const service = watched(
    spawn(process.execPath, args, {
      cwd: folder,
      env: { ...inContainer, ...outside },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  const { kms: url = '', ...printedVariables } = await started(service, lastOfKms)
  const told = Object.fromEntries(
    Object.entries(tests.environment).map(([name, value]) => [name, value.replace('http://kms:8400', url)]),
  )
  expect(printedVariables).toMatchObject(told)
  const command = tests.command.map((part) => part.replaceAll('$$', '$'))
  const { stdout } = await run(command[0] ?? '', command.slice(1), { env: { PATH: process.env.PATH, ...told } })
  expect(stdout).toContain('"plaintext":"aGVsbG8="')
  expect(readFileSync(join(examples, 'README.md'), 'utf8')).toContain(`Bearer ${kms.environment.KMS_TEST_TOKEN}`)
  service.child.kill()
  expect(await exit(service.child)).toBe(0)
})
