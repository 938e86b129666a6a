import { Menu } from '@base-ui/react/menu'
import { type ReactNode, useRef } from 'react'
import { cx, menuPopupClass } from './classes.ts'
import { MenuParts } from './menu-parts.ts'
import { portalContainerOf } from './portal-container.ts'

interface AnchoredMenuProps {
  /** Button that anchors the menu and gets the focus back. */
  anchor: HTMLElement
  label: string
  /** Opened by keyboard, so the first item is focused. */
  byKeyboard: boolean
  align?: 'start' | 'center' | 'end' | undefined
  className?: string
  onClose: () => void
  children: ReactNode
}

const itemRoles = ['menuitem', 'menuitemcheckbox'].map((role) => `[role="${role}"]`).join()

/** An open menu at its button, which is a plain one: the chunk of the menu loads on demand. */
export function ContextMenu(props: AnchoredMenuProps) {
  const { anchor, label, byKeyboard, align = 'end', className = 'max-w-80', onClose, children } = props
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChangeComplete={() => {
        if (byKeyboard) popup.current?.querySelector<HTMLElement>(itemRoles)?.focus()
      }}
      onOpenChange={(open, { reason, event, cancel }) => {
        if (open) return
        // The button closes the menu itself; its click would otherwise open it again.
        if (reason === 'outside-press' && event.target instanceof Node && anchor.contains(event.target)) cancel()
        else onClose()
      }}
    >
      <Menu.Portal container={portalContainerOf(anchor)}>
        <Menu.Positioner
          anchor={anchor}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 outline-none"
        >
          <Menu.Popup
            ref={popup}
            aria-label={label}
            finalFocus={() => anchor}
            className={cx(menuPopupClass, className)}
          >
            <MenuParts value={Menu}>{children}</MenuParts>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
