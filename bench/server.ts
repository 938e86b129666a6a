/** Local KMS or console in a process of its own, started as npm's commands start it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

const program = resolve(import.meta.dirname, '../tools/run.cjs')

export interface Server {
  readonly child: ChildProcess
  readonly output: string
  /** Milliseconds until it has printed its address and answered a first request. */
  readonly ready: number
}

/**
 * @param more further environment; without a local KMS, a console is ready once it has printed its address
 * @param nodeFlags further flags of Node; with any, what the server writes to stderr can be read
 */
export async function startServer(
  mode: 'kms' | 'console',
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
  nodeFlags: readonly string[] = [],
): Promise<Server> {
  const began = performance.now()
  const { CI, PATH, HOME } = process.env
  const child = spawn(process.execPath, [...nodeFlags, program, mode, '--port', '0'], {
    env: { CI, PATH, HOME, KMS_DATA_DIR: dataDir, KMS_ENV_FILE: '', KMS_PORT: '0', ...more },
    stdio: ['ignore', 'pipe', nodeFlags.length > 0 ? 'pipe' : 'ignore'],
  })
  let output = ''
  await new Promise<void>((said, failed) => {
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)))
    child.stderr?.resume()
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (/^export EXOSCALE_API_SECRET=.*\n/m.test(output)) said()
    })
  })
  await (await fetch(lightAddress(mode, output))).arrayBuffer()
  return { child, output, ready: performance.now() - began }
}

export async function stopServer({ child }: Server): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill()
  await ended
}

export const found = (output: string, pattern: RegExp): string => pattern.exec(output)?.[1] ?? ''
export const kmsAddress = (output: string) => found(output, /^kms: (\S+)$/m)
export const consoleAddress = (output: string) => found(output, /^console: (\S+)$/m)

/** Request with little work for the server. */
export const lightAddress = (mode: 'kms' | 'console', output: string) =>
  mode === 'kms' ? `${kmsAddress(output)}/v2/zone` : `${consoleAddress(output)}/api/session`
