/** After a navigation the focus goes to the heading: it is announced, and the next Tab starts there. */

const dialogs = '[role="dialog"], [role="alertdialog"]'

/** User input that ends it. */
const userInput = ['keydown', 'pointerdown'] as const

/**
 * Focuses the heading of the page as soon as there is one, and again when it is replaced. A page that focuses one of its
 * fields, and a dialog, keep the focus. Ends with the user's next input.
 * @param left element that had the focus on the page that was left, if it is still there
 */
export function focusHeading(left: Element | null): () => void {
  // A link outside of the page, such as one of the navigation.
  let from = document.activeElement
  if (from?.closest(dialogs) || (from !== left && from?.closest('#content'))) from = null
  // Gives the focus back to what opened it, which may come later.
  let isClosing = document.querySelector(dialogs) !== null
  const focus = () => {
    const heading = document.querySelector('h1')
    if (!heading) return
    from = null
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  const onChange = () => {
    const { activeElement } = document
    if (activeElement === document.body || activeElement === from) focus()
  }
  // Once: a screen reader moves the focus without any input that the page sees.
  const onFocus = ({ target }: FocusEvent) => {
    if (!isClosing || !(target instanceof Element) || target.closest(`h1, #content, ${dialogs}`)) return
    isClosing = false
    focus()
  }
  const stop = () => {
    observer.disconnect()
    document.removeEventListener('focusin', onFocus)
    for (const type of userInput) removeEventListener(type, stop, true)
  }
  const observer = new MutationObserver(onChange)
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', onFocus)
  for (const type of userInput) addEventListener(type, stop, true)
  onChange()
  return stop
}
