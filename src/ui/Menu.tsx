import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { cx, menuItemClass, menuPopupClass } from './classes.ts'
import { Icon, type IconType } from './Icon.tsx'
import { usePortalContainer } from './portal-container.ts'

interface MenuProps {
  /** Button that opens the menu, usually `<Button iconOnly … aria-label="…" />`. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** Menu of actions under a button. Arrow keys, type-ahead and Esc work; focus returns to the button. */
export function Menu({ trigger, children, align = 'end', side = 'bottom', open, onOpenChange }: MenuProps) {
  const { buttonRef, portalContainer: landmark } = usePortalContainer()
  return (
    <Base.Root modal={false} {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Base.Trigger ref={buttonRef} render={trigger} />
      <Base.Portal container={landmark}>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-40 outline-none">
          <Base.Popup className={cx(menuPopupClass, 'min-w-52 max-w-80')}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface MenuItemProps {
  children: ReactNode
  icon?: IconType | undefined
  onSelect?: () => void
  /** Destructive action, in red; opens a confirmation. */
  danger?: boolean
  /** Why it is disabled, in one sentence under the label; it stays focusable. */
  disabledReason?: string | undefined
  /** Element to render instead of a plain item, such as a router link: `render={<Link to="…" />}`. */
  render?: ReactElement
}

export function MenuItem({ children, icon, onSelect, danger = false, disabledReason, render }: MenuItemProps) {
  const off = disabledReason !== undefined
  const content = (
    <>
      {icon && (
        <Icon of={icon} size={14} className={cx(!off && !danger && 'text-fg-subtle', off && 'mt-[3px] self-start')} />
      )}
      <span className="min-w-0 flex-1">
        {children}
        {off && <span className="block text-fg-subtle text-xs">{disabledReason}</span>}
      </span>
    </>
  )
  const className = cx(menuItemClass, danger && !off && 'text-danger-fg', off && 'py-1.5 text-fg-disabled')
  if (render && !off) {
    return (
      <Base.LinkItem render={render} closeOnClick className={className} {...(onSelect && { onClick: onSelect })}>
        {content}
      </Base.LinkItem>
    )
  }
  return (
    <Base.Item disabled={off} className={className} {...(onSelect && { onClick: onSelect })}>
      {content}
    </Base.Item>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
}
