import { Menu as Base } from '@base-ui/react/menu'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx, menuItemClass, menuPopupClass } from './classes.ts'
import { Icon } from './Icon.tsx'

interface SubmenuProps {
  label: string
  /** Current choice, under the label. */
  value?: string
  children: ReactNode
}

/** Submenu of a `Menu`. Arrow right opens it, arrow left and Esc close it. */
export function Submenu({ label, value, children }: SubmenuProps) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger label={label} className={cx(menuItemClass, 'py-1.5 data-popup-open:bg-menu-hover')}>
        <span className="min-w-0 flex-1">
          {label}
          {value === undefined ? null : <span className="block text-fg-subtle text-xs">{value}</span>}
        </span>
        <Icon of={ChevronRight} size={14} className="text-fg-subtle" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner sideOffset={2} alignOffset={-5} collisionPadding={8} className="z-40 outline-none">
          <Base.Popup className={cx(menuPopupClass, 'min-w-44 max-w-80')}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  )
}
