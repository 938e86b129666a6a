import { expect, test } from 'vitest'
import { memoryHistory } from './history.ts'
import { pathOf } from './location.ts'
import { type Blocker, createRouter } from './router.ts'

/** Router whose pages are their paths; a path in `redirects` leads on, and one in `slow` is there when it is let go. */
function start(path = '/', redirects: Readonly<Record<string, string>> = {}, ...slow: readonly string[]) {
  const waiting = new Map<string, () => void>()
  const router = createRouter({
    history: memoryHistory(path, 'first'),
    async pageOf({ pathname }) {
      if (slow.includes(pathname)) await new Promise<void>((resolve) => waiting.set(pathname, resolve))
      const redirect = redirects[pathname]
      return redirect === undefined ? pathname : { redirect }
    },
  })
  return { router, here: () => pathOf(router.state.location), letGo: (path: string) => waiting.get(path)?.() }
}

/** Blocks every move until it is taken away; `current` is what the page shows of it. */
function guarded({ router }: ReturnType<typeof start>) {
  const told: Blocker[] = []
  const takeAway = router.guard({ shouldBlock: () => true, onChange: (blocker) => told.push(blocker) })
  return { current: () => told.at(-1) ?? { state: 'free' as const }, takeAway }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

test('the page of the first place is there after the start', async () => {
  const { router, here } = start('/keys?q=db#row')
  expect(router.state.page).toBeNull()
  await router.start()
  expect(here()).toBe('/keys?q=db#row')
  expect(router.state).toMatchObject({ type: 'POP', page: '/keys', location: { key: 'first' } })
})

test('Back and Forward lead to entries with their state; a replaced entry is gone', async () => {
  const { router, here } = start()
  await router.start()
  await router.navigate('/a', { state: { opened: 1 } })
  const { key } = router.state.location
  await router.navigate('/b')
  await router.navigate('/c', { replace: true })
  expect(router.state.type).toBe('REPLACE')
  await router.navigate(-1)
  expect(here()).toBe('/a')
  expect(router.state).toMatchObject({ type: 'POP', page: '/a', location: { key, state: { opened: 1 } } })
  await router.navigate(1)
  expect(here()).toBe('/c')
})

test('a new entry takes the place of those ahead', async () => {
  const { router, here } = start()
  await router.start()
  await router.navigate('/a')
  await router.navigate('/b')
  await router.navigate(-2)
  await router.navigate('/c')
  await router.navigate(5)
  expect(here()).toBe('/c')
  await router.navigate(-1)
  expect(here()).toBe('/')
})

test('a link to a query or a hash keeps the rest of the place', async () => {
  const { router, here } = start('/keys?q=db')
  await router.start()
  await router.navigate('#content')
  expect(here()).toBe('/keys?q=db#content')
  await router.navigate('?tab=code')
  expect(here()).toBe('/keys?tab=code')
})

test('a redirect leads on without an entry of its own, also at the start', async () => {
  const redirects = { '/old': '/new?op=file', '/older': '/old' }
  const { router, here } = start('/older', redirects)
  await router.start()
  expect(here()).toBe('/new?op=file')
  await router.navigate('/a')
  await router.navigate('/old')
  expect(here()).toBe('/new?op=file')
  await router.navigate(-1)
  expect(here()).toBe('/a')
  await router.navigate(-1)
  expect(here()).toBe('/new?op=file')
})

test('the page in sight stays until the next one is there, and the last link that was followed wins', async () => {
  const { router, here, letGo } = start('/', {}, '/slow', '/slower')
  await router.start()
  void router.navigate('/slow')
  await settled()
  expect(here()).toBe('/')
  void router.navigate('/slower')
  await settled()
  letGo('/slow')
  await settled()
  expect(here()).toBe('/')
  await router.navigate('/quick')
  letGo('/slower')
  await settled()
  expect(here()).toBe('/quick')
  await router.navigate(-1)
  expect(here()).toBe('/')
})

test('Back while a page loads leaves that page out', async () => {
  const { router, here, letGo } = start('/', {}, '/slow')
  await router.start()
  await router.navigate('/a')
  void router.navigate('/slow')
  await settled()
  await router.navigate(-1)
  letGo('/slow')
  await settled()
  expect(here()).toBe('/')
})

test('a guard holds back a link until it may go on', async () => {
  const started = start()
  const { router, here } = started
  await router.start()
  const { current, takeAway } = guarded(started)
  await router.navigate('/a')
  expect([here(), current().state]).toEqual(['/', 'blocked'])
  current().reset?.()
  expect([here(), current().state]).toEqual(['/', 'free'])
  await router.navigate('/a')
  current().proceed?.()
  await settled()
  expect([here(), current().state]).toEqual(['/a', 'free'])
  takeAway()
  await router.navigate('/b')
  expect(here()).toBe('/b')
})

test.each([
  ['Back', -1, '/'],
  ['Forward', 1, '/b'],
])('a guard holds back %s, which keeps its place in the history', async (_, delta, goal) => {
  const started = start()
  const { router, here } = started
  await router.start()
  await router.navigate('/a')
  await router.navigate('/b')
  await router.navigate(-1)
  const { current, takeAway } = guarded(started)
  void router.navigate(delta)
  await settled()
  expect([here(), current().state]).toEqual(['/a', 'blocked'])
  current().reset?.()
  void router.navigate(delta)
  await settled()
  expect([here(), current().state]).toEqual(['/a', 'blocked'])
  current().proceed?.()
  await settled()
  expect([here(), current().state]).toEqual([goal, 'free'])
  takeAway()
  await router.navigate(-delta)
  expect(here()).toBe('/a')
})

test('a guard knows where from and where to', async () => {
  const { router } = start('/keys/new')
  await router.start()
  const asked: string[] = []
  router.guard({
    shouldBlock({ currentLocation, nextLocation }) {
      asked.push(`${pathOf(currentLocation)} → ${pathOf(nextLocation)}`)
      return false
    },
    onChange: () => undefined,
  })
  await router.navigate('?step=2')
  await router.navigate(-1)
  expect(asked).toEqual(['/keys/new → /keys/new?step=2', '/keys/new?step=2 → /keys/new'])
})
