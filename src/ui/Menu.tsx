import { Menu as Base } from '@base-ui/react/menu'
import { type ReactElement, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconType } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import { menuItemClass, menuPopupClass } from './menu-class.ts'

interface MenuProps {
  /** The button that opens it, usually `<Button iconOnly … aria-label="…" />`. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** A list of acts under a button. Arrow keys, type-ahead and Esc work; focus returns to the button. */
export function Menu({ trigger, children, align = 'end', side = 'bottom', open, onOpenChange }: MenuProps) {
  return (
    <Base.Root modal={false} {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
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
  /** Ends in a confirmation: red ink. */
  danger?: boolean
  /** Why it cannot be used now, in one sentence; stays reachable by keyboard, the sentence stands under the label. */
  reason?: string | undefined
  /** A shortcut shown at the end, such as `P`. */
  kbd?: string | undefined
  /** An element to be instead of a plain item, such as a router link: `render={<Link to="…" />}`. */
  render?: ReactElement
}

export function MenuItem({ children, icon, onSelect, danger = false, reason, kbd, render }: MenuItemProps) {
  const id = useId()
  const off = reason !== undefined
  const content = (
    <>
      {icon && (
        <Icon of={icon} size={14} className={cx(!off && !danger && 'text-fg-subtle', off && 'mt-[3px] self-start')} />
      )}
      <span className="min-w-0 flex-1">
        <span id={`${id}-label`}>{children}</span>
        {off && (
          <span id={`${id}-reason`} className="block text-fg-subtle text-xs">
            {reason}
          </span>
        )}
      </span>
      {kbd !== undefined && (
        <span aria-hidden className="flex">
          <Kbd>{kbd}</Kbd>
        </span>
      )}
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
    <Base.Item
      disabled={off}
      aria-labelledby={`${id}-label`}
      aria-describedby={off ? `${id}-reason` : undefined}
      className={className}
      {...(onSelect && { onClick: onSelect })}
    >
      {content}
    </Base.Item>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
}
