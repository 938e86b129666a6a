import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'
import { keepInEntry, keptInEntry, useEntryId } from '../pages/entry-state.ts'
import { keepScrollPosition, saveScrollPositions, scrollPositionOf } from './scroll-positions.ts'

/** Link or button of the page, as it is found again: its selector, and its place from the end among those that match. */
interface FocusTarget {
  readonly selector: string
  readonly fromEnd: number
}

const CONTENT = '#content'
const FOCUSED = 'focused'

const matching = (selector: string) => [...document.querySelectorAll<HTMLElement>(`${CONTENT} ${selector}`)]

function selectorOf(element: Element): string | undefined {
  for (const name of ['href', 'aria-label']) {
    const value = element.getAttribute(name)
    if (value !== null) return `${element.localName}[${name}="${CSS.escape(value)}"]`
  }
  return undefined
}

/** The link or button of the page that an event is about. A new row at the top of a list doesn't change its place from the end. */
function focusTargetOf({ target }: Event): FocusTarget | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('a[href], button') : null
  const selector = element?.closest(CONTENT) ? selectorOf(element) : undefined
  if (!element || selector === undefined) return undefined
  const all = matching(selector)
  return { selector, fromEnd: all.length - all.indexOf(element) }
}

/** What people do when they no longer wait for the page to go where it was. */
const takeovers = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

/**
 * Scrolls to a position and moves the focus as soon as the page has both: a list is shorter while it is read, and draws
 * only the rows in sight.
 * @returns whether it still waits, and a function that ends it
 */
function restore(top: number, focus: FocusTarget | undefined) {
  let scrolls = true
  let waits = true
  const stop = () => {
    waits = false
    observer.disconnect()
    for (const type of takeovers) removeEventListener(type, stop, true)
  }
  const attempt = () => {
    if (scrolls) {
      window.scrollTo(0, top)
      scrolls = Math.abs(window.scrollY - top) >= 1
    }
    const isFree = document.activeElement === document.body
    const target = focus && isFree ? matching(focus.selector).at(-focus.fromEnd) : undefined
    target?.focus({ preventScroll: true })
    if (!scrolls && (target || !focus || !isFree)) stop()
  }
  const observer = new MutationObserver(attempt)
  observer.observe(document.body, { childList: true, subtree: true })
  for (const type of takeovers) addEventListener(type, stop, { capture: true, passive: true })
  attempt()
  return { waits: () => waits, stop }
}

/** Back and Forward return to where the page was left, scrolled and focused. Other pages start at their top. */
export function useScrollRestoration() {
  const { pathname, hash } = useLocation()
  const entry = useEntryId()
  const kind = useNavigationType()
  const shown = useRef<string>(undefined)

  useLayoutEffect(() => {
    const isAnother = shown.current !== pathname
    shown.current = pathname
    // To a place of the page, such as its content, the browser has scrolled already.
    const kept = kind === 'POP' && hash === '' ? scrollPositionOf(entry) : undefined
    // A link to the same page, such as one to a tab, leaves it where it is.
    const top = kept ?? (isAnother ? 0 : window.scrollY)
    const restoring = restore(top, kept === undefined ? undefined : keptInEntry<FocusTarget>(entry, FOCUSED))
    keepScrollPosition(entry, top)
    const onScroll = () => {
      if (!restoring.waits()) keepScrollPosition(entry, window.scrollY)
    }
    const onUse = (event: Event) => {
      const target = focusTargetOf(event)
      if (target) keepInEntry(entry, FOCUSED, target)
    }
    window.addEventListener('scroll', onScroll, { passive: true })
    // Not every browser moves the focus to a link that is clicked.
    for (const type of ['focusin', 'click']) document.addEventListener(type, onUse, true)
    return () => {
      restoring.stop()
      window.removeEventListener('scroll', onScroll)
      for (const type of ['focusin', 'click']) document.removeEventListener(type, onUse, true)
    }
  }, [pathname, hash, entry, kind])

  useEffect(() => {
    // The browser would scroll the page that is about to be left.
    history.scrollRestoration = 'manual'
    addEventListener('pagehide', saveScrollPositions)
    return () => removeEventListener('pagehide', saveScrollPositions)
  }, [])
}
