import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBuilt } from '../tools/build/fingerprint.ts'

export interface Started {
  readonly url: string
  /** Output so far, of both streams. */
  readonly output: () => string
  readonly stop: () => Promise<void>
}

/** What production runs, unless its build is missing or older than its sources. */
const main = isBuilt(join(import.meta.dirname, '..'), 'server') ? 'dist-server/main.js' : 'server/main.ts'

/** Environment without credentials and without the `.env` of the person who runs the tests. */
const plainEnvironment = () => {
  const { PATH, HOME, TMPDIR } = process.env
  const passed = Object.entries({ PATH, HOME, TMPDIR }).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(passed), KMS_ENV_FILE: '', NODE_COMPILE_CACHE: 'node_modules/.cache/compiled' }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

type Mode = 'console' | 'kms' | 'demo' | 'development'

/** Starts the server in one of its modes, on a free port by default, and waits for the line with its address. */
export async function start(
  mode: Mode,
  environment: Record<string, string> = {},
  port = 0,
  args: readonly string[] = [],
): Promise<Started> {
  const script = mode === 'development' ? ['e2e/development.ts'] : [main, mode, '--port', String(port), ...args]
  const child = spawn(process.execPath, script, {
    env: { ...plainEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const address = /^(?:console|kms): (http:\S+)$/m.exec(output)?.[1]
      // The credentials follow the address of `kms`; a complete line ends in a line feed.
      if (address && (mode !== 'kms' || /^export EXOSCALE_API_SECRET=.+$\n/m.test(output))) resolve(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened:\n${output}`)))
  })
  return {
    url,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await ended(child)
    },
  }
}

/** Starts the server with a data folder of its own, removed when it stops. */
export async function startFresh(
  mode: Exclude<Mode, 'demo'>,
  environment: Record<string, string> = {},
  port = 0,
  args: readonly string[] = [],
): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-e2e-'))
  const server = await start(mode, { ...environment, KMS_DATA_DIR: folder }, port, args)
  return {
    ...server,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}

/** Variables of the `export NAME=value` lines that `kms` prints. */
export const exportsOf = (output: string): Record<string, string> =>
  Object.fromEntries(
    [...output.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value.replace(/^'(.*)'$/, '$1'),
    ]),
  )
