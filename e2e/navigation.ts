import { expect, type Page } from '@playwright/test'

/** A path that the app has no page for, and the title that it then has. */
const unknown = { path: '/no-such-page', title: /^Page not found/ }

const move = (page: Page, how: 'pushState' | 'replaceState', url: string) =>
  page.evaluate(
    ([method, to]) => {
      const state = { key: Math.random().toString(36).slice(2) }
      history[method](state, '', to)
      dispatchEvent(new PopStateEvent('popstate', { state }))
    },
    [how, url] as const,
  )

/**
 * Opens a page inside the loaded app: half the work of loading the app again. The page that was open is left first, so that
 * nothing of it is taken for the new one. What the app has read stays in its cache: a list that has to show a new key is
 * loaded with `page.goto` instead.
 * @param to a path, or a URL of the console that the page shows
 */
export async function navigate(page: Page, to: string): Promise<void> {
  await move(page, 'pushState', unknown.path)
  await expect(page).toHaveTitle(unknown.title)
  await move(page, 'replaceState', to)
  await expect(page).not.toHaveTitle(unknown.title)
}
