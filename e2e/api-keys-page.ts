/** Page object of API keys and roles, and a client of the local KMS's IAM API that prepares them. */
import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { test as base, expect, leavePage } from './fixtures.ts'
import { startFresh } from './server.ts'
import { startUpstream, type Upstream } from './upstream.ts'

export interface Credentials {
  readonly key: string
  readonly secret: string
}

export interface ApiKey extends Credentials {
  readonly name: string
  readonly 'role-id': string
}

interface Role {
  readonly id: string
  readonly name: string
}

export interface Policy {
  readonly 'default-service-strategy': 'allow' | 'deny'
  readonly services: Record<
    string,
    { readonly type: string; readonly rules?: readonly { action: string; expression: string }[] }
  >
}

/** IAM API of the local KMS, with signed requests. */
export interface Access {
  readonly owner: Credentials
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  createRole(name: string, policy: Policy, rest?: Record<string, unknown>): Promise<Role>
  role(name: string): Promise<Role>
  createKey(name: string, role: Role): Promise<ApiKey>
}

/** Sends one signed request. */
export async function callAs(
  base: string,
  { key, secret }: Credentials,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly text: string }> {
  const url = new URL(`${base}/v2${path}`)
  const text = body === undefined ? '' : JSON.stringify(body)
  const expires = Math.floor(Date.now() / 1000) + 600
  const message = `${method} ${url.pathname}\n${text}\n\n\n${expires}`
  const signature = createHmac('sha256', secret).update(message).digest('base64')
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `EXO2-HMAC-SHA256 credential=${key},expires=${expires},signature=${signature}`,
      ...(text === '' ? {} : { 'content-type': 'application/json' }),
    },
    ...(text === '' ? {} : { body: text }),
  })
  return { status: response.status, text: await response.text() }
}

export function accessAt(base: string, owner: Credentials): Access {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, text } = await callAs(base, owner, method, path, body)
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`)
    return JSON.parse(text)
  }
  const role = async (name: string) => {
    const { 'iam-roles': roles } = await call<{ 'iam-roles': Role[] }>('GET', '/iam-role')
    const found = roles.find((one) => one.name === name)
    if (!found) throw new Error(`there is no role ${name}`)
    return found
  }
  return {
    owner,
    call,
    role,
    async createRole(name, policy, rest = {}) {
      await call('POST', '/iam-role', { name, policy, ...rest })
      await expect.poll(() => role(name).then(({ id }) => id, String)).toMatch(/^[0-9a-f-]{36}$/)
      return role(name)
    },
    createKey: (name, { id }) => call('POST', '/api-key', { name, 'role-id': id }),
  }
}

interface AccessConsole {
  readonly url: string
  readonly access: Access
  readonly upstream: Upstream
  /** Another console on the same local KMS, with a key or settings of its own; stopped with the test. */
  open(environment: Record<string, string>, credentials?: Credentials): Promise<string>
}

const clouds = (upstream: Upstream, { key, secret }: Credentials) => ({
  EXOSCALE_API_KEY: key,
  EXOSCALE_API_SECRET: secret,
  EXOSCALE_API_ENDPOINT: `${upstream.url}/zone/{zone}/v2`,
})

async function startAccess() {
  const upstream = await startUpstream()
  const { EXOSCALE_API_KEY: key = '', EXOSCALE_API_SECRET: secret = '' } = upstream.credentials
  const console = await startFresh('console', clouds(upstream, { key, secret }))
  const stop = async () => {
    await console.stop()
    await upstream.stop()
  }
  return { url: console.url, owner: { key, secret }, upstream, stop }
}

export const test = base.extend<{ iam: AccessConsole }>({
  /** A console on a local KMS with a port, which fails on request and is back at its start. */
  iam: async ({ page, once }, use) => {
    const { url, owner, upstream } = await once('iam', startAccess)
    await upstream.reset()
    const stops: (() => Promise<void>)[] = []
    async function open(environment: Record<string, string>, credentials = owner) {
      const console = await startFresh('console', { ...clouds(upstream, credentials), ...environment })
      stops.push(console.stop)
      return console.url
    }
    await use({ url, access: accessAt(upstream.url, owner), upstream, open })
    await leavePage(page)
    for (const stop of stops) await stop()
    await upstream.heal()
  },
})

export const denying = (services: Policy['services']): Policy => ({ 'default-service-strategy': 'deny', services })

export const table = (page: Page, name = 'API keys') => page.getByRole('table', { name, exact: true })

export const row = (page: Page, name: string, of = 'API keys') =>
  table(page, of).getByRole('row').filter({ hasText: name })

export const createDialog = (page: Page) => page.getByRole('dialog', { name: 'Create an API key' })
export const secretDialog = (page: Page) => page.getByRole('dialog', { name: /^Store the secret of/ })
export const deleteDialog = (page: Page, name: string) => page.getByRole('dialog', { name: `Delete API key ${name}` })

export const secretField = (page: Page) => secretDialog(page).getByRole('textbox', { name: 'Secret' })

/** Fills the form without submitting it. */
export async function fillCreation(page: Page, name: string, role: string) {
  await page.getByRole('button', { name: 'Create API key' }).first().click()
  const dialog = createDialog(page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('combobox', { name: 'Role' }).press('Enter')
  await page.getByRole('combobox', { name: 'Role: Find a role' }).fill(role)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('combobox', { name: `Role: ${role}` })).toBeVisible()
  return dialog
}

/** Storage, history, address and document of the page, as one text. */
export const kept = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage, history.state, location.href, document.documentElement.outerHTML]),
  )
