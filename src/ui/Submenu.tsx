import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx, menuItemClass, menuPopupClass } from './classes.ts'
import { Icon } from './Icon.tsx'
import { useMenuParts } from './menu-parts.ts'

interface SubmenuProps {
  label: string
  /** Current choice, under the label. */
  value?: string
  children: ReactNode
}

/** Submenu of a `Menu`. Arrow right opens it, arrow left and Esc close it. */
export function Submenu({ label, value, children }: SubmenuProps) {
  const parts = useMenuParts()
  return (
    <parts.SubmenuRoot>
      <parts.SubmenuTrigger label={label} className={cx(menuItemClass, 'py-1.5 data-popup-open:bg-menu-hover')}>
        <span className="min-w-0 flex-1">
          {label}
          {value === undefined ? null : <span className="block text-fg-subtle text-xs">{value}</span>}
        </span>
        <Icon of={ChevronRight} size={14} className="text-fg-subtle" />
      </parts.SubmenuTrigger>
      <parts.Portal>
        <parts.Positioner sideOffset={2} alignOffset={-5} collisionPadding={8} className="z-40 outline-none">
          <parts.Popup className={cx(menuPopupClass, 'min-w-44 max-w-80')}>{children}</parts.Popup>
        </parts.Positioner>
      </parts.Portal>
    </parts.SubmenuRoot>
  )
}
