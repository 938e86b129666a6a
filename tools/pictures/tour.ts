/** Recording of half a minute: a first key from creation to its second version. */
import type { Browser, Locator, Page } from '@playwright/test'
import { type Demo, openPage, shoot } from './demo.ts'
import { type Frame, gifOf, pixelsOf } from './pixels.ts'

const SIZE = { width: 960, height: 600 }
const COLOURS = 64
const NAME = 'app-invoices'

/** Duration of a frame in milliseconds. */
const LOOK = 1600
const STEP = 500
const TYPED = 120

/** Marks the next click target with a ring. */
const markClick = (target: Locator) =>
  target.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const ring = document.createElement('div')
    ring.id = 'tour-click'
    Object.assign(ring.style, {
      position: 'fixed',
      left: `${left + width / 2 - 18}px`,
      top: `${top + height / 2 - 18}px`,
      width: '36px',
      height: '36px',
      border: '4px solid #d9480f',
      borderRadius: '50%',
      zIndex: '9999',
      pointerEvents: 'none',
    })
    document.body.append(ring)
  })

const unmark = (page: Page) => page.evaluate(() => document.getElementById('tour-click')?.remove())

/** @returns bytes of a GIF */
export async function recordTour(browser: Browser, demo: Demo): Promise<Uint8Array> {
  const page = await openPage(browser, demo, { viewport: SIZE, colorScheme: 'light' })
  const frames: Frame[] = []

  async function look(delay: number) {
    frames.push({ ...pixelsOf(await shoot(page)), delay })
  }
  async function click(target: Locator) {
    await target.scrollIntoViewIfNeeded()
    await markClick(target)
    await look(STEP)
    await unmark(page)
    await target.click()
  }
  async function type(field: Locator, text: string) {
    await field.click()
    for (let end = 3; end < text.length + 3; end += 3) {
      await field.fill(text.slice(0, end))
      await look(TYPED)
    }
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const tab = (name: string | RegExp) => page.getByRole('tab', { name })
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name })

  await page.goto('/')
  await heading('6 items need a decision').waitFor()
  await look(LOOK)
  await click(page.getByRole('link', { name: 'Create key' }))
  await page.getByRole('radio', { name: 'Thalassa Cloud' }).waitFor()
  await look(STEP)
  await click(page.getByRole('radio', { name: 'Thalassa Cloud' }))
  await look(STEP)
  await click(button('Continue'))
  await type(field('Name'), NAME)
  await look(LOOK)
  await click(button('Create key'))
  await page.getByRole('heading', { level: 1, name: NAME }).waitFor()
  await look(LOOK)
  await button('Close').click()

  await click(page.getByRole('link', { name: 'Open in playground' }))
  await type(field('Plaintext'), 'Invoice 2026-1107, 2500')
  await click(button('Encrypt'))
  await page.getByText('Encrypted', { exact: true }).first().waitFor()
  await look(LOOK)
  await click(button('Use in Decrypt'))
  await look(STEP)
  await click(button('Decrypt'))
  await page.getByText('Decrypted', { exact: true }).first().waitFor()
  await look(LOOK)

  await click(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Keys/ }))
  await page.getByRole('link', { name: NAME }).waitFor()
  await button('Columns').waitFor()
  await page.getByRole('combobox', { name: 'Filters' }).waitFor()
  await look(STEP)
  await click(page.getByRole('link', { name: NAME }))
  await button('Rotate now').waitFor()
  await look(STEP)
  await click(button('Rotate now'))
  await look(STEP)
  await click(page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }))
  await page.getByText(`Rotated ${NAME}.`).waitFor()
  await look(STEP)
  await button('Close').click()
  await click(tab(/^Versions/))
  await page.getByRole('row', { name: /^v2/ }).waitFor()
  await look(LOOK)
  await click(tab('Code'))
  await heading('Infrastructure code').waitFor()
  await look(2 * LOOK)
  await page.close()
  return gifOf(frames, COLOURS)
}
