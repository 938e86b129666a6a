/** Listeners of the whole page: files dropped beside a field, and keys that an input method handles. */

/** Elements in which the browser itself accepts a drop. */
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

/** `keyCode` of a key that an input method handles. */
const INPUT_METHOD_KEY = 229

/** An input method uses Enter, Esc and the arrow keys to choose words; the page must not react to these. */
function hideComposedKey(event: KeyboardEvent): void {
  // Safari ends the composition before the key that ended it; only `keyCode` shows that.
  if (event.isComposing || event.keyCode === INPUT_METHOD_KEY) event.stopImmediatePropagation()
}

/** Once, before anything is rendered: a listener sees a key before those that were added later. */
export function guardPage(): void {
  addEventListener('dragover', refuseDrop)
  addEventListener('drop', refuseDrop)
  addEventListener('keydown', hideComposedKey, true)
}
