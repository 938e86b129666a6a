import { Menu } from '@base-ui/react/menu'
import { type ReactNode, useRef } from 'react'
import { menuPopupClass } from './classes.ts'
import { portalContainerOf } from './portal-container.ts'

interface AnchoredMenuProps {
  /** Button that anchors the menu and gets the focus back. */
  anchor: HTMLElement
  label: string
  /** Opened by keyboard, so the first item is focused. */
  byKeyboard: boolean
  onClose: () => void
  children: ReactNode
}

/** One menu shared by the buttons of a table: rows render a plain button, and the chunk of the menu loads on demand. */
export function ContextMenu({ anchor, label, byKeyboard, onClose, children }: AnchoredMenuProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChangeComplete={() => {
        if (byKeyboard) popup.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
      }}
      onOpenChange={(open, { reason, event, cancel }) => {
        if (open) return
        // The button closes the menu itself; its click would otherwise open it again.
        if (reason === 'outside-press' && event.target instanceof Node && anchor.contains(event.target)) cancel()
        else onClose()
      }}
    >
      <Menu.Portal container={portalContainerOf(anchor)}>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={4} collisionPadding={8} className="z-40 outline-none">
          <Menu.Popup ref={popup} aria-label={label} finalFocus={() => anchor} className={`${menuPopupClass} max-w-80`}>
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
