import { useEffect, useRef } from 'react'
import { commandGroups } from '../pages/commands.ts'
import { closeOverlay, openOverlay, useOverlay } from '../pages/overlay.ts'
import { patterns } from '../pages/patterns.ts'
import { useLinks } from '../pages/use-project.ts'
import { useLocation, useNavigate } from '../router/react.tsx'
import { isCharacterKey, isDialogOpen } from '../ui/character-shortcuts.ts'
import { useScreens } from './screens.ts'

/** Milliseconds allowed between `g` and the letter of a screen. */
const PATIENCE = 1_500

/** Global shortcuts, and single-letter shortcuts of the page's commands. */
export function useShortcuts(): void {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const links = useLinks()
  const screens = useScreens()
  const overlay = useOverlay()
  const isPaletteOpen = overlay?.kind === 'palette'

  // Timestamp of the last `g`, in milliseconds since the page was loaded.
  const wentAt = useRef(Number.NEGATIVE_INFINITY)

  useEffect(() => {
    const go = (to: string) => void navigate(to)

    function togglePalette(event: KeyboardEvent) {
      event.preventDefault()
      if (isPaletteOpen) closeOverlay()
      // The palette would cover an open dialog.
      else if (!isDialogOpen()) openOverlay({ kind: 'palette' })
    }

    function actOf(letter: string): (() => void) | undefined {
      const command = commandGroups()
        .flatMap(({ commands }) => commands)
        .find((one) => one.shortcut === letter)
      if (command?.disabledReason !== undefined) return undefined
      const act = command?.run
      if (act !== undefined) return typeof act === 'string' ? () => go(act) : act
      const to = links.createKey()
      return letter === 'c' && pathname !== patterns.createKey ? () => go(to) : undefined
    }

    function press(event: KeyboardEvent) {
      const { key } = event
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k')
        return togglePalette(event)
      if (!isCharacterKey(event)) return
      const second = event.timeStamp - wentAt.current < PATIENCE
      wentAt.current = key === 'g' && !second ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (key === '?') {
        event.preventDefault()
        return openOverlay({ kind: 'help' })
      }
      const screen = second ? screens.find(({ shortcut: letter }) => letter === key) : undefined
      const act = second ? screen && (() => go(screen.to(links))) : actOf(key)
      if (!act) return
      // The letter would otherwise be typed into the field that gets the focus.
      event.preventDefault()
      act()
    }

    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [navigate, pathname, links, screens, isPaletteOpen])
}
