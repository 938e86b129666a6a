import { useLayoutEffect, useRef, useState } from 'react'
import { useLocation, useNavigationType } from 'react-router'

/** Scrolls to the top on navigation, and restores the scroll position on back and forward. */
export function usePageTop() {
  const { pathname, key } = useLocation()
  const kind = useNavigationType()
  const [places] = useState(() => new Map<string, number>())
  const shown = useRef(pathname)
  useLayoutEffect(() => {
    if (shown.current !== pathname) {
      shown.current = pathname
      window.scrollTo(0, kind === 'POP' ? (places.get(key) ?? 0) : 0)
    }
    const note = () => places.set(key, window.scrollY)
    window.addEventListener('scroll', note, { passive: true })
    return () => window.removeEventListener('scroll', note)
  }, [pathname, key, kind, places])
}
