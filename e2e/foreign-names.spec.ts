/** Names of 100 characters and of other scripts, and 40 labels: nothing is cut off, overlaps or turns its neighbours round. */
import type { Page } from '@playwright/test'
import { expectFits } from './fits.ts'
import { expect, test } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'
import { field, open, option } from './palette-page.ts'
import { thalassaUrl } from './playground-page.ts'

const names = {
  long: 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaftsschluesselverwaltung',
  chinese: '顧客データ暗号化キー 支払い本番環境 客户数据加密密钥 payments',
  arabic: 'مفتاح تشفير بيانات العملاء prod 2026',
  emoji: '🔐🧾 billing 👩‍💻 naïve Żółć',
}

const labels = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [`beschreibungsmerkmal-nummer-${at}`, `wert-der-recht-lang-ist-${at}`]),
)

const widths = [1440, 390]

async function expectFitsBoth(page: Page) {
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await expectFits(page)
  }
}

/** Parts of the top layer that stick out of it. */
const outside = (page: Page, role: string) =>
  page.evaluate((selector) => {
    const boxes = [...document.querySelectorAll(selector)]
    return boxes.flatMap((box) => {
      const { left, right } = box.getBoundingClientRect()
      return [...box.querySelectorAll('*')]
        .filter(
          (part) => part.getBoundingClientRect().right > right + 1 || part.getBoundingClientRect().left < left - 1,
        )
        .filter((part) => part.getClientRects().length > 0 && !part.closest('.sr-only, .truncate > *'))
        .map(({ outerHTML }) => outerHTML.slice(0, 120))
    })
  }, `[role="${role}"]`)

async function expectDialogFits(page: Page) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    expect(await outside(page, 'dialog')).toEqual([])
  }
}

test('long and foreign names on every screen, in dialogs and messages', async ({ page, emptyServer: { url } }) => {
  const api = gatewayClient(url)
  const keys = await Promise.all(Object.values(names).map((name) => api.thalassa.create({ name, labels })))
  await Promise.all(Object.values(names).map((name) => api.exoscale.create({ name })))
  await page.goto(`${url}/keys`)
  for (const name of Object.values(names))
    await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: names.arabic, exact: true }).first()).toHaveCSS('unicode-bidi', 'isolate')
  await expectFitsBoth(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
  await page
    .getByRole('toolbar', { name: 'Actions for the selection' })
    .getByRole('button', { name: 'Disable' })
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectDialogFits(page)
  await page.keyboard.press('Escape')
  await open(page)
  await field(page).fill('donau')
  await expect(option(page, new RegExp(names.long)).first()).toBeVisible()
  await expectDialogFits(page)
  await page.keyboard.press('Escape')
  for (const path of ['/', '/activity', '/connections']) {
    await navigate(page, path)
    await expectFitsBoth(page)
  }
  for (const [at, key] of keys.entries()) {
    const name = Object.values(names)[at] ?? ''
    await navigate(page, thalassaPath(key))
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
    await expectFitsBoth(page)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Schedule deletion…' }).click()
    await expect(page.getByRole('dialog')).toContainText(name)
    await expectDialogFits(page)
    await page.keyboard.press('Escape')
    await navigate(page, thalassaUrl(key))
    await expect(page.getByRole('button', { name: 'Encrypt', exact: true })).toBeVisible()
    await expectFitsBoth(page)
  }
  const [first] = keys
  if (!first) return
  await navigate(page, thalassaPath(first))
  await page.getByRole('button', { name: 'Rotate now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  await expect(page.getByRole('status').filter({ hasText: `Rotated ${names.long}.` })).toBeVisible()
  expect(await outside(page, 'status')).toEqual([])
})
