/**
 * Effort of ten everyday tasks for a user: mouse and key presses as the browser receives them, entered texts and files,
 * and screens. `node bench/tasks.ts`; needs a build.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Browser, chromium, expect, type Locator, type Page } from '@playwright/test'
import { type GatewayClient, gatewayClient } from '../e2e/gateway-client.ts'
import { wrapped } from '../e2e/import-key-page.ts'
import { start } from '../e2e/server.ts'
import { findBrowser } from '../tools/browser.ts'

const patience = { timeout: 60_000 }
const many = 50

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** User of the page. The page itself counts presses, so that none is missed. */
interface Person {
  readonly page: Page
  click(target: Locator): Promise<void>
  /** One input: focuses the field, and types or pastes. */
  enter(target: Locator, text: string): Promise<void>
  /** One click that opens the system's dialog, and one input: the chosen file. */
  chooseFile(target: Locator, name: string, buffer: Buffer): Promise<void>
  /** File that the browser saves after a click. */
  save(target: Locator): Promise<Buffer>
}

interface Task {
  readonly name: string
  /** Prepares the task; returns the user's data for it. */
  readonly prepare?: (api: GatewayClient) => Promise<readonly string[]>
  /** Does the task, up to the sign of its success. */
  readonly walk: (person: Person, given: readonly string[]) => Promise<void>
}

const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
const link = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name, exact: true })
const screen = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })
const field = (page: Page | Locator, name: string) => page.getByRole('textbox', { name, exact: true })
const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })
const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

/** Opens the key list, types the name, and selects the only match. */
async function chooseKey({ page, click, enter }: Person, name: string): Promise<void> {
  await click(page.getByRole('combobox', { name: /^Key/ }))
  await enter(page.getByRole('combobox', { name: /^Key: / }), name)
  await expect(page.getByRole('option')).toHaveCount(1, patience)
  await click(page.getByRole('option'))
  await expect(page.getByRole('combobox', { name: `Key: ${name}` })).toBeVisible(patience)
}

type Listed = Readonly<Record<'name' | 'identity' | 'id', string>>

function named(keys: readonly Listed[], name: string): Listed {
  const found = keys.find((key) => key.name === name)
  if (!found) throw new Error(`The demonstration has no key ${name}.`)
  return found
}

const message = 'the release of 22 November'

const tasks: readonly Task[] = [
  {
    name: 'Create a key that rotates every 90 days',
    async walk({ page, click, enter }) {
      await click(link(page, 'Create key'))
      await click(radio(page, 'Thalassa Cloud'))
      await expect(radio(page, 'nl-01')).toBeChecked(patience)
      await click(button(page, 'Continue'))
      await enter(field(page, 'Name'), 'invoices 2026')
      await click(page.getByRole('switch', { name: 'Rotate automatically' }))
      if (!(await radio(page, '90').isChecked())) await click(radio(page, '90'))
      await click(button(page, 'Create key'))
      await expect(page.getByRole('heading', { level: 1, name: 'invoices 2026' })).toBeVisible(patience)
      await page.goto(`${page.url().split('?')[0]}?tab=rotation`)
      await expect(radio(page, '90')).toBeChecked(patience)
    },
  },
  {
    name: 'Find the keys that are overdue for rotation',
    async walk({ page, click }) {
      const figure = page.getByRole('region', { name: 'Posture' }).getByRole('link', { name: /Overdue$/ })
      const overdue = Number(/^\d+/.exec(await figure.innerText())?.[0])
      expect(overdue).toBeGreaterThan(0)
      await click(figure)
      await expect(status(page, new RegExp(`^${overdue} of \\d+ keys$`))).toBeAttached(patience)
      await expect(page.getByRole('row').filter({ hasText: 'Overdue' })).toHaveCount(overdue, patience)
    },
  },
  {
    name: `Rotate ${many} keys`,
    async prepare(api) {
      for (let place = 1; place <= many; place++)
        await api.thalassa.create({ name: `batch ${String(place).padStart(2, '0')}` })
      return []
    },
    async walk({ page, click, enter }) {
      await click(screen(page, /^Keys/))
      await enter(page.getByRole('searchbox', { name: 'Search keys' }), 'batch')
      await expect(status(page, new RegExp(`^${many} of \\d+ keys$`))).toBeAttached(patience)
      await click(page.getByRole('checkbox', { name: 'Select all keys that are shown' }))
      await click(button(page.getByRole('toolbar', { name: 'Actions for the selection' }), /^Rotate now/))
      await click(button(page.getByRole('dialog'), `Rotate ${many} keys`))
      await expect(page.getByRole('dialog', { name: `Rotated ${many} keys` })).toBeVisible(patience)
    },
  },
  {
    name: 'Find the key of a ciphertext',
    async prepare(api) {
      const { 'kms-keys': keys } = await api.call<{ 'kms-keys': Listed[] }>('GET', '/api/exoscale/de-fra-1/kms-key')
      return [await api.exoscale.encrypt(named(keys, 'crm-sync'), 'found', undefined, 'de-fra-1')]
    },
    async walk({ page, click, enter }, [ciphertext = '']) {
      await click(screen(page, 'Playground'))
      await click(tab(page, 'Decrypt'))
      await enter(field(page, 'Ciphertext'), ciphertext)
      await click(button(page, 'Find its key'))
      await click(button(page.getByRole('dialog'), /^Try \d+ keys$/))
      await expect(page.getByRole('dialog').getByText('crm-sync decrypts it.').first()).toBeVisible(patience)
    },
  },
  {
    name: 'Make an API key and store its secret',
    async walk({ page, click, enter, save }) {
      await click(screen(page, 'API keys'))
      await click(button(page, 'Create API key'))
      const form = page.getByRole('dialog', { name: 'Create an API key' })
      await enter(field(form, 'Name'), 'nightly backup')
      await click(form.getByRole('combobox', { name: 'Role' }))
      await click(page.getByRole('option', { name: /^kms-crypto/ }))
      await click(button(form, 'Create API key'))
      const secret = page.getByRole('dialog', { name: /^Store the secret of/ })
      const file = await save(button(secret, 'Download .env'))
      expect(file.toString()).toMatch(/^EXOSCALE_API_SECRET=\S{43}$/m)
      await click(secret.getByRole('checkbox', { name: 'I have stored the secret' }))
      await click(button(secret, 'Close'))
      await expect(page.getByRole('row').filter({ hasText: 'nightly backup' })).toBeVisible(patience)
    },
  },
  {
    name: 'Verify a signature',
    async prepare(api) {
      const keys = await api.call<Listed[]>('GET', '/api/thalassa/v1/kms/nl-01/keys')
      const input = Buffer.from(message).toString('base64')
      const answer = await api.thalassa.act(named(keys, 'DNSSEC acme.example'), 'POST', '/sign', { input })
      return [JSON.stringify(answer).match(/thalassa:v\d+:[\w+/=]+/)?.[0] ?? '']
    },
    async walk(person, [signature = '']) {
      const { page, click, enter } = person
      await click(screen(page, 'Playground'))
      await click(tab(page, 'Verify'))
      await chooseKey(person, 'DNSSEC acme.example')
      await enter(field(page, 'Message'), message)
      await enter(field(page, 'Signature'), signature)
      await click(button(page, 'Verify'))
      await expect(page.getByRole('region', { name: 'Verified by Thalassa Cloud' })).toContainText('Matches', patience)
    },
  },
  {
    name: 'Import a key',
    prepare: async (api) => [await wrapped(api, randomBytes(32))],
    async walk({ page, click, enter, chooseFile, save }, [blob = '']) {
      await click(link(page, 'Create key'))
      await click(radio(page, 'Thalassa Cloud'))
      await click(page.getByRole('checkbox', { name: 'Import key material' }))
      await click(button(page, 'Continue'))
      expect((await save(button(page, /^Download/))).toString()).toContain('BEGIN PUBLIC KEY')
      await chooseFile(button(page, 'Choose file'), 'import.b64', Buffer.from(blob))
      await click(button(page, 'Continue'))
      await enter(field(page, 'Name'), 'brought along')
      await click(button(page, 'Create key'))
      await expect(page.getByRole('heading', { level: 1, name: 'brought along' })).toBeVisible(patience)
      await expect(page.getByText('Imported', { exact: true }).first()).toBeVisible(patience)
    },
  },
  {
    name: 'Cancel a deletion',
    async walk({ page, click }) {
      await click(button(page, 'Cancel deletion of ledger-2023'))
      await expect(page.getByText('Cancelled the deletion of ledger-2023.')).toBeVisible(patience)
    },
  },
  {
    name: 'Export the inventory as CSV',
    async walk({ page, click, save }) {
      await click(screen(page, /^Keys/))
      await click(button(page, 'Export'))
      const item = page.getByRole('menuitem', { name: /^Export \d+ keys as CSV$/ })
      const keys = Number(/\d+/.exec(await item.innerText())?.[0])
      const lines = (await save(item)).toString().trimEnd().split('\r\n')
      expect(lines).toHaveLength(keys + 1)
    },
  },
  {
    name: 'Encrypt a file',
    async walk(person) {
      const { page, click, chooseFile, save } = person
      await click(screen(page, 'Playground'))
      await click(tab(page, 'File'))
      await chooseKey(person, 'object-storage')
      await chooseFile(page.getByLabel('File to encrypt'), 'dump.sql', randomBytes(1_000_000))
      const sealed = await save(button(page, 'Encrypt'))
      expect(sealed.toString('latin1', 0, 21)).toBe('age-encryption.org/v1')
    },
  },
]

interface Count {
  clicks: number
  entries: number
  keys: number
  readonly screens: Set<string>
}

/** Screen of an address: each step of the wizard is one; tabs, filters and dialogs are not. */
const screenOf = (address: string) => `${new URL(address).pathname} ${new URL(address).searchParams.get('step') ?? ''}`

/** Runs one task from the console's start page, in a fresh browser. */
async function measure(browser: Browser, url: string, task: Task): Promise<Count> {
  const given = (await task.prepare?.(gatewayClient(url))) ?? []
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const count: Count = { clicks: 0, entries: 0, keys: 0, screens: new Set() }
  const told = `told${randomUUID().replaceAll('-', '')}`
  await context.exposeBinding(told, (_, kind: 'clicks' | 'keys') => {
    count[kind] += 1
  })
  await context.addInitScript((name) => {
    const tell: unknown = Reflect.get(globalThis, name)
    const heard = (kind: string) => (event: Event) => {
      if (event.isTrusted && typeof tell === 'function') tell(kind)
    }
    addEventListener('pointerdown', heard('clicks'), true)
    addEventListener('keydown', heard('keys'), true)
  }, told)
  const page = await context.newPage()
  page.setDefaultTimeout(patience.timeout)
  try {
    await page.goto(url)
    await expect(page.getByRole('main').getByText(/^\d+ keys, all \d+ locations answered$/)).toBeVisible(patience)
    count.screens.add(screenOf(page.url()))
    page.on('framenavigated', () => count.screens.add(screenOf(page.url())))
    const person: Person = {
      page,
      click: (target) => target.click(),
      async enter(target, text) {
        count.entries += 1
        await target.fill(text)
      },
      async chooseFile(target, name, buffer) {
        const asked = page.waitForEvent('filechooser')
        await target.click()
        count.entries += 1
        await (await asked).setFiles({ name, mimeType: 'application/octet-stream', buffer })
      },
      async save(target) {
        const saved = page.waitForEvent('download')
        await target.click()
        return readFile(await (await saved).path())
      },
    }
    await task.walk(person, given)
    return count
  } finally {
    await context.close()
  }
}

const line = (name: string, ...cells: readonly (string | number)[]) =>
  `${name.padEnd(44)}${cells.map((cell) => String(cell).padStart(9)).join('')}`

const server = await start('demo')
const browser = await chromium.launch({ ...findBrowser(), args: ['--no-sandbox', '--disable-background-networking'] })
try {
  say(line('Task', 'clicks', 'entries', 'keys', 'screens'))
  for (const task of tasks) {
    const { clicks, entries, keys, screens } = await measure(browser, server.url, task)
    say(line(task.name, clicks, entries, keys, screens.size))
  }
} finally {
  await browser.close()
  await server.stop()
}
