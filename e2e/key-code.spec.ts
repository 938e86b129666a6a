import { spawnSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, uniqueName } from './fixtures.ts'
import { exoscalePath, tab, thalassaPath } from './key-page.ts'
import { copiedText, hasShell, installed, runLines, runRequest, test } from './shell-kms.ts'

const operation = (page: Page) => page.getByRole('combobox', { name: 'Operation' })

async function choose(page: Page, name: string) {
  await operation(page).press('Enter')
  const option = page.getByRole('option', { name, exact: true })
  await expect(option).toBeVisible()
  // A press that lands while the list still opens chooses nothing.
  await expect(async () => {
    if (await option.isVisible()) await option.press('Enter', { timeout: 1000 })
    await expect(page.getByRole('listbox')).toBeHidden({ timeout: 1000 })
  }).toPass()
  await expect(operation(page)).toHaveText(name)
}

/** By keyboard: that the key was disabled shows above, and moves what is below. */
const show = (page: Page, language: string) => page.getByRole('tab', { name: language, exact: true }).press('Enter')

async function shown(page: Page, language: string): Promise<string> {
  await show(page, language)
  return page.getByRole('tabpanel', { name: language, exact: true }).innerText()
}

const readers = {
  bash: { here: hasShell, words: ['-n'] },
  gofmt: { here: installed('gofmt', '-h'), words: ['-e'] },
  python3: {
    here: installed('python3', '--version'),
    words: ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'],
  },
  terraform: { here: installed('terraform', '-version'), words: ['fmt', '-'] },
}

/** As far as the machine has somebody to ask; answers with what that one prints. */
function expectParsed(language: keyof typeof readers, code: string): string | undefined {
  const { here, words } = readers[language]
  if (!here) return undefined
  const { status, stderr, stdout } = spawnSync(language, words, { input: code, encoding: 'utf8' })
  // What they complain of beside the code, such as a missing configuration, is no failure.
  expect({ status, stderr, code }).toMatchObject({ status: 0 })
  return stdout
}

/** Whole code, as it is copied, stays as it is when it is formatted. */
async function expectFormatted(page: Page, language: 'Go' | 'Terraform') {
  await show(page, language)
  const code = `${await copiedText(page, page.getByRole('button', { name: `Copy ${language}` }))}\n`
  if (language === 'Go') expect(code).toMatch(/^package main\n/)
  expect(expectParsed(language === 'Go' ? 'gofmt' : 'terraform', code) ?? code).toBe(code)
}

const operationsOf = (page: Page) =>
  test.step('list the operations', async () => {
    await operation(page).press('Enter')
    await expect(page.getByRole('option').first()).toBeVisible()
    const names = await page.getByRole('option').allInnerTexts()
    await page.keyboard.press('Escape')
    return names
  })

const lifecycle = ['Rotate now', 'Set rotation', 'Disable', 'Enable', 'Schedule deletion', 'Cancel deletion']

const kinds = [
  { keyType: 'aes256-gcm96', exportAllowed: true, operations: ['Encrypt', 'Decrypt', 'Export', ...lifecycle] },
  { keyType: 'ecdsa-p256', operations: ['Sign', 'Verify', 'Read public keys', ...lifecycle] },
  { keyType: 'hmac', operations: ['HMAC', 'Verify HMAC', ...lifecycle] },
]

for (const { keyType, exportAllowed = false, operations } of kinds)
  test(`the curl lines for a Thalassa key of type ${keyType} run as they are shown`, async ({
    page,
    connected,
    context,
  }) => {
    test.slow()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const { api, kms } = connected
    const labels = { env: 'prod', '2nd': '${it’s}' }
    const key = await api.thalassa.create({ name: uniqueName('it’s "code"'), keyType, exportAllowed, labels })
    await page.goto(`${connected.url}${thalassaPath(key)}?tab=code`)
    expect(await operationsOf(page)).toEqual(operations)
    const made: Record<string, string> = {}
    for (const name of operations) {
      await choose(page, name)
      expectParsed('bash', await shown(page, 'tcloud'))
      await expectFormatted(page, 'Go')
      const code = await shown(page, 'curl')
      if (!hasShell) continue
      const answer = runRequest(
        code
          .replace('thalassa:v1:YOUR_CIPHERTEXT', made.ciphertext ?? '')
          .replace('thalassa:v1:YOUR_SIGNATURE', made.signature ?? '')
          .replace('thalassa:v1:YOUR_HMAC', made.hmac ?? ''),
        kms.environment,
      )
      expect(answer, name).not.toHaveProperty('message')
      for (const member of ['ciphertext', 'signature', 'hmac']) {
        const value = answer[member]
        if (typeof value === 'string') made[member] = value
      }
      if (name === 'Decrypt') expect(answer.plaintext).toBe('aGVsbG8=')
      if (/^Verify/.test(name)) expect(answer.valid).toBe(true)
      if (name === 'Export') expect(String(answer.keyMaterial)).toHaveLength(44)
      if (name === 'Set rotation') expect(answer).toMatchObject({ keyRotationEnabled: true, rotationPeriodInDays: 90 })
      if (name === 'Disable') expect(answer.status).toBe('disabled')
      if (name === 'Schedule deletion') expect(answer.status).toBe('pending_deletion')
      if (name === 'Cancel deletion') expect(answer.status).toBe('active')
    }
    await expectFormatted(page, 'Terraform')
    expect(await shown(page, 'Import')).toMatch(
      new RegExp(`^terraform import thalassa_kms_key\\.it_s_code_[a-z0-9]+ nl-01/${key.identity}$`),
    )
  })

const forExoscale = ['Encrypt', 'Decrypt', 'Re-encrypt', 'Generate data key', 'Rotate now', 'Set rotation', 'Replicate']

for (const zone of ['ch-gva-2', 'de-fra-1'])
  test(`the curl lines for an Exoscale key of ${zone} run as they are shown`, async ({ page, connected, context }) => {
    test.slow()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const { api, kms } = connected
    const key = await api.exoscale.create({ name: uniqueName('code'), 'multi-zone': true }, zone)
    await page.goto(`${connected.url}${exoscalePath(key, zone)}?tab=code`)
    const operations = [...forExoscale, 'Disable', 'Enable', 'Schedule deletion', 'Cancel deletion']
    expect(await operationsOf(page)).toEqual(operations)
    let ciphertext = ''
    for (const name of operations) {
      await choose(page, name)
      expectParsed('bash', await shown(page, 'exo'))
      await expectFormatted(page, 'Go')
      expectParsed('python3', await shown(page, 'Python'))
      const code = await shown(page, 'curl')
      if (!hasShell) continue
      if (name === 'Set rotation') {
        // Two calls, so two answers: off, and on again.
        expect(runLines(code, kms.environment)).toMatch(/"automatic":false.*"automatic":true,"rotation-period":365/)
        continue
      }
      const answer = runRequest(
        code.replace('YOUR_CIPHERTEXT', ciphertext).replace('YOUR_ZONE', 'at-vie-1'),
        kms.environment,
      )
      expect(answer, name).not.toHaveProperty('detail')
      if (typeof answer.ciphertext === 'string' && name !== 'Generate data key') ciphertext = answer.ciphertext
      if (name === 'Decrypt') expect(answer.plaintext).toBe('aGVsbG8=')
      if (name === 'Generate data key') expect(Buffer.from(String(answer.plaintext), 'base64')).toHaveLength(32)
      if (name === 'Replicate') expect(answer.status).toBe('target-registered')
    }
    await expectFormatted(page, 'Terraform')
    expect(await shown(page, 'Import')).toMatch(
      new RegExp(`^terraform import exoscale_kms_key\\.code_[a-z0-9]+ ${key.id}@${zone}$`),
    )
  })

test('the chosen operation is a link, and what can’t be done now says so', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const key = await api.thalassa.create({ name: uniqueName('link') })
  await page.goto(thalassaPath(key))
  await tab(page, 'Code').click()
  await expect(page).toHaveURL(/\?tab=code$/)
  await expect(page.getByText('aGVsbG8= is base64 of “hello”: put your own in its place.')).toBeVisible()
  await choose(page, 'Decrypt')
  await expect(page).toHaveURL(/\?tab=code&op=decrypt$/)
  await page.reload()
  await expect(operation(page)).toHaveText('Decrypt')
  await expect(page.getByText('Put what encrypt answered in the place of thalassa:v1:YOUR_CIPHERTEXT.')).toBeVisible()
  await choose(page, 'Encrypt')
  await expect(page).toHaveURL(/\?tab=code$/)
  await page.getByRole('button', { name: 'Copy curl' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('-d \'{\n    "plaintext": "aGVsbG8="\n  }\'')
  await choose(page, 'Rotate now')
  await tab(page, 'Versions').click()
  await expect(page).toHaveURL(/\?tab=versions$/)

  await api.thalassa.act(key, 'POST', '/disable')
  await page.goto(`${thalassaPath(key)}?tab=code`)
  await expect(page.getByText('Not possible now: The key is disabled. Enable it first.')).toBeVisible()
})

test('is accessible, fits a narrow screen and works by keyboard', async ({ page, api }) => {
  test.slow()
  const key = await api.thalassa.create({ name: uniqueName('accessible'), keyType: 'rsa-2048' })
  await page.goto(`${thalassaPath(key)}?tab=code`)
  await operation(page).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('v')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/op=verify/)
  await expect(page.getByRole('listbox')).toBeHidden()
  await expect(operation(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('tab', { name: 'curl' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'tcloud' })).toHaveAttribute('aria-selected', 'true')
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
