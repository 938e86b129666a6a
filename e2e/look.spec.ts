/** Visible focus in both themes, and reduced motion. */
import type { Locator, Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'
import { thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'

const ring = { light: 'rgb(11, 127, 147)', dark: 'rgb(86, 191, 208)' }

/** Leaves and enters the target with Tab, so that `:focus-visible` matches. */
async function focusByKeyboard(page: Page, target: Locator) {
  await target.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

test('focus rings in both themes, and no motion where none is wanted', async ({ page, api }) => {
  const name = uniqueName('look')
  const key = await api.thalassa.create({ name })
  await test.step('focus rings', async () => {
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    const targets = [
      page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }),
      page.getByRole('searchbox', { name: 'Search keys' }),
      page.getByRole('checkbox', { name: `Select ${name}, nl-01`, exact: true }),
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

  await test.step('forced colours', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    const rail = page.getByRole('navigation', { name: 'Main' })
    const fill = (target: Locator) => target.evaluate((element) => getComputedStyle(element).backgroundColor)
    expect(await fill(rail.getByRole('link', { name: 'Keys', exact: true }))).not.toBe(
      await fill(rail.getByRole('link', { name: 'Activity' })),
    )
    await page.getByRole('button', { name: 'Find a key or action' }).click()
    const options = page.getByRole('option')
    await expect(options.nth(1)).toBeVisible()
    expect(await fill(options.nth(0))).not.toBe(await fill(options.nth(1)))
    await page.keyboard.press('Escape')
    await page.emulateMedia({ forcedColors: null })
  })

  await test.step('reduced motion', async () => {
    await page.emulateMedia({ colorScheme: null, reducedMotion: 'no-preference' })
    await expect(page.getByRole('row', { name })).toBeVisible()
    // Shows that the check finds motion where it is wanted.
    expect(await moving(page)).not.toEqual([])

    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await moving(page)).toEqual([])
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    expect(await moving(page)).toEqual([])
    await navigate(page, thalassaPath(key))
    await page.getByRole('button', { name: 'Rotate now' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await moving(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
    await expect(page.getByText(`Rotated ${name}.`)).toBeVisible()
    expect(await moving(page)).toEqual([])
  })
})

/** Elements with a transition or animation. Those that follow scrolling have no duration. */
const moving = (page: Page) =>
  page.evaluate(() => {
    const takesTime = (durations: string) => durations.split(', ').some((duration) => Number.parseFloat(duration) > 0)
    return [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element)
      return takesTime(transitionDuration) || takesTime(animationDuration) ? [element.outerHTML.slice(0, 200)] : []
    })
  })
