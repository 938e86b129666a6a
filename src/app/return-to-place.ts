/** Restores scroll position and focus after Back or Forward, once the list is long enough and the row is rendered. */

/** Link or button of the page, as it is found again: its selector, and its place from the end among those that match. */
export interface FocusTarget {
  readonly selector: string
  readonly fromEnd: number
}

/** User input that ends the restoration. */
const userInput = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

const find = ({ selector, fromEnd }: FocusTarget) => [...document.querySelectorAll<HTMLElement>(selector)].at(-fromEnd)

/**
 * Scrolls to a position and moves the focus as soon as the page has both, or until the user scrolls, types or presses.
 * @param onEnd called when both are done or given up
 */
export function returnToPlace(top: number, focus: FocusTarget | undefined, onEnd: () => void): () => void {
  let scrolls = true
  const stop = () => {
    observer.disconnect()
    for (const type of userInput) removeEventListener(type, stop, true)
    onEnd()
  }
  const attempt = () => {
    if (scrolls) {
      window.scrollTo(0, top)
      scrolls = Math.abs(window.scrollY - top) >= 1
    }
    const isFree = document.activeElement === document.body
    const target = focus && isFree ? find(focus) : undefined
    target?.focus({ preventScroll: true })
    if (!scrolls && (target || !focus || !isFree)) stop()
  }
  const observer = new MutationObserver(attempt)
  observer.observe(document.body, { childList: true, subtree: true })
  for (const type of userInput) addEventListener(type, stop, { capture: true, passive: true })
  attempt()
  return stop
}
