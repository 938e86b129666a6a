import type { ReactNode } from 'react'
import type { History } from './history.ts'
import { type Location, placeOf } from './location.ts'

/** How a place was reached: by Back, Forward or a reload, as a new entry, or in place of the last one. */
export type NavigationType = 'POP' | 'PUSH' | 'REPLACE'

export interface RouterState {
  readonly location: Location
  readonly type: NavigationType
  readonly page: ReactNode
}

export interface NavigateOptions {
  /** Takes the place of the entry in sight. */
  readonly replace?: boolean | undefined
  /** Kept with the entry. */
  readonly state?: unknown
}

interface Move {
  readonly currentLocation: Location
  readonly nextLocation: Location
}

export type ShouldBlock = (move: Move) => boolean

/** A guard of what would be lost, and the navigation that it holds back. */
export type Blocker =
  | { readonly state: 'free'; readonly proceed?: undefined; readonly reset?: undefined }
  | { readonly state: 'blocked'; readonly proceed: () => void; readonly reset: () => void }

interface Guard {
  readonly shouldBlock: ShouldBlock
  readonly onChange: (blocker: Blocker) => void
}

export interface Router extends Pick<History, 'href'> {
  readonly state: RouterState
  /** Resolves when the first page is there. */
  readonly start: () => Promise<void>
  /** To an address, or by so many entries of the history. Resolves when the page is there, or another navigation began. */
  readonly navigate: (to: string | number, options?: NavigateOptions) => Promise<void>
  readonly subscribe: (changed: () => void) => () => void
  /** @returns a function that takes the guard away */
  readonly guard: (guard: Guard) => () => void
}

interface RouterOptions {
  readonly history: History
  /** The page of a place, which is shown once it is there; must not fail. A path instead leads on. */
  readonly pageOf: (location: Location) => ReactNode | Promise<ReactNode | Redirect>
}

export interface Redirect {
  readonly redirect: string
}

const isRedirect = (page: ReactNode | Redirect): page is Redirect =>
  typeof page === 'object' && page !== null && 'redirect' in page

const newKey = () => Math.random().toString(36).slice(2, 10)

const free: Blocker = { state: 'free' }

/** Has no page until it is started. */
export function createRouter({ history, pageOf }: RouterOptions): Router {
  const listeners = new Set<() => void>()
  const guards = new Set<Guard>()
  let running = new AbortController()
  let undoing = false
  let passing = false
  let moved: () => void = () => undefined
  let state: RouterState = { location: history.location(), type: 'POP', page: null }

  async function resolved(location: Location): Promise<Pick<RouterState, 'location' | 'page'>> {
    const page = await pageOf(location)
    if (!isRedirect(page)) return { location, page }
    return resolved({ ...location, ...placeOf(page.redirect, location) })
  }

  /** Shows the page of a place, unless another navigation begins meanwhile. */
  async function show(wanted: Location, type: NavigationType): Promise<void> {
    running.abort()
    running = new AbortController()
    const { signal } = running
    const { location, page } = await resolved(wanted)
    if (signal.aborted) return
    if (type === 'PUSH') history.push(location)
    else if (type === 'REPLACE' || location !== wanted) history.replace(location)
    state = { location, type, page }
    for (const changed of listeners) changed()
  }

  /** Asks the guards; one that blocks gets the way to go on. */
  function isBlocked(nextLocation: Location, proceed: () => void): boolean {
    const guard = [...guards].find(({ shouldBlock }) => shouldBlock({ currentLocation: state.location, nextLocation }))
    guard?.onChange({
      state: 'blocked',
      proceed() {
        guard.onChange(free)
        proceed()
      },
      reset: () => guard.onChange(free),
    })
    return guard !== undefined
  }

  async function navigate(to: string | number, { replace = false, state: kept = null }: NavigateOptions = {}) {
    if (typeof to === 'number') return moveBy(to)
    const next = { ...placeOf(to, state.location), state: kept, key: newKey() }
    const go = () => show(next, replace ? 'REPLACE' : 'PUSH')
    if (!isBlocked(next, () => void go())) await go()
  }

  /** Resolves when the page is there. */
  function moveBy(delta: number): Promise<void> {
    return new Promise((resolve) => {
      moved = resolve
      history.go(delta)
    })
  }
  history.listen((delta) => {
    if (undoing) {
      undoing = false
      return
    }
    const next = history.location()
    const isFree = passing || delta === undefined || delta === 0
    passing = false
    const goOn = () => {
      passing = true
      history.go(delta ?? 0)
    }
    if (!isFree && isBlocked(next, goOn)) {
      // The browser has moved already.
      undoing = true
      history.go(-delta)
      return
    }
    const done = moved
    moved = () => undefined
    void show(next, 'POP').then(done)
  })

  return {
    href: history.href,
    start: () => show(history.location(), 'POP'),
    get state() {
      return state
    },
    navigate,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    guard(guard) {
      guards.add(guard)
      return () => guards.delete(guard)
    },
  }
}
