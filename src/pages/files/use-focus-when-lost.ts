import { type RefObject, useEffect, useRef } from 'react'

/**
 * For the button that takes the place of one that was pressed and has gone: it gets the focus that would otherwise be nowhere.
 * Focus that is somewhere stays there.
 */
export function useFocusWhenLost(when = true): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (when && (activeElement === null || activeElement === document.body)) button.current?.focus()
  }, [when])
  return button
}
