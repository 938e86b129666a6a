/** After a navigation the focus goes to the heading: it is announced, and the next Tab starts there. */

/** What takes the focus itself: the page, such as a form with its first field, and dialogs. */
const takers = '#content, [role="dialog"], [role="alertdialog"]'

/** User input that ends it. */
const userInput = ['keydown', 'pointerdown'] as const

/**
 * Focuses the heading of the page as soon as there is one, and again when it is replaced or a closing dialog gives the
 * focus back to what opened it. Ends with the user's next input.
 * @param left element that had the focus on the page that was left, if it is still there
 */
export function focusHeading(left: Element | null): () => void {
  const attempt = () => {
    const { activeElement } = document
    const heading = document.querySelector('h1')
    if (!heading || activeElement === heading || (activeElement !== left && activeElement?.closest(takers))) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  const stop = () => {
    observer.disconnect()
    document.removeEventListener('focusin', attempt)
    for (const type of userInput) removeEventListener(type, stop, true)
  }
  const observer = new MutationObserver(attempt)
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', attempt)
  for (const type of userInput) addEventListener(type, stop, true)
  attempt()
  return stop
}
