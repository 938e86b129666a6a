import { useCallback, useEffect } from 'react'
import type { Location } from '../../router/location.ts'
import { useBlocker } from '../../router/react.tsx'
import type { Blocker } from '../../router/router.ts'

const anywhere = () => true

/**
 * Blocks leaving the page by a link, by Back or by closing the tab while `isBlocked` returns true.
 * @param isInside whether a place of the same page belongs to what must not be left
 */
export function useLeaveGuard(isBlocked: () => boolean, isInside: (to: Location) => boolean = anywhere): Blocker {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isBlocked()) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isBlocked])
  return useBlocker(
    useCallback(
      ({ currentLocation, nextLocation }) =>
        isBlocked() && (currentLocation.pathname !== nextLocation.pathname || !isInside(nextLocation)),
      [isBlocked, isInside],
    ),
  )
}
