/** What styles promise to everyone: a focus that is seen, and no motion for those who asked for none. */
import type { Locator, Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'
import { thalassaPath } from './key-page.ts'

const ring = { light: 'rgb(11, 127, 147)', dark: 'rgb(86, 191, 208)' }

/** Goes there and back by Tab, so that the browser takes the focus for one of the keyboard. */
async function focusByKeyboard(page: Page, target: Locator) {
  await target.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

test('what has the focus has a ring around it, in both themes', async ({ page, api }) => {
  const name = uniqueName('focused')
  await api.thalassa.create({ name })
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  const targets = [
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }),
    page.getByRole('link', { name, exact: true }),
    page.getByRole('button', { name: 'Refresh' }),
    page.getByRole('searchbox', { name: 'Search keys' }),
    page.getByRole('columnheader', { name: 'Name' }).getByRole('button'),
    page.getByRole('checkbox', { name: `Select ${name}`, exact: true }),
    page.getByRole('button', { name: `Actions for ${name}` }),
  ]
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const target of targets) {
      await focusByKeyboard(page, target)
      await expect(target).toHaveCSS('outline-style', 'solid')
      await expect(target).toHaveCSS('outline-width', '2px')
      await expect(target).toHaveCSS('outline-color', ring[theme])
    }
  }
})

/** Everything on the page whose style would move or fade it. What follows scrolling takes no time. */
const moving = (page: Page) =>
  page.evaluate(() => {
    const takesTime = (durations: string) => durations.split(', ').some((duration) => Number.parseFloat(duration) > 0)
    return [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element)
      return takesTime(transitionDuration) || takesTime(animationDuration) ? [element.outerHTML.slice(0, 200)] : []
    })
  })

test('nothing moves where motion is not wanted', async ({ page, api }) => {
  const name = uniqueName('still')
  const key = await api.thalassa.create({ name })
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('row', { name })).toBeVisible()
  // The same look finds what moves for everyone else.
  expect(await moving(page)).not.toEqual([])

  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving(page)).toEqual([])
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  expect(await moving(page)).toEqual([])
  await page.goto(thalassaPath(key))
  await page.getByRole('button', { name: 'Rotate now' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await moving(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  await expect(page.getByText(`Rotated ${name}.`)).toBeVisible()
  expect(await moving(page)).toEqual([])
})
