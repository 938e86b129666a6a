/** npm scripts in a copy of the project, in a folder whose name has special characters. */
import { spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { exit, folder, type Program, printed, watched } from '../server/testing/program.ts'
import { checkout } from './testing/checkout.ts'

const copy = checkout('Kunde #1 & 50% für KMS?')
afterAll(copy.remove)

const inCopy = (...names: string[]) => join(copy.folder, ...names)
const builtAt = () => statSync(inCopy('dist', 'index.html')).mtimeMs

/** Runs `act` in a copy that lacks a file or folder. */
const without = async (path: string, act: () => Promise<void>) => {
  const away = inCopy('away')
  renameSync(path, away)
  try {
    await act()
  } finally {
    renameSync(away, path)
  }
}

const environment = () => ({
  PATH: process.env.PATH,
  HOME: folder(),
  PORT: '0',
  KMS_DATA_DIR: folder(),
  KMS_ENV_FILE: '',
})

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Program =>
  watched(
    spawn(command, args, { cwd: copy.folder, env: { ...environment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] }),
  )

const start = (env?: NodeJS.ProcessEnv) => run(process.execPath, ['tools/run.cjs', 'console'], env)

const address = async (program: Program) => {
  await printed(program, 'out', /^console: \S+$/m)
  return /^console: (\S+)$/m.exec(program.output.out)?.[1] ?? ''
}

/** Starts the server, stops it once the address is printed, and returns whether the console was built. */
const builds = async (): Promise<boolean> => {
  const program = start()
  await address(program)
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
  return program.output.err.includes('building…')
}

const failure = async (program: Program) => {
  expect(await exit(program.child)).toBe(1)
  expect(program.output.out).toBe('')
  return program.output.err.trim()
}

test('the first start builds, in any folder, and serves the pages but no build metadata', async () => {
  const program = start({ NODE_ENV: 'development' })
  await printed(program, 'err', /^KMS Console \S+: building…$/m)
  const url = await address(program)
  const page = await (await fetch(`${url}/keys`)).text()
  const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
  expect((await fetch(`${url}${script}`)).status).toBe(200)
  const record = readFileSync(inCopy('dist', '.built-from'), 'utf8')
  expect(record).toMatch(/^[0-9a-f]{64}\n[0-9a-f]{64}$/)
  expect(await (await fetch(`${url}/.built-from`)).text()).not.toContain(record)
})

test('builds again only after a change of a source’s content', async () => {
  expect(await builds()).toBe(false)
  const source = inCopy('src', 'main.tsx')
  utimesSync(source, new Date(), new Date())
  expect(await builds()).toBe(false)
  const before = builtAt()
  appendFileSync(source, 'console.info(1)\n')
  expect(await builds()).toBe(true)
  expect(builtAt()).toBeGreaterThan(before)
  expect(await builds()).toBe(false)
})

test('a change of the server rebuilds only the server; without its build, the sources run', async () => {
  const consoleBuiltAt = builtAt()
  appendFileSync(inCopy('server', 'version.ts'), '// changed\n')
  const serverBuiltAt = () => statSync(inCopy('dist-server', 'main.js')).mtimeMs
  const before = serverBuiltAt()
  const kms = run(process.execPath, ['tools/run.cjs', 'kms'], { KMS_PORT: '0' })
  await printed(kms, 'out', /^kms: \S+$/m)
  kms.child.kill('SIGTERM')
  expect(await exit(kms.child)).toBe(0)
  expect(serverBuiltAt()).toBe(before)
  expect(await builds()).toBe(true)
  expect(serverBuiltAt()).toBeGreaterThan(before)
  expect(builtAt()).toBe(consoleBuiltAt)
})

test('the build runs without sources and packages', async () => {
  const place = folder()
  for (const name of ['dist', 'dist-server', 'package.json'])
    cpSync(inCopy(name), join(place, name), { recursive: true })
  const env = environment()
  const program = watched(
    spawn(process.execPath, ['dist-server/main.js', 'console'], { cwd: place, env, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
  const url = await address(program)
  expect((await fetch(`${url}/keys`)).status).toBe(200)
  expect((await fetch(`${url}/api/session`)).status).toBe(200)
  expect((await fetch(`${url}/licenses.txt`)).status).toBe(200)
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
})

test('each build has the license of every package that its sources import', () => {
  const {
    dependencies,
    devDependencies,
  }: Record<string, Record<string, string>> = JSON.parse(readFileSync(inCopy('package.json'), 'utf8'))
  for (const [sources, output] of [
    ['src/**/*.{ts,tsx,css}', 'dist'],
    ['server/**/*.ts', 'dist-server'],
  ] as const) {
    const code = globSync(sources, { cwd: copy.folder })
      .filter((file) => !/\.test\.tsx?$|[\\/]testing[\\/]/.test(file))
      .map((file) => readFileSync(inCopy(file), 'utf8'))
      .join('\n')
    const imported = Object.keys({ ...dependencies, ...devDependencies }).filter((name) =>
      new RegExp(`^(import (?!type)[^'"]*|} from |export (?!type)[^'"]*|@import )['"]${name}['"/]`, 'm').test(code),
    )
    expect(imported.length, output).toBeGreaterThan(5)
    const text = readFileSync(inCopy(output, 'licenses.txt'), 'utf8')
    for (const name of imported) expect(text, output).toMatch(new RegExp(`^${name} \\d[^\\n]*\\nLicense: \\S`, 'm'))
  }
  expect(readFileSync(inCopy('dist', 'licenses.txt'), 'utf8')).toMatch(
    /^@fontsource-variable\/inter .*\nLicense: OFL-1\.1$/m,
  )
})

test('changes of the lock file without changed packages trigger no build', async () => {
  const file = inCopy('package-lock.json')
  const lock = readFileSync(file, 'utf8')
  writeFileSync(file, lock.replaceAll(/\s+"libc": \[[^\]]+\],/g, ''))
  expect(readFileSync(file, 'utf8')).not.toBe(lock)
  expect(await builds()).toBe(false)
  writeFileSync(file, lock)
})

test('an error at start is reported before a build', async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  onTestFinished(() => void taken.close())
  const address = taken.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  await without(inCopy('dist'), async () => {
    expect(await failure(start({ PORT: port }))).toMatch(/Can't listen on port \d+ of 127\.0\.0\.1: it is in use\..*$/)
    expect(await failure(start({ KMS_PORT: port }))).toMatch(/Set KMS_PORT/)
    expect(await failure(start({ PORT: 'http' }))).toMatch(/PORT must be a port/)
    expect(await failure(run(process.execPath, ['tools/run.cjs', 'console', '--colour']))).toMatch(/Unknown .*--colour/)
    expect(existsSync(inCopy('dist'))).toBe(false)
  })
})

test('a built console starts without development packages', async () => {
  await without(inCopy('node_modules', 'vite'), async () => expect(await builds()).toBe(false))
})

test('a shipped build without sources starts', async () => {
  await without(inCopy('index.html'), async () => expect(await builds()).toBe(false))
})

test('starts through npm without pre-scripts', async () => {
  const npm = (...args: string[]) => run('npm', args, { npm_config_ignore_scripts: 'true' })
  expect((await fetch(await address(npm('start')))).status).toBe(200)
  const from = run('npm', ['--prefix', copy.folder, 'run', 'kms', '--', '--port', '0'])
  await printed(from, 'out', /^kms: http:\S+$/m)
  const help = npm('run', 'demo', '--', '--help')
  expect(await exit(help.child)).toBe(0)
  expect(help.output.out).toMatch(/Usage: .* demo/)
})

test('a user without write access can start a build, and gets a message without one', async () => {
  const [home, data] = [folder(), folder()]
  for (const own of [home, data]) chmodSync(own, 0o777)
  const closed = [inCopy('dist'), inCopy('dist', 'assets'), copy.folder]
  for (const one of closed) chmodSync(one, 0o555)
  onTestFinished(() => {
    for (const one of closed) chmodSync(one, 0o755)
  })
  const packaged = inCopy('node_modules', 'node', 'bin', 'node')
  const node = existsSync(packaged) ? packaged : process.execPath
  // The superuser can write everywhere.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const startAsOther = () => {
    const env = { ...environment(), HOME: home, KMS_DATA_DIR: join(data, 'kms') }
    return watched(spawn(node, ['tools/run.cjs', 'console'], { cwd: copy.folder, env, ...user }))
  }
  expect(await builds()).toBe(false)
  expect((await fetch(await address(startAsOther()))).status).toBe(200)
  appendFileSync(inCopy('src', 'main.tsx'), '// changed')
  expect(await failure(startAsOther())).toMatch(
    /no permission to write to .*assets\.\nRun, as a user who may: {2}npm run build$/,
  )
})

test('the development server, too, does not start where other machines reach it', async () => {
  const program = run(process.execPath, ['tools/run.cjs', 'dev', '--host', '0.0.0.0', '--port', '0'])
  expect(await exit(program.child)).toBe(1)
  expect(program.output.err).toContain('Without a sign-in')
})

test('commands that need missing development packages report the remedy', async () => {
  await without(inCopy('node_modules', 'vite'), async () => {
    expect(await failure(run(process.execPath, ['tools/run.cjs', 'dev']))).toMatch(
      /^npm run dev needs .*\nRun: {2}npm ci --include=dev$/,
    )
    writeFileSync(inCopy('dist', '.built-from'), 'other sources')
    expect(await failure(start())).toMatch(
      /^Building the console needs the packages for development, .*\.\nRun: {2}npm ci --include=dev$/,
    )
  })
})
