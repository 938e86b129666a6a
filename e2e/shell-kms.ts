/** A local KMS to run the console's code against, in a shell. */
import { execFile, spawnSync } from 'node:child_process'
import type { Locator, Page } from '@playwright/test'
import { test as base, expect, leavePage } from './fixtures.ts'
import { type GatewayClient, gatewayClient } from './gateway-client.ts'
import { exportsOf, type Started, startFresh } from './server.ts'

/** Variables that are exported before code of the console is run. */
export type Environment = Readonly<Record<string, string>>

export interface ShellKms extends Started {
  readonly environment: Environment
}

const credentialNames = [
  'THALASSA_PERSONAL_ACCESS_TOKEN',
  'THALASSA_ORGANISATION_ID',
  'EXOSCALE_API_KEY',
  'EXOSCALE_API_SECRET',
] as const

const pick = (from: Environment, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? '']))

/** Starts a local KMS, with the variables that reach it from a shell. */
export async function startShellKms(): Promise<ShellKms> {
  const kms = await startFresh('kms')
  const printed = exportsOf(kms.output())
  return {
    ...kms,
    environment: {
      // One endpoint for all zones, as `kms` prints it.
      ...pick(printed, [...credentialNames, 'EXOSCALE_API_ENDPOINT']),
      THALASSA_API_ENDPOINT: kms.url,
      PATH: process.env.PATH ?? '',
    },
  }
}

interface Connected {
  readonly url: string
  readonly kms: ShellKms
  readonly api: GatewayClient
}

/** Fixtures of a console on such a KMS. */
export const test = base.extend<{ settings: Environment; connected: Connected }>({
  /** Further variables of the console's gateway. */
  settings: [{}, { option: true }],

  connected: async ({ page, settings }, use) => {
    const kms = await startShellKms()
    const console = await startFresh('console', {
      ...pick(kms.environment, credentialNames),
      THALASSA_API_ENDPOINT: kms.url,
      EXOSCALE_API_ENDPOINT: `${kms.url}/zone/{zone}/v2`,
      ...settings,
    })
    await use({ url: console.url, kms, api: gatewayClient(console.url) })
    await leavePage(page)
    await console.stop()
    await kms.stop()
  },
})

/** Client of Thalassa's API at the local KMS. */
export function thalassaOf({ environment }: ShellKms) {
  const [token, organisation] = credentialNames.map((name) => environment[name] ?? '')
  return async <T>(method: string, path: string, { project, body }: { project?: string; body?: unknown } = {}) => {
    const response = await fetch(`${environment.THALASSA_API_ENDPOINT}${path}`, {
      method,
      headers: {
        authorization: `Token ${token}`,
        'x-organisation-identity': organisation ?? '',
        'content-type': 'application/json',
        ...(project === undefined ? {} : { 'x-project-identity': project }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    const answer: T = JSON.parse(text || 'null')
    return answer
  }
}

export const installed = (program: string, argument: string) => spawnSync(program, [argument]).error === undefined

export const hasShell =
  installed('bash', '--version') && installed('curl', '--version') && installed('openssl', 'version')

interface Finished {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs without blocking this process, whose idle connections would time out unseen meanwhile. */
const inStrictShell = (code: string, env: Environment): Promise<Finished> =>
  new Promise((resolve) => {
    const args = ['--norc', '-euo', 'pipefail', '-c', code]
    const shell = execFile('bash', args, { env, encoding: 'utf8' }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    )
    shell.stdin?.end()
  })

/** Standard output of code in a strict shell; fails on an error or any message. */
export async function runLines(code: string, environment: Environment): Promise<string> {
  const { stdout, stderr, status } = await inStrictShell(code, environment)
  expect({ status, stderr, code }).toMatchObject({ status: 0, stderr: '' })
  return stdout
}

/** JSON answer to a request that is run in a shell. */
export const runRequest = async (code: string, environment: Environment): Promise<Record<string, unknown>> =>
  JSON.parse((await runLines(code, environment)) || '{}')

/** Text that a button copies. Pressed by keyboard: content that loads meanwhile may move the button from under the pointer. */
export async function copiedText(page: Page, button: Locator): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText())
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await button.press('Enter')
  await expect.poll(read).not.toBe('')
  return read()
}
