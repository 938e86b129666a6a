/** What Back and Forward wait for: a list is shorter while it is read, and draws only the rows in sight. */

/** Link or button of the page, as it is found again: its selector, and its place from the end among those that match. */
export interface FocusTarget {
  readonly selector: string
  readonly fromEnd: number
}

/** What people do when they no longer wait for the page to go where it was. */
const takeovers = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

const find = ({ selector, fromEnd }: FocusTarget) => [...document.querySelectorAll<HTMLElement>(selector)].at(-fromEnd)

/**
 * Scrolls to a position and moves the focus as soon as the page has both, until somebody else does.
 * @param onEnd called when both are done or given up
 */
export function returnToPlace(top: number, focus: FocusTarget | undefined, onEnd: () => void): () => void {
  let scrolls = true
  const stop = () => {
    observer.disconnect()
    for (const type of takeovers) removeEventListener(type, stop, true)
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
  for (const type of takeovers) addEventListener(type, stop, { capture: true, passive: true })
  attempt()
  return stop
}
