import { useEffect } from 'react'
import { closeOverlay } from '../../pages/overlay.ts'

let typed = ''

/** Returns and clears the characters typed before the palette was ready. */
export function takeTypeAhead(): string {
  const taken = typed
  typed = ''
  return taken
}

function keep(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target instanceof Element && event.target.closest('[data-palette]')) return
  event.preventDefault()
  event.stopPropagation()
  if (event.key === 'Escape') closeOverlay()
  else if (event.key === 'Backspace') typed = typed.slice(0, -1)
  else if (event.key.length === 1) typed += event.key
}

/**
 * Buffers keys typed between opening the palette and focusing its field: they would otherwise reach a field or a shortcut
 * of the page, because the chunk of the palette loads on first use.
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
