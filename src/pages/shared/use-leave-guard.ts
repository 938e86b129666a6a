import { useCallback } from 'react'
import { type Blocker, useBeforeUnload, useBlocker } from 'react-router'

/** Blocks leaving the page by a link, by Back or by closing the tab while `isBlocked` returns true. */
export function useLeaveGuard(isBlocked: () => boolean): Blocker {
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
      ({ currentLocation, nextLocation }) => isBlocked() && currentLocation.pathname !== nextLocation.pathname,
      [isBlocked],
    ),
  )
}
