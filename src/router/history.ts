/** Entries of the history: the browser's, or a list in memory for tests. */
import type { Location } from './location.ts'
import { pathOf, placeOf } from './location.ts'

export interface History {
  /** Address of a path within the console. */
  readonly href: (path: string) => string
  readonly location: () => Location
  readonly push: (location: Location) => void
  readonly replace: (location: Location) => void
  readonly go: (delta: number) => void
  /**
   * Listens for Back and Forward.
   * @param moved is told by how many entries; undefined after a link that the router did not handle, such as `#content`
   */
  readonly listen: (moved: (delta: number | undefined) => void) => void
}

interface Entry {
  readonly usr: unknown
  readonly key: string
  /** Place in the history of this tab, from 0. */
  readonly idx: number
}

const isEntry = (state: unknown): state is Entry =>
  typeof state === 'object' && state !== null && 'idx' in state && typeof state.idx === 'number' && 'key' in state

/** @param base path under which the console is served, with slashes at both ends */
export function browserHistory(base = '/'): History {
  const href = (path: string) => base + path.slice(1)
  const entry = () => (isEntry(history.state) ? history.state : undefined)
  let index = entry()?.idx ?? 0
  if (entry() === undefined) history.replaceState({ usr: null, key: 'default', idx: index } satisfies Entry, '')
  const stateOf = ({ state, key }: Location): Entry => ({ usr: state, key, idx: index })
  return {
    href,
    location() {
      const { pathname, search, hash } = window.location
      return {
        pathname: pathname.startsWith(base) ? pathname.slice(base.length - 1) : pathname,
        search,
        hash,
        state: entry()?.usr ?? null,
        key: entry()?.key ?? 'default',
      }
    },
    push(location) {
      index += 1
      history.pushState(stateOf(location), '', href(pathOf(location)))
    },
    replace: (location) => history.replaceState(stateOf(location), '', href(pathOf(location))),
    go: (delta) => history.go(delta),
    listen(moved) {
      addEventListener('popstate', () => {
        const next = entry()?.idx
        const delta = next === undefined ? undefined : next - index
        index = next ?? index + 1
        if (next === undefined) history.replaceState({ usr: null, key: 'default', idx: index } satisfies Entry, '')
        moved(delta)
      })
    },
  }
}

/** @param path of the first entry, which has the given key */
export function memoryHistory(path: string, key: string): History {
  const entries: Location[] = [{ ...placeOf(path, { pathname: '/', search: '' }), state: null, key }]
  const [first] = entries
  if (!first) throw new RangeError('A history has at least one entry')
  let index = 0
  let listener: (delta: number) => void = () => undefined
  return {
    href: (path) => path,
    location: () => entries[index] ?? first,
    push(location) {
      index += 1
      entries.splice(index, entries.length, location)
    },
    replace: (location) => void entries.splice(index, 1, location),
    go(delta) {
      const next = Math.min(Math.max(0, index + delta), entries.length - 1)
      const by = next - index
      index = next
      listener(by)
    },
    listen(moved) {
      listener = moved
    },
  }
}
