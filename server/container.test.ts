/** The files of the image, alone in an empty folder that can't be written, as another user where that is possible. */
import { spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from './env-file.ts'
import { exit, folder, printed, watched } from './testing/program.ts'

const dockerfile = readFileSync(join(projectFolder, 'deploy/Dockerfile'), 'utf8')
const [, image = ''] = dockerfile.split(/^FROM /m).slice(1)

/** Files of the image by their place in the project. */
const files = [...image.matchAll(/^COPY --from=build \/app\/(\S+) \/app\/\S+$/gm)].map(([, path = '']) => path)

const environmentOf = (): Record<string, string> => {
  const [, text = ''] = /^ENV ((?:.*\\\n)*.*)$/m.exec(image) ?? []
  return Object.fromEntries([...text.matchAll(/([A-Z_]+)=(\S*)/g)].map(([, name = '', value = '']) => [name, value]))
}

const argumentsOf = (name: string): readonly string[] =>
  JSON.parse(new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(image)?.[1] ?? '[]')

const NOBODY = 65_534

/** Whether every user may start the program. */
function isOpen(path: string): boolean {
  const isReachable = (statSync(path).mode & 0o001) !== 0
  return isReachable && (dirname(path) === path || isOpen(dirname(path)))
}

function copyImage(): string {
  const app = join(folder(), 'app')
  mkdirSync(app)
  for (const path of files) cpSync(join(projectFolder, path), join(app, path), { recursive: true })
  for (const path of globSync('**', { cwd: app })) chmodSync(join(app, path), 0o555)
  chmodSync(app, 0o555)
  chmodSync(dirname(app), 0o755)
  return app
}

test('a console starts from the files of the image, serves its page and keeps keys in the volume alone', async () => {
  const app = copyImage()
  const bytes = globSync('**', { cwd: app }).reduce((sum, path) => sum + statSync(join(app, path)).size, 0)
  expect(bytes).toBeLessThan(20_000_000)

  const data = folder()
  const asNobody = process.getuid?.() === 0 && isOpen(process.execPath)
  if (asNobody) chownSync(data, NOBODY, NOBODY)
  const [, ...entry] = argumentsOf('ENTRYPOINT')
  const program = watched(
    spawn(process.execPath, [...entry, ...argumentsOf('CMD')], {
      cwd: app,
      env: { ...environmentOf(), KMS_DATA_DIR: data, HOST: '127.0.0.1', PORT: '0', OPS_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(asNobody && { uid: NOBODY, gid: NOBODY }),
    }),
  )
  await printed(program, 'out', /^ops: .*\n/m)
  const addressOf = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(program.output.out)?.[1] ?? ''
  const [url, ops] = [addressOf('console'), addressOf('ops')]
  expect(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).toContain('<title>')
  const made = await fetch(`${url}/api/thalassa/v1/kms/nl-01/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'in a container', keyType: 'rsa-2048' }),
  })
  expect(made.status).toBe(201)
  expect((await fetch(`${ops}/readyz`)).status).toBe(200)
  expect(await (await fetch(`${ops}/metrics`)).text()).toContain('kms_console_keys{')
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
  expect(globSync('*', { cwd: data })).toContain('kms.sqlite')
  expect(globSync('*', { cwd: app }).sort()).toEqual([...files].sort())
})

test('without a sign-in it does not start where others reach it', async () => {
  const [, ...entry] = argumentsOf('ENTRYPOINT')
  const env = { ...environmentOf(), KMS_DATA_DIR: ':memory:', PORT: '0', OPS_PORT: '0' }
  const program = watched(
    spawn(process.execPath, [...entry, 'console'], { cwd: projectFolder, env, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
  expect(await exit(program.child)).toBe(1)
  expect(program.output.err).toContain('Set up a sign-in')
})
