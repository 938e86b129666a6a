/** Every control and mark of the design page with the user's own palette, in which the browser replaces all fills. */
import type {} from '@vitest/browser-playwright'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { cdp, type Locator, page, userEvent } from 'vitest/browser'
import { render } from '../../testing/render.tsx'
import DesignPage from './DesignPage.tsx'

async function emulate(forced: string) {
  await cdp().send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'forced-colors', value: forced },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ],
  })
}

beforeEach(async () => {
  await emulate('active')
  onTestFinished(() => emulate('none'))
  render(<DesignPage />)
  await expect.element(page.getByRole('heading', { name: 'Feedback', exact: true })).toBeVisible()
})

const sides = ['top', 'right', 'bottom', 'left'] as const
const isSeen = (colour: string) => !/^(transparent|rgba\(.*, 0\))$/.test(colour)

/** What an element and its parts draw beside text: fills, borders and outlines. Shadows are not drawn here. */
function drawn(root: Element): string[] {
  const elements = [root, ...root.querySelectorAll('*')]
  const styles = elements.flatMap((element) => {
    const before = getComputedStyle(element, '::before')
    return [getComputedStyle(element), ...(before.content === 'none' ? [] : [before])]
  })
  return styles.flatMap((style) => {
    if (style.display === 'none') return []
    const fill = isSeen(style.backgroundColor) ? [`fill ${style.backgroundColor}`] : []
    const borders = sides.flatMap((side) => {
      const [width, look, colour] = ['width', 'style', 'color'].map((part) =>
        style.getPropertyValue(`border-${side}-${part}`),
      )
      return look === 'none' || width === '0px' ? [] : [`${side} ${width} ${look} ${colour}`]
    })
    const outline = style.outlineStyle === 'none' ? [] : [`outline ${style.outlineWidth} ${style.outlineColor}`]
    return [...fill, ...borders, ...outline]
  })
}

const labelOf = (locator: Locator) => {
  const control = locator.first().element()
  return control.closest('label') ?? control
}
const byRole = (role: Parameters<typeof page.getByRole>[0], name: string) => page.getByRole(role, { name, exact: true })
const text = (words: string) => page.getByText(words, { exact: true }).first().element()

test('what is chosen, current, on, pressed or failed is drawn differently', () => {
  const pairs: Record<string, readonly [Element, Element]> = {
    switch: [
      document.querySelector('[role="switch"][aria-checked="true"]:not([aria-disabled])')?.parentElement ??
        document.body,
      labelOf(page.getByRole('switch', { checked: false })),
    ],
    checkbox: [labelOf(page.getByRole('checkbox', { name: /^Show reads/ })), labelOf(byRole('checkbox', 'Not chosen'))],
    'mixed checkbox': [labelOf(byRole('checkbox', 'Some of them')), labelOf(byRole('checkbox', 'Not chosen'))],
    segment: [labelOf(byRole('radio', 'Text')), labelOf(byRole('radio', 'Text')).nextElementSibling ?? document.body],
    theme: [labelOf(byRole('radio', 'System')), labelOf(byRole('radio', 'Dark'))],
    card: [labelOf(byRole('radio', 'Encrypt data')), labelOf(byRole('radio', 'Sign'))],
    row: [labelOf(byRole('radio', 'aes256-gcm96')), labelOf(byRole('radio', 'chacha20-poly1305'))],
    tab: [labelOf(byRole('tab', 'Overview')), labelOf(byRole('tab', 'Rotation'))],
    button: [labelOf(byRole('button', 'Filters, 2 set')), labelOf(byRole('button', 'More, md'))],
    'selected row': [
      byRole('row', 'app-config Disabled 12').first().element(),
      byRole('row', 'jwt-sessions Active 1').first().element(),
    ],
    'status dot that is off': [text('Disabled'), text('Failed')],
    'status dot that failed': [text('Failed'), text('Unknown')],
  }
  for (const [name, [chosen, other]] of Object.entries(pairs)) {
    expect(drawn(chosen), name).not.toEqual([])
    expect(drawn(chosen), name).not.toEqual(drawn(other))
  }
})

test('bars show how full they are', () => {
  const bars = [
    ...document.querySelectorAll('[role="progressbar"][aria-valuenow="46"]'),
    ...document.querySelectorAll('[aria-hidden].w-8'),
  ]
  expect(bars.length).toBeGreaterThan(3)
  for (const bar of bars) {
    expect(drawn(bar).filter((line) => line.startsWith('top') || line.startsWith('outline'))).not.toEqual([])
    const fill = bar.firstElementChild ? getComputedStyle(bar.firstElementChild) : getComputedStyle(bar, '::before')
    expect(fill.backgroundColor).not.toBe(getComputedStyle(bar).backgroundColor)
  }
})

test('text on a fill keeps the colours of the fill: the browser draws a box of the page’s colour behind other text', () => {
  const page = getComputedStyle(document.body).backgroundColor
  const fillBehind = (element: Element | null): string => {
    if (!element) return page
    const { backgroundColor } = getComputedStyle(element)
    return isSeen(backgroundColor) ? backgroundColor : fillBehind(element.parentElement)
  }
  const texts = [...document.querySelectorAll('main *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
  )
  const onFills = texts.filter((element) => fillBehind(element) !== page)
  expect(onFills.length).toBeGreaterThan(5)
  for (const element of onFills) {
    const { color, forcedColorAdjust } = getComputedStyle(element)
    expect(forcedColorAdjust, element.outerHTML).toBe('none')
    expect(color, element.outerHTML).not.toBe(fillBehind(element))
  }
})

test('icons have the colour of the text around them', () => {
  const icons = [...document.querySelectorAll('main svg')]
  expect(icons.length).toBeGreaterThan(20)
  for (const icon of icons) {
    const around = icon.parentElement ?? document.body
    expect(getComputedStyle(icon).color, icon.outerHTML).toBe(getComputedStyle(around).color)
  }
})

test('the current item of a menu is drawn differently, and focus is seen', async () => {
  const trigger = page.getByRole('button', { name: 'Status' }).first()
  await userEvent.click(trigger)
  await expect.element(page.getByRole('menu', { name: 'Status' })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  const [current, other] = page.getByRole('menuitemcheckbox').elements()
  await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('menuitemcheckbox')
  const focused = document.activeElement
  expect(focused && drawn(focused)).not.toEqual(drawn((focused === current ? other : current) ?? document.body))
  await userEvent.keyboard('{Escape}')
  await userEvent.tab()
  await expect.poll(() => document.activeElement && getComputedStyle(document.activeElement).outlineStyle).toBe('solid')
})
