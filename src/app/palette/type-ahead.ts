import { useEffect } from 'react'
import { closeOverlay } from '../../pages/overlay.ts'

let typed = ''

/** What was typed for the palette so far, which from now on has it. */
export function takeTypeAhead(): string {
  const taken = typed
  typed = ''
  return taken
}

function keep(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (event.target instanceof Element && event.target.closest('[data-palette]')) return
  event.preventDefault()
  event.stopPropagation()
  if (event.key === 'Escape') closeOverlay()
  else if (event.key === 'Backspace') typed = typed.slice(0, -1)
  else if (event.key.length === 1) typed += event.key
}

/**
 * Keeps what is typed after the palette was asked for and before its field has the focus. It would go to a field of the
 * page else, or be its shortcuts: the palette's code is fetched when first wanted.
 */
export function useTypeAhead(isPaletteWanted: boolean): void {
  useEffect(() => {
    if (!isPaletteWanted) return
    document.addEventListener('keydown', keep, true)
    return () => {
      document.removeEventListener('keydown', keep, true)
      typed = ''
    }
  }, [isPaletteWanted])
}
