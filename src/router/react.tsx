/** The router in React: the page of the place in sight, links, and hooks. */
import {
  type ComponentPropsWithRef,
  createContext,
  type MouseEvent,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Location, pathOf, placeOf } from './location.ts'
import type { Blocker, NavigateOptions, NavigationType, Router, RouterState, ShouldBlock } from './router.ts'

interface Value extends RouterState {
  readonly router: Router
}

const RouterContext = createContext<Value | undefined>(undefined)

function useRouter(): Value {
  const value = use(RouterContext)
  if (!value) throw new Error('Links and places need a router above them')
  return value
}

interface RouterProviderProps {
  router: Router
  /** Layout of every page, which shows it with `Outlet`; without a layout, the page alone is shown. */
  children?: ReactNode
}

export function RouterProvider({ router, children }: RouterProviderProps) {
  const [state, setState] = useState(router.state)
  useEffect(() => {
    // The page in sight stays until the next one is rendered.
    const update = () => startTransition(() => setState(router.state))
    update()
    return router.subscribe(update)
  }, [router])
  const value = useMemo(() => ({ router, ...state }), [router, state])
  return <RouterContext value={value}>{children ?? <Outlet />}</RouterContext>
}

/** The page of the place in sight. */
export const Outlet = () => useRouter().page

export const useLocation = (): Location => useRouter().location

export const useNavigationType = (): NavigationType => useRouter().type

export const useNavigate = (): Router['navigate'] => useRouter().router.navigate

type SetSearchParams = (
  next: URLSearchParams | Readonly<Record<string, string>> | ((now: URLSearchParams) => URLSearchParams),
  options?: NavigateOptions,
) => void

/** The query of the address, and a function that navigates to another one. */
export function useSearchParams(): readonly [URLSearchParams, SetSearchParams] {
  const { router, location } = useRouter()
  const { search } = location
  const params = useMemo(() => new URLSearchParams(search), [search])
  const set = useCallback<SetSearchParams>(
    (next, options) => {
      const wanted = typeof next === 'function' ? next(new URLSearchParams(params)) : next
      void router.navigate(`?${new URLSearchParams(wanted)}`, options)
    },
    [router, params],
  )
  return [params, set]
}

/** Holds back a navigation while the function says so. */
export function useBlocker(shouldBlock: ShouldBlock): Blocker {
  const { router } = useRouter()
  const [blocker, setBlocker] = useState<Blocker>({ state: 'free' })
  const asked = useRef(shouldBlock)
  useEffect(() => {
    asked.current = shouldBlock
  }, [shouldBlock])
  useEffect(() => router.guard({ shouldBlock: (move) => asked.current(move), onChange: setBlocker }), [router])
  return blocker
}

export interface LinkProps extends Omit<ComponentPropsWithRef<'a'>, 'href'> {
  readonly to: string
  readonly replace?: boolean
}

const isPlainClick = ({ button, metaKey, altKey, ctrlKey, shiftKey }: MouseEvent) =>
  button === 0 && !(metaKey || altKey || ctrlKey || shiftKey)

/** A link within the console; the browser handles it when it opens elsewhere. */
export function Link({ to, replace, onClick, ...rest }: LinkProps) {
  const { router, location } = useRouter()
  const href = pathOf(placeOf(to, location))
  return (
    <a
      {...rest}
      href={router.href(href)}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || !isPlainClick(event) || (rest.target ?? '_self') !== '_self') return
        event.preventDefault()
        // As browsers do it: a link to the place in sight makes no entry.
        void router.navigate(to, { replace: replace ?? href === pathOf(location) })
      }}
    />
  )
}

/** A link of the navigation, which says whether its page, or one below it, is in sight. */
export function NavLink({ to, ...rest }: LinkProps) {
  const { location } = useRouter()
  const { pathname } = placeOf(to, location)
  const isCurrent = location.pathname === pathname || (pathname !== '/' && location.pathname.startsWith(`${pathname}/`))
  return <Link to={to} {...rest} aria-current={isCurrent ? 'page' : undefined} />
}

/** Navigates as soon as it is rendered. */
export function Navigate({ to, replace }: { to: string; replace?: boolean }) {
  const navigate = useNavigate()
  useEffect(() => void navigate(to, { replace }), [navigate, to, replace])
  return null
}
