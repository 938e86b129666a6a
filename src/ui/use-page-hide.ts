import { useEffect, useEffectEvent } from 'react'
import { flushSync } from 'react-dom'

/**
 * Takes secrets off the page when it is left for another site, reloaded or closed: a browser that keeps pages for its back
 * button would keep them too. What `drop` changes is on the page before the browser puts it away.
 */
export function usePageHide(drop: () => void): void {
  const onPageHide = useEffectEvent(() => flushSync(drop))
  useEffect(() => {
    const hide = () => onPageHide()
    addEventListener('pagehide', hide)
    return () => removeEventListener('pagehide', hide)
  }, [])
}
