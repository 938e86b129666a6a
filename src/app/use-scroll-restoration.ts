import { useEffect, useLayoutEffect, useRef } from 'react'
import { keepInEntry, keptInEntry, useEntryId } from '../pages/entry-state.ts'
import { useLocation, useNavigationType } from '../router/react.tsx'
import { focusHeading } from './focus-heading.ts'
import type { FocusTarget } from './return-to-place.ts'
import { keepScrollPosition, saveScrollPositions, scrollPositionOf } from './scroll-positions.ts'

const FOCUSED = 'focused'

/** The link or button of the page that an event is about. A new row at the top of a list doesn't change its place from the end. */
function focusTargetOf({ target }: Event): FocusTarget | undefined {
  const element = target instanceof Element ? target.closest('#content a[href], #content button[aria-label]') : null
  if (!element) return undefined
  const name = element.localName === 'a' ? 'href' : 'aria-label'
  const selector = `#content ${element.localName}[${name}="${CSS.escape(element.getAttribute(name) ?? '')}"]`
  const all = [...document.querySelectorAll(selector)]
  return { selector, fromEnd: all.length - all.indexOf(element) }
}

/** Scrolls at once, and again when the page is there; the code for that is loaded with the first Back. */
function goBackTo(top: number, focus: FocusTarget | undefined) {
  let waits = true
  let stop = () => {
    waits = false
  }
  window.scrollTo(0, top)
  import('./return-to-place.ts').then(
    ({ returnToPlace }) => {
      if (waits) stop = returnToPlace(top, focus, stop)
    },
    () => stop(),
  )
  return { waits: () => waits, stop: () => stop() }
}

/** Back and Forward return to where the page was left, scrolled and focused. Other pages start at their top and heading. */
export function useScrollRestoration() {
  const { pathname, hash } = useLocation()
  const entry = useEntryId()
  const kind = useNavigationType()
  const shown = useRef<string>(undefined)
  const left = useRef<Element>(null)

  useLayoutEffect(() => {
    const isFirst = shown.current === undefined
    const isAnother = shown.current !== pathname
    shown.current = pathname
    // To a place of the page, such as its content, the browser has scrolled already.
    const kept = kind === 'POP' && hash === '' ? scrollPositionOf(entry) : undefined
    const target = kept === undefined ? undefined : keptInEntry<FocusTarget>(entry, FOCUSED)
    // At its top is where every page starts.
    const returning = kept === undefined || (kept === 0 && !target) ? undefined : goBackTo(kept, target)
    const stopFocusing = isFirst || !isAnother || target ? undefined : focusHeading(left.current)
    // A link to the same page, such as one to a tab, leaves it where it is.
    if (!returning && isAnother) window.scrollTo(0, 0)
    keepScrollPosition(entry, kept ?? window.scrollY)
    const keepPosition = () => {
      if (!returning?.waits()) keepScrollPosition(entry, window.scrollY)
    }
    const onUse = (event: Event) => {
      // The event of a scroll comes with the next frame, and a click may leave the page before.
      keepPosition()
      const used = focusTargetOf(event)
      if (used) keepInEntry(entry, FOCUSED, used)
    }
    window.addEventListener('scroll', keepPosition, { passive: true })
    // Not every browser moves the focus to a link that is clicked.
    for (const type of ['focusin', 'click']) document.addEventListener(type, onUse, true)
    return () => {
      // Runs before the next page focuses anything.
      left.current = document.activeElement
      stopFocusing?.()
      returning?.stop()
      window.removeEventListener('scroll', keepPosition)
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
