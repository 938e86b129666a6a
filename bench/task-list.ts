/** Tasks of a first-time user of the demonstration; two more stand at the end for the comparison in `docs/tasks.md`. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { wrapped } from '../e2e/import-key-page.ts'
import { keyboardTasks } from './keyboard-tasks.ts'
import {
  button,
  chooseKey,
  dialog,
  field,
  heading,
  link,
  openKey,
  palette,
  patience,
  radio,
  screen,
  status,
  type Task,
  tab,
  thalassaKey,
} from './task-steps.ts'

const run = promisify(execFile)
const text = 'the release of 22 November'

export const tasks: readonly Task[] = [
  {
    name: '1 Find a key and copy its id',
    async walk({ page, click, type }) {
      await click(button(page, 'Find a key or action'))
      await type(palette(page), 'card-vault')
      await expect(page.getByRole('option', { name: /^card-vault/ }).first()).toBeVisible(patience)
      await page.keyboard.press('Tab')
      await click(page.getByRole('option', { name: /^Copy id/ }))
      await expect(page.getByText(/^Copied/).first()).toBeAttached(patience)
    },
  },
  {
    name: '2 Create a key in nl-01 that rotates every 90 days',
    async walk({ page, click, enter }) {
      await click(link(page, 'Create key'))
      // The first cloud is chosen beforehand.
      await expect(radio(page, 'Thalassa Cloud')).toBeChecked(patience)
      await expect(radio(page, 'nl-01')).toBeChecked(patience)
      await click(button(page, 'Continue'))
      await enter(field(page, 'Name'), 'invoices 2026')
      await click(page.getByRole('switch', { name: 'Rotate automatically' }))
      if (!(await radio(page, '90').isChecked())) await click(radio(page, '90'))
      await click(button(page, 'Create key'))
      await expect(heading(page, 'invoices 2026')).toBeVisible(patience)
      await page.goto(`${page.url().split('?')[0]}?tab=versions`)
      await expect(radio(page, '90')).toBeChecked(patience)
    },
  },
  {
    name: '3 Create a multi-zone key and a replica',
    async walk({ page, click, enter }) {
      await click(link(page, 'Create key'))
      await click(radio(page, 'Exoscale'))
      await click(radio(page, 'ch-gva-2'))
      await click(button(page, 'Continue'))
      await enter(field(page, 'Name'), 'sessions')
      await click(page.getByRole('checkbox', { name: 'Multi-zone' }))
      await click(button(page, 'Create key'))
      await expect(heading(page, 'sessions')).toBeVisible(patience)
      await click(page.getByRole('tab', { name: /^Replicas/ }))
      await click(button(page, 'Replicate to…'))
      await click(dialog(page).getByRole('checkbox', { name: /^de-fra-1/ }))
      await click(button(dialog(page), /^Replicate/))
      await expect(page.getByRole('table', { name: 'Zones of this key' })).toContainText('de-fra-1', patience)
    },
  },
  {
    name: '4 Rotate five keys',
    async prepare(api) {
      for (let place = 1; place <= 5; place++) await api.thalassa.create({ name: `batch ${place}` })
      return []
    },
    async walk({ page, click, enter }) {
      await click(screen(page, /^Keys/))
      await enter(page.getByRole('searchbox', { name: 'Search keys' }), 'batch')
      await expect(status(page, /^5 of \d+ keys$/)).toBeAttached(patience)
      await click(page.getByRole('checkbox', { name: 'Select all keys that are shown' }))
      await click(button(page.getByRole('toolbar', { name: 'Actions for the selection' }), /^Rotate now/))
      await click(button(dialog(page), 'Rotate 5 keys'))
      await expect(page.getByText('Rotated 5 keys.', { exact: true })).toBeVisible(patience)
    },
  },
  {
    name: '5 Encrypt and decrypt with a context',
    async walk(person) {
      const { page, click, enter } = person
      await click(screen(page, 'Playground'))
      await chooseKey(person, 'crm-sync')
      await enter(field(page, 'Plaintext'), text)
      await enter(field(page, 'Encryption context'), 'tenant=42')
      await click(button(page, 'Encrypt'))
      await click(button(page, 'Use in Decrypt'))
      await click(button(page, 'Decrypt'))
      await expect(field(page, 'Plaintext')).toHaveText(text, patience)
    },
  },
  {
    name: '6 Sign and verify',
    async walk(person) {
      const { page, click, enter } = person
      await click(screen(page, 'Playground'))
      await click(tab(page, 'Sign'))
      await chooseKey(person, 'DNSSEC acme.example')
      await enter(field(page, 'Message'), text)
      await click(button(page, 'Sign'))
      await click(button(page, 'Use in Verify'))
      await click(button(page, 'Verify'))
      await expect(page.getByRole('region', { name: 'Verified by Thalassa Cloud' })).toContainText('Matches', patience)
    },
  },
  {
    name: '7 Understand a wrong key, and find the right one',
    async prepare(api) {
      const key = await thalassaKey(api, 'checkout-api')
      const plaintext = Buffer.from(text).toString('base64')
      const answer = await api.thalassa.act(key, 'POST', '/encrypt', { plaintext })
      return [JSON.stringify(answer).match(/thalassa:v\d+:[\w+/=]+/)?.[0] ?? '']
    },
    async walk(person, [ciphertext = '']) {
      const { page, click, enter } = person
      await click(screen(page, 'Playground'))
      await click(tab(page, 'Decrypt'))
      await chooseKey(person, 'card-vault')
      await enter(field(page, 'Ciphertext'), ciphertext)
      // The reason stands beside the button before anything is sent, without scrolling.
      await expect(page.getByText(/version \d+.*card-vault/).first()).toBeInViewport({ ratio: 1, ...patience })
      await click(button(page, 'Find its key').first())
      await click(button(dialog(page), /^Try \d+ keys?$/))
      await expect(dialog(page).getByRole('row', { name: /checkout-api/ })).toContainText('Decrypts it', patience)
    },
  },
  {
    name: '8 Schedule a deletion, and cancel it',
    async walk(person) {
      const { page, click, enter } = person
      await openKey(person, 'sandbox')
      await click(button(page, 'More actions'))
      await click(page.getByRole('menuitem', { name: 'Schedule deletion…' }))
      await enter(dialog(page).getByRole('textbox', { name: /to confirm/ }), 'sandbox')
      await click(button(dialog(page), 'Schedule deletion'))
      await click(page.getByRole('main').getByRole('button', { name: 'Cancel deletion' }))
      await expect(page.getByText('Cancelled the deletion of sandbox.').first()).toBeVisible(patience)
    },
  },
  {
    name: '9 Create an API key and store its secret',
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
    name: '10 Import key material, wrapped outside',
    prepare: async (api) => [await wrapped(api, randomBytes(32))],
    async walk({ page, click, enter, chooseFile, save }, [blob = '']) {
      await click(link(page, 'Create key'))
      // The first cloud is chosen beforehand.
      await expect(radio(page, 'Thalassa Cloud')).toBeChecked(patience)
      await click(page.getByRole('checkbox', { name: 'Import key material' }))
      await click(button(page, 'Continue'))
      expect((await save(button(page, /^Download/))).toString()).toContain('BEGIN PUBLIC KEY')
      await chooseFile(button(page, 'Choose file'), 'import.b64', Buffer.from(blob))
      await click(button(page, 'Continue'))
      await enter(field(page, 'Name'), 'brought along')
      await click(button(page, 'Create key'))
      await expect(heading(page, 'brought along')).toBeVisible(patience)
      await expect(page.getByText('Imported', { exact: true }).first()).toBeVisible(patience)
    },
  },
  {
    name: '11 Export key material',
    async prepare(api) {
      await api.thalassa.create({ name: 'portable', exportAllowed: true })
      return []
    },
    async walk(person) {
      const { page, click, enter } = person
      await openKey(person, 'portable')
      await click(button(page, 'More actions'))
      await click(page.getByRole('menuitem', { name: 'Export key material…' }))
      await enter(dialog(page).getByRole('textbox'), 'portable')
      await click(button(dialog(page), 'Export key material'))
      await click(button(page, 'Reveal'))
      await expect(field(page, 'Key material')).toHaveText(/^[\w+/]{43}=$/, patience)
    },
  },
  {
    name: '12 See who rotated keys last week',
    async walk({ page, click }) {
      await click(screen(page, 'Activity'))
      await click(button(page.getByRole('group', { name: 'Filters' }), /^Action/))
      await click(page.getByRole('menuitemcheckbox', { name: /^Rotate/ }))
      const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row')
      await expect(rows.filter({ hasText: /rotat/i }).filter({ hasText: 'System' }).first()).toBeVisible(patience)
    },
  },
  {
    name: '13 Encrypt a file, and decrypt it in a terminal',
    async walk(person) {
      const { page, click, chooseFile, save, url } = person
      await click(screen(page, 'Playground'))
      await click(tab(page, 'File'))
      await chooseKey(person, 'object-storage')
      await chooseFile(page.getByLabel('File to encrypt'), 'report.txt', Buffer.from(text))
      const sealed = await save(button(page, 'Encrypt'))
      const command = await page.getByText(/^npm run decrypt-file -- /).innerText()
      expect(command).toContain(url)
      const folder = await mkdtemp(join(tmpdir(), 'kms-bench-'))
      await writeFile(join(folder, 'report.txt.age'), sealed)
      const environment = { ...process.env, INIT_CWD: folder, KMS_ENV_FILE: '' }
      const script = command.replace('npm run decrypt-file --', `"${process.execPath}" server/decrypt-file.ts`)
      await run('sh', ['-c', script], { env: environment })
      expect(await readFile(join(folder, 'report.txt'), 'utf8')).toBe(text)
      await rm(folder, { recursive: true })
    },
  },
  {
    name: '14 Copy a key as Terraform code',
    async walk(person) {
      const { page, click } = person
      await openKey(person, 'card-vault')
      await click(tab(page, 'Code'))
      await click(button(page, 'Copy code: Terraform'))
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()), patience)
        .toMatch(/^(resource|data) "/m)
    },
  },
  {
    name: '15 List the keys that never rotated, as CSV',
    async walk({ page, click, save }) {
      await click(screen(page, /^Keys/))
      await click(page.getByRole('combobox', { name: 'Filters' }))
      await click(page.getByRole('option', { name: /Never rotated/ }))
      await page.keyboard.press('Escape')
      await click(button(page, 'Export'))
      const item = page.getByRole('menuitem', { name: /^Export \d+ keys as CSV$/ })
      const keys = Number(/\d+/.exec(await item.innerText())?.[0])
      expect((await save(item)).toString().trimEnd().split('\r\n')).toHaveLength(keys + 1)
    },
  },
  ...keyboardTasks,
  {
    name: '   Find the keys that are overdue for rotation',
    async walk({ page, click }) {
      const figure = page.getByRole('region', { name: 'Keys' }).getByRole('link', { name: /Overdue$/ })
      const overdue = Number(/^\d+/.exec(await figure.innerText())?.[0])
      expect(overdue).toBeGreaterThan(0)
      await click(figure)
      await expect(status(page, new RegExp(`^${overdue} of \\d+ keys$`))).toBeAttached(patience)
    },
  },
  {
    name: '   Cancel a deletion',
    async walk({ page, click }) {
      await click(button(page, 'Cancel deletion of ledger-2023'))
      await expect(page.getByText('Cancelled the deletion of ledger-2023.').first()).toBeVisible(patience)
    },
  },
]

/** Tasks of the same list that have no clicks to count. */
export const notCounted = ['17 screen reader', '18 zoom, reduced motion, forced colours', '19 Firefox', '20 long names']
