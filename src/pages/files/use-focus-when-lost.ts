import { type RefObject, useEffect, useRef } from 'react'

/**
 * Focuses the button that replaces a pressed one, when focus was lost with it. Existing focus stays.
 */
export function useFocusWhenLost(when = true): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (when && (activeElement === null || activeElement === document.body)) button.current?.focus()
  }, [when])
  return button
}
