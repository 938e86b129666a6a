import { useEffect, useEffectEvent } from 'react'

/** Ctrl+Enter or Cmd+Enter from anywhere on the page, except in what floats above it. */
export function useRunShortcut(act: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
    const { target } = event
    if (target instanceof Element && target !== document.body && !target.closest('main')) return
    // Else a focused button would be pressed as well.
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
