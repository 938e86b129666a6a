/**
 * Effort of sixteen tasks for a first-time user: mouse and key presses as the browser receives them, entered texts and
 * files, and screens. `node bench/tasks.ts`; needs a build. A number counts only that task: `node bench/tasks.ts 7`.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Browser, chromium, expect } from '@playwright/test'
import { gatewayClient } from '../e2e/gateway-client.ts'
import { start } from '../e2e/server.ts'
import { findBrowser } from '../tools/browser.ts'
import { notCounted, tasks } from './task-list.ts'
import { type Person, patience, type Task } from './task-steps.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)

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
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
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
    await expect(page.getByRole('main').getByText(/^\d+ keys in \d+ locations/)).toBeVisible(patience)
    count.screens.add(screenOf(page.url()))
    page.on('framenavigated', () => count.screens.add(screenOf(page.url())))
    const person: Person = {
      page,
      url,
      click: (target) => target.click(),
      async enter(target, text) {
        count.entries += 1
        await target.fill(text)
      },
      async type(target, text) {
        await expect(target).toBeFocused(patience)
        count.entries += 1
        await page.keyboard.insertText(text)
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
  `${name.padEnd(52)}${cells.map((cell) => String(cell).padStart(9)).join('')}`

const wanted = process.argv[2]
const server = await start('demo')
const browser = await chromium.launch({ ...findBrowser(), args: ['--no-sandbox', '--disable-background-networking'] })
try {
  say(line('Task', 'clicks', 'entries', 'keys', 'screens'))
  for (const task of tasks.filter(({ name }) => wanted === undefined || name.startsWith(`${wanted} `))) {
    try {
      const { clicks, entries, keys, screens } = await measure(browser, server.url, task)
      say(line(task.name, clicks, entries, keys, screens.size))
    } catch (error) {
      process.exitCode = 1
      say(`${line(task.name, 'not done')}\n${error instanceof Error ? error.message : String(error)}`)
    }
  }
  say(`\nNot counted: ${notCounted.join(', ')}.`)
} finally {
  await browser.close()
  await server.stop()
}
