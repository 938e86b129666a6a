/** The console's page for files in a browser: runs of it, and the browser's own cipher beside it. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { type BrowserContext, chromium, type Download, type Page } from '@playwright/test'
import { findBrowser } from '../tools/browser.ts'

export type Operation = 'encrypt' | 'decrypt'

const patience = { timeout: 600_000 }

/** @param profile folder on disk: a private window keeps files in memory */
export const openBrowser = (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    ...findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking'],
  })

/** Bytes per second of the browser's ChaCha20-Poly1305 in the page, one chunk of 64 KiB at a time. */
export const rawRate = (page: Page, operation: Operation, bytes: number): Promise<number> =>
  page.evaluate(
    async ([what, size]) => {
      const cipher = { name: 'ChaCha20-Poly1305', iv: new Uint8Array(12) }
      const rawSecret: string = 'raw-secret'
      const usages = ['encrypt', 'decrypt'] as const
      const key = await crypto.subtle.importKey(rawSecret as 'raw', new Uint8Array(32), cipher.name, false, usages)
      const plain = new Uint8Array(65_536)
      const chunk = what === 'encrypt' ? plain : await crypto.subtle.encrypt(cipher, key, plain)
      const chunks = Math.ceil(size / plain.length)
      const started = performance.now()
      for (let done = 0; done < chunks; done++) await crypto.subtle[what](cipher, key, chunk)
      return (chunks * plain.length * 1000) / (performance.now() - started)
    },
    [operation, bytes] as const,
  )

/** Reads the memory of the page's process in bytes; undefined where the system doesn't tell. */
async function memoryOf(context: BrowserContext, page: Page): Promise<() => number | undefined> {
  const own = await context.newCDPSession(page)
  await own.send('HeapProfiler.collectGarbage')
  const session = (await context.browser()?.newBrowserCDPSession()) ?? own
  const { processInfo } = await session.send('SystemInfo.getProcessInfo').catch(() => ({ processInfo: [] }))
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => `/proc/${id}/status`)
  return () => {
    const sizes = renderers
      .filter((status) => existsSync(status))
      .map((status) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1024)
    return sizes.length === 0 ? undefined : Math.max(...sizes)
  }
}

/** Growth of a value in bytes over the first reading, at most, of ten readings a second. */
function watchGrowth(read: () => number | undefined): () => number | undefined {
  const rest = read()
  let most = rest
  const timer = setInterval(() => {
    most = Math.max(most ?? 0, read() ?? 0)
  }, 100)
  return () => {
    clearInterval(timer)
    return rest === undefined || most === undefined ? undefined : most - rest
  }
}

export interface FileRun {
  /** From the press of the button until the result is offered. */
  readonly milliseconds: number
  /** Memory of the page's process in bytes at most, beyond what it had before. */
  readonly memory: number | undefined
  readonly download: Download
}

/** Opens the page with its file chosen, ready for the button. */
async function prepare(page: Page, url: string, operation: Operation, file: string): Promise<void> {
  await page.goto(url)
  if (operation === 'decrypt') await page.getByRole('radio', { name: 'Decrypt a file' }).click()
  await page.getByLabel(`File to ${operation}`).setInputFiles(file)
}

/**
 * Encrypts or decrypts a file as a user does.
 * @param url of the page for files, with its key
 */
export async function runFile(page: Page, url: string, operation: Operation, file: string): Promise<FileRun> {
  await prepare(page, url, operation, file)
  const name = operation === 'encrypt' ? 'Encrypt' : 'Decrypt'
  const act = page.getByRole('button', { name, exact: true })
  await act.and(page.locator(':not([aria-disabled])')).waitFor(patience)
  // Its own pending writes would share the disk with those that are measured.
  spawnSync('sync', [file])
  const growth = watchGrowth(await memoryOf(page.context(), page))
  const saved = page.waitForEvent('download', patience)
  // Times are taken in the page, to exclude the time of the driver.
  await page.evaluate(() => {
    const { body } = document
    const isThere = (name: string) => [...body.querySelectorAll('button')].some((button) => button.textContent === name)
    addEventListener('click', () => performance.mark('pressed'), { once: true, capture: true })
    const observer = new MutationObserver(() => {
      if (!isThere('Save again')) return
      performance.mark('done')
      observer.disconnect()
    })
    observer.observe(body, { childList: true, subtree: true })
  })
  await act.click()
  await page.getByRole('button', { name: 'Save again' }).waitFor(patience)
  const memory = growth()
  const milliseconds = await page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime ?? Number.NaN
    return at('done') - at('pressed')
  })
  return { milliseconds, memory, download: await saved }
}
