/** Takes the pictures of README and docs from the demo console: `npm run screenshots`. Needs a build and a Chromium. */
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from './browser.ts'

const FOLDER = 'docs/images'

const themes = ['light', 'dark'] as const

async function openKey(page: Page, url: string, name: string, tab: string) {
  await page.goto(`${url}/keys`)
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
}

/** Each leads a fresh page to what the picture shows. */
const pictures: Record<string, (page: Page, url: string) => Promise<void>> = {
  keys: async (page, url) => {
    await page.goto(`${url}/keys`)
    await page.getByRole('link', { name: 'billing archive' }).waitFor()
  },
  rotation: (page, url) => openKey(page, url, 'billing archive', 'Rotation'),
  versions: (page, url) => openKey(page, url, 'billing archive', 'Versions'),
  create: async (page, url) => {
    await page.goto(`${url}/keys/new`)
    await page.getByRole('radio', { name: 'Thalassa Cloud' }).check()
    await page.getByRole('button', { name: 'Continue to what for' }).click()
    await page.getByRole('radio', { name: 'aes256-gcm96' }).waitFor()
  },
  playground: async (page, url) => {
    await openKey(page, url, 'billing archive', 'Overview')
    await page.getByRole('link', { name: 'Use in playground' }).click()
    await page.getByRole('textbox', { name: 'Plaintext' }).fill('{"invoice":"2026-1107",\n "total":2500}')
    await page.getByRole('button', { name: 'Encrypt' }).click()
    await page.getByText('Encrypted', { exact: true }).first().waitFor()
  },
  verify: async (page, url) => {
    await openKey(page, url, 'jwt-sessions', 'Overview')
    await page.getByRole('link', { name: 'Use in playground' }).click()
    await page.getByRole('textbox', { name: 'Message' }).fill('{"sub":"4711","exp":1795392000}')
    await page.getByRole('button', { name: 'Sign', exact: true }).click()
    await page.getByRole('button', { name: 'Use in Verify' }).click()
    await page.getByRole('button', { name: 'Verify', exact: true }).click()
    await page.getByRole('button', { name: 'Verify offline' }).click()
    await page.getByText('Verified in this browser').waitFor()
  },
  'public-key': (page, url) => openKey(page, url, 'jwt-sessions', 'Public key'),
  activity: async (page, url) => {
    await page.goto(`${url}/activity`)
    await page.getByText('kms.rotate.scheduled').first().waitFor()
  },
}

async function startDemo() {
  const child = spawn(process.execPath, ['server/main.ts', 'demo', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const address = /^console: (http:\S+)$/m.exec(output)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)))
  })
  return { url, stop: () => child.kill('SIGTERM') }
}

const demo = await startDemo()
const browser = await chromium.launch({ ...findBrowser(), args: ['--no-sandbox', '--disable-background-networking'] })
await mkdir(FOLDER, { recursive: true })
for (const theme of themes)
  for (const [name, lead] of Object.entries(pictures)) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    })
    await lead(page, demo.url)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${FOLDER}/${name}-${theme}.png` })
    await page.close()
    console.log(`${FOLDER}/${name}-${theme}.png`)
  }
await browser.close()
demo.stop()
