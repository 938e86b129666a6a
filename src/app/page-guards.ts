/** Keeps events of the whole page from what the browser, or a handler of the page, would do with them. */

/** Where the browser itself takes what is dropped. */
const fileFields = 'input[type="file"]:enabled'
const textFields = 'input:not([type="file"]), textarea, [contenteditable]'

/** A file or link that is let go beside a field would replace the console, and lose what was typed. */
function refuseDrop(event: DragEvent): void {
  const { target, dataTransfer } = event
  if (event.defaultPrevented || !dataTransfer) return
  const takers = dataTransfer.types.includes('Files') ? fileFields : textFields
  if (target instanceof Element && target.closest(takers)) return
  event.preventDefault()
  dataTransfer.dropEffect = 'none'
}

/** What an input method gives as the code of the keys that it takes itself. */
const TAKEN_BY_INPUT_METHOD = 229

/** An input method chooses its words with Enter, Esc and the arrow keys: these are no keys of the page. */
function hideComposedKey(event: KeyboardEvent): void {
  // Safari ends the composition before it sends the key that ended it, and tells so by the code alone.
  if (event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD) event.stopImmediatePropagation()
}

/** Once, before anything is rendered: a listener sees a key before those that were added later. */
export function guardPage(): void {
  addEventListener('dragover', refuseDrop)
  addEventListener('drop', refuseDrop)
  addEventListener('keydown', hideComposedKey, true)
}
