/** Screens of the demo console, and the steps to each, by the names of controls. */
import type { Locator, Page } from '@playwright/test'

interface Screen {
  readonly name: string
  /** Brings a new page to the state in the picture. */
  readonly lead: (page: Page) => Promise<unknown>
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })

async function openKeys(page: Page) {
  await page.goto('/keys')
  await page.getByRole('link', { name: 'billing archive' }).waitFor()
}

/** Opens a key by search, because the list renders only visible rows. */
async function openKey(page: Page, name: string, tab?: string) {
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  await page.getByRole('link', { name, exact: true }).first().click()
  await page.getByRole('tab', { name: 'Overview' }).waitFor()
  if (tab !== undefined) await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
}

async function openPlayground(page: Page, key: string, tab?: string) {
  await openKey(page, key)
  await page.getByRole('link', { name: 'Open in playground' }).click()
  if (tab !== undefined) await page.getByRole('tab', { name: tab, exact: true }).click()
}

async function openWizard(page: Page) {
  await page.goto('/keys/new')
  await page.getByRole('radio', { name: 'Thalassa Cloud' }).check()
  await page.getByRole('radio', { name: 'aes256-gcm96' }).waitFor()
}

async function openDeletion(page: Page) {
  await openKey(page, 'sandbox')
  await button(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Schedule deletion…' }).click()
  await page.getByRole('dialog').waitFor()
}

async function openRoleEditor(page: Page) {
  await page.goto('/api-keys?tab=roles')
  await page.getByRole('link', { name: 'kms-crypto', exact: true }).click()
  await button(page, 'Edit role').click()
  await button(page, 'Try').waitFor()
}

async function encrypt(page: Page) {
  await openPlayground(page, 'billing archive')
  await page.getByRole('textbox', { name: 'Plaintext' }).fill('{"invoice":"2026-1107",\n "total":2500}')
  await button(page, 'Encrypt').click()
  await page.getByText('Encrypted', { exact: true }).first().waitFor()
}

async function verify(page: Page) {
  await openPlayground(page, 'jwt-sessions')
  await page.getByRole('textbox', { name: 'Message' }).fill('{"sub":"4711","exp":1795392000}')
  await button(page, 'Sign').click()
  await button(page, 'Use in Verify').click()
  await button(page, 'Verify').click()
  await button(page, 'Verify offline').click()
  await page.getByText('Verified in this browser').waitFor()
}

async function openPalette(page: Page) {
  await openKeys(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a key or action' }).fill('bill')
  await page.getByRole('option', { name: /billing archive/ }).waitFor()
}

async function openRequests(page: Page) {
  await encrypt(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a key or action' }).fill('requests')
  await page.keyboard.press('Enter')
  await page.getByRole('list', { name: 'Requests, the newest first' }).waitFor()
}

async function createApiKey(page: Page) {
  await page.goto('/api-keys')
  await button(page, 'Create API key').first().click()
  await page.getByRole('dialog').waitFor()
}

/** Opens an address and waits until the screen is complete. */
const at = (path: string, ready: (page: Page) => Locator) => async (page: Page) => {
  await page.goto(path)
  await ready(page).first().waitFor()
}

const text = (words: string | RegExp) => (page: Page) => page.getByText(words)

export const screens: readonly Screen[] = [
  // First, because this screen lists what the others do.
  { name: 'activity', lead: at('/activity', text('kms.rotate.scheduled')) },
  { name: 'overview', lead: at('/', text(/^\d+ keys in \d+ locations/)) },
  { name: 'keys', lead: openKeys },
  { name: 'keys-due', lead: at('/keys?sort=rotation', (page) => page.getByRole('link', { name: 'hr-documents' })) },
  {
    name: 'keys-selected',

    lead: async (page) => {
      await openKeys(page)
      for (const name of ['billing archive', 'card-vault', 'checkout-api'])
        await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    },
  },
  { name: 'keys-no-match', lead: at('/keys?q=nothing+has+this', (page) => heading(page, /^No/)) },
  { name: 'palette', lead: openPalette },
  { name: 'requests', lead: openRequests },
  { name: 'create', lead: openWizard },
  {
    name: 'import',
    lead: async (page) => {
      await openWizard(page)
      await page.getByRole('checkbox', { name: 'Import key material' }).check()
      await button(page, 'Continue').click()
      await heading(page, 'Key material').waitFor()
    },
  },
  { name: 'key', lead: (page) => openKey(page, 'billing archive') },
  { name: 'rotation', lead: (page) => openKey(page, 'billing archive', 'Versions and rotation') },
  { name: 'replicas', lead: (page) => openKey(page, 'app-config', 'Replicas') },
  { name: 'public-key', lead: (page) => openKey(page, 'jwt-sessions', 'Public key') },
  {
    name: 'export',
    lead: async (page) => {
      await openKey(page, 'legacy-erp')
      await button(page, 'More actions').click()
      await page.getByRole('menuitem', { name: 'Export key material…' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'code', lead: (page) => openKey(page, 'billing archive', 'Code') },
  {
    name: 'key-activity',
    lead: async (page) => {
      await openKey(page, 'billing archive', 'Activity')
      await page.getByText('kms.rotate.scheduled').first().waitFor()
    },
  },
  { name: 'key-pending', lead: (page) => openKey(page, 'tmp-migration-2026') },
  { name: 'key-disabled', lead: (page) => openKey(page, 'search-index') },
  { name: 'deletion', lead: openDeletion },
  { name: 'playground', lead: encrypt },
  { name: 'verify', lead: verify },
  { name: 're-encrypt', lead: (page) => openPlayground(page, 'app-config', 'Re-encrypt') },
  {
    name: 'data-key',
    lead: async (page) => {
      await openPlayground(page, 'app-config', 'Data key')
      await page.getByRole('button', { name: 'Generate data key' }).click()
      await button(page, 'Show plaintext').waitFor()
    },
  },
  {
    name: 'files',

    lead: async (page) => {
      await openKey(page, 'billing archive')
      const key = new URL(page.url()).pathname.replace('/keys/', '')
      await page.goto(`/playground?op=file&key=${encodeURIComponent(key)}`)
      await page.getByLabel('File to encrypt').setInputFiles({
        name: 'invoices-2026.tar',
        mimeType: 'application/x-tar',
        buffer: Buffer.alloc(8 * 1024 * 1024, 'invoice'),
      })
      await button(page, 'Encrypt').click()
      await button(page, 'Save again').waitFor()
    },
  },
  { name: 'files-decrypt', lead: (page) => page.goto('/playground?op=file&tab=decrypt') },
  { name: 'api-keys', lead: at('/api-keys', text('ci-terraform')) },
  { name: 'api-key-create', lead: createApiKey },
  { name: 'roles', lead: at('/api-keys?tab=roles', text('kms-crypto')) },
  { name: 'role-editor', lead: openRoleEditor },
  { name: 'connections', lead: at('/connections', (page) => heading(page, 'Thalassa Cloud')) },
  { name: 'unknown', lead: (page) => page.goto('/nowhere') },
]
