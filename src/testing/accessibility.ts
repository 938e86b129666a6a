import axe, { type RunOptions } from 'axe-core'
import { expect } from 'vitest'

/** All rules once, and those about colours, which alone can differ, in the other theme. */
const themes: readonly { theme: 'light' | 'dark'; rules: RunOptions }[] = [
  { theme: 'light', rules: {} },
  { theme: 'dark', rules: { runOnly: ['color-contrast', 'link-in-text-block'] } },
]

/** Rules about a whole page, which a component alone is not. */
const pageRules = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }

/** Waits for moves and fades, which lower contrast while they last. Animations that follow scrolling never finish. */
const animationsEnd = () =>
  Promise.all(
    document
      .getAnimations()
      .filter(({ timeline }) => timeline === document.timeline)
      .map((animation) => animation.finished.catch(() => null)),
  )

/** Expects no accessibility violation in either theme. */
export async function expectAccessible(): Promise<void> {
  for (const { theme, rules } of themes) {
    document.documentElement.dataset.theme = theme
    await expect.poll(() => document.querySelectorAll('[data-ending-style]').length).toBe(0)
    await animationsEnd()
    const { violations } = await axe.run(
      { exclude: ['[data-base-ui-focus-guard]'] },
      { resultTypes: ['violations'], preload: false, rules: pageRules, ...rules },
    )
    expect(violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
      [],
    )
  }
}
