import { useCallback } from 'react'
import { type Blocker, type Location, useBeforeUnload, useBlocker } from 'react-router'

const anywhere = () => true

/**
 * Blocks leaving the page by a link, by Back or by closing the tab while `isBlocked` returns true.
 * @param isInside whether a place of the same page belongs to what must not be left
 */
export function useLeaveGuard(isBlocked: () => boolean, isInside: (to: Location) => boolean = anywhere): Blocker {
  useBeforeUnload(
    useCallback(
      (event) => {
        if (isBlocked()) event.preventDefault()
      },
      [isBlocked],
    ),
  )
  return useBlocker(
    useCallback(
      ({ currentLocation, nextLocation }) =>
        isBlocked() && (currentLocation.pathname !== nextLocation.pathname || !isInside(nextLocation)),
      [isBlocked, isInside],
    ),
  )
}
