/** Contrast of the design tokens in both themes, by WCAG 2.2: 4.5:1 for text, 3:1 for controls, marks and the focus ring. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const styles = readFileSync(new URL('../src/styles.css', import.meta.url), 'utf8')

/** Colours in six hexadecimal digits, by the name after `--color-`. */
const coloursIn = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/--color-([\w-]+): (#[\da-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))

const [light = '', dark = ''] = styles.split('[data-theme="dark"]')
const lightColours = coloursIn(light)
const themes = { light: lightColours, dark: new Map([...lightColours, ...coloursIn(dark)]) }

/** Relative luminance, 0 for black to 1 for white. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** 1 for equal colours to 21 for black on white. */
const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const pages = ['bg', 'surface', 'sunken', 'raised', 'raised-sunken']
const surfaces = [...pages, 'hover', 'active', 'selected', 'menu-hover', 'segment']
const statuses = ['ok', 'warning', 'danger', 'info']

const text: readonly (readonly [ink: string, on: readonly string[]])[] = [
  ['fg', [...surfaces, 'accent-bg', ...statuses.map((status) => `${status}-bg`)]],
  ['fg-muted', [...surfaces, 'accent-bg', ...statuses.map((status) => `${status}-bg`)]],
  ['fg-subtle', [...pages, 'hover', 'active', 'selected', 'menu-hover']],
  ['accent-fg', [...surfaces, 'accent-bg']],
  ['accent-ink', ['accent', 'accent-hover']],
  ['danger-ink', ['danger', 'danger-hover']],
  ['tip-ink', ['tip']],
  ...statuses.map((status) => [`${status}-fg`, [...surfaces, `${status}-bg`]] as const),
  ...['code-fg', 'code-key', 'code-string', 'code-dim'].map(
    (ink) => [ink, ['sunken', 'surface', 'raised-sunken']] as const,
  ),
]

const shapes: readonly (readonly [mark: string, on: readonly string[]])[] = [
  ['control', pages],
  ['focus', surfaces],
  ['accent', pages],
  ...['chart', 'chart-strong', 'chart-muted', 'ok-mark', 'warning-mark', 'danger-mark'].map(
    (mark) => [mark, ['bg', 'sunken', 'surface']] as const,
  ),
]

describe.each(Object.entries(themes))('%s theme', (_theme, colours) => {
  const tooLow = (pairs: typeof text, least: number) =>
    pairs.flatMap(([ink, grounds]) =>
      grounds
        .map((ground) => ({ ink, ground, ratio: contrast(colours.get(ink) ?? '', colours.get(ground) ?? '') }))
        // An unknown colour has no ratio.
        .filter(({ ratio }) => !(ratio >= least))
        .map(({ ratio, ground }) => `${ink} on ${ground}: ${ratio.toFixed(2)}`),
    )

  test('text has a contrast of at least 4.5', () => expect(tooLow(text, 4.5)).toEqual([]))

  test('controls, marks and the focus ring have a contrast of at least 3', () => expect(tooLow(shapes, 3)).toEqual([]))
})
