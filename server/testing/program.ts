/** The program in its own process and folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { isBuilt } from '../../tools/build/fingerprint.ts'

const root = resolve(import.meta.dirname, '../..')

/** Programs as production runs them: from the build, or from the sources while the build is missing or older. */
const programs = isBuilt(root, 'server')
  ? { main: 'dist-server/main.js', decryptFile: 'dist-server/decrypt-file.js' }
  : { main: 'server/main.ts', decryptFile: 'server/decrypt-file.ts' }
export const main = resolve(root, programs.main)
export const decryptFileProgram = resolve(root, programs.decryptFile)

export const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'main-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export interface Program {
  readonly child: ChildProcess
  /** Output so far. */
  readonly output: { out: string; err: string }
}

/** Collects the output of a process, which is killed when the test ends. */
export const watched = (child: ChildProcess): Program => {
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.err += text
  })
  return { child, output }
}

/**
 * Runs in an empty folder with a data folder, and without a developer's `.env`.
 * @param file content of the settings file, which then also sets the data folder; absent for no file
 */
export const start = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  file?: string,
): Program => {
  const cwd = folder()
  const KMS_ENV_FILE = file === undefined ? '' : join(cwd, '.env')
  if (file !== undefined) writeFileSync(KMS_ENV_FILE, file)
  const env = { KMS_ENV_FILE, ...(file === undefined && { KMS_DATA_DIR: '.data' }), ...environment }
  return watched(spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }))
}

/** Exit status, once every process with the output open has ended. */
export const exit = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return child.exitCode
}

/** Waits for text on stdout or stderr; throws if the program ends first. */
export const printed = async ({ child, output }: Program, stream: 'out' | 'err', text: RegExp): Promise<void> => {
  const source = stream === 'out' ? child.stdout : child.stderr
  while (!text.test(output[stream])) {
    const [event] = await Promise.race([once(source ?? child, 'data'), once(child, 'close').then(() => [undefined])])
    if (event === undefined && !text.test(output[stream])) throw new Error(`It ended: ${output.err}`)
  }
}

/** Runs a command to its end. */
export const run = async (args: readonly string[], environment: Readonly<Record<string, string>>) => {
  const program = start(args, environment)
  return { code: await exit(program.child), ...program.output }
}

/** Variables that `kms` prints, and its address as `kms`. */
export type Printed = Readonly<Record<string, string | undefined>>

/** Values of the `export` lines and the address of `kms`, by name, once the line `last` is printed. */
export const started = async (program: Program, last: RegExp): Promise<Printed> => {
  await printed(program, 'out', last)
  return Object.fromEntries(
    [...program.output.out.matchAll(/^(?:export (\w+)=|(kms): )(.+)$/gm)].map(([, a, b, c]) => [a ?? b, c]),
  )
}

/** Last line that `kms` prints. */
export const lastOfKms = /EXOSCALE_API_SECRET=.+\n/

/** Sends a request to Thalassa's API, below the keys of `nl-01`. */
export const requestKeys = (kms: Printed, method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${kms.kms}/v1/kms/nl-01/keys${path}`, {
    method,
    headers: {
      authorization: `Token ${kms.THALASSA_PERSONAL_ACCESS_TOKEN}`,
      'x-organisation-identity': kms.THALASSA_ORGANISATION_ID ?? '',
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })

/** Like `requestKeys`, and returns the answer's body. @throws Error unless it succeeds */
export const callKeys = async (kms: Printed, method: string, path: string, body?: object) => {
  const answer = await requestKeys(kms, method, path, body)
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { identity: string; ciphertext: string; plaintext: string }
}
