import { useLayoutEffect, useRef, useState } from 'react'
import { useLocation, useNavigationType } from 'react-router'

/** A page that is opened starts at its top, wherever the one before was scrolled to; going back leads to where it was. */
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
