/** The router with the history of a real browser. */
import { createRoot } from 'react-dom/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { browserHistory } from './history.ts'
import { pathOf } from './location.ts'
import { Link, RouterProvider } from './react.tsx'
import { type Blocker, createRouter } from './router.ts'

const before = location.pathname + location.search
const container = document.createElement('div')
const root = createRoot(container)
let router: ReturnType<typeof createRouter>

/** Address and page, which the browser and the router must agree on. */
const here = () => [location.pathname + location.search + location.hash, pathOf(router.state.location)]
const at = (path: string) => expect.poll(here).toEqual([path, path])

beforeAll(async () => {
  history.replaceState(null, '', '/first')
  router = createRouter({
    history: browserHistory(),
    pageOf: ({ pathname }) => (
      <>
        <a href="#content">Skip to content</a>
        <Link to="/second">Second</Link>
        <main id="content" tabIndex={-1}>
          {pathname}
        </main>
      </>
    ),
  })
  await router.start()
  document.body.append(container)
  root.render(<RouterProvider router={router} />)
})

afterAll(() => {
  root.unmount()
  container.remove()
  history.replaceState(null, '', before)
})

test('a link within the page that the browser follows has an entry, and Back leads from it', async () => {
  await page.getByRole('link', { name: 'Second' }).click()
  await at('/second')
  await page.getByRole('link', { name: 'Skip to content' }).click()
  await at('/second#content')
  history.back()
  await at('/second')
  history.forward()
  await at('/second#content')
  history.go(-2)
  await at('/first')
})

test('a guard holds back Back and Forward, also after such a link, and lets them go on', async () => {
  await router.navigate('/second')
  await page.getByRole('link', { name: 'Skip to content' }).click()
  await at('/second#content')
  await router.navigate('/third')
  await router.navigate('/fourth')
  await router.navigate(-1)
  await at('/third')
  const told: Blocker[] = []
  const blocker = () => told.at(-1)
  const takeAway = router.guard({ shouldBlock: () => true, onChange: (next) => told.push(next) })
  for (const [delta, goal] of [
    [-1, '/second#content'],
    [1, '/fourth'],
  ] as const) {
    history.go(delta)
    await expect.poll(() => blocker()?.state).toBe('blocked')
    await at('/third')
    blocker()?.reset?.()
    history.go(delta)
    await expect.poll(() => blocker()?.state).toBe('blocked')
    await at('/third')
    blocker()?.proceed?.()
    await at(goal)
    history.go(-delta)
    await expect.poll(() => blocker()?.state).toBe('blocked')
    await at(goal)
    blocker()?.proceed?.()
    await at('/third')
  }
  takeAway()
})

test('a reload keeps the state and the key of the entry', async () => {
  await router.navigate('/kept?q=db', { state: { opened: 1 } })
  const { key } = router.state.location
  // What a page reads that starts anew.
  expect(browserHistory().location()).toEqual({
    pathname: '/kept',
    search: '?q=db',
    hash: '',
    state: { opened: 1 },
    key,
  })
})
