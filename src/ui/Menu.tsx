import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode, Suspense } from 'react'
import { cx, menuItemClass } from './classes.ts'
import { Icon, type IconType } from './Icon.tsx'
import { lazyComponent } from './lazy-component.ts'
import { useMenuParts } from './menu-parts.ts'
import { usePopupButton } from './use-popup-button.ts'

const ContextMenu = lazyComponent(() => import('./ContextMenu.tsx').then(({ ContextMenu }) => ContextMenu))

interface MenuProps {
  /** Button that opens the menu, usually `<Button iconOnly … aria-label="…" />`. */
  trigger: ReactElement<HTMLAttributes<HTMLElement>>
  children: ReactNode
  align?: 'start' | 'center' | 'end'
}

const nameOf = (button: HTMLElement) => button.ariaLabel ?? button.textContent

/** Menu of actions under a button. Arrow keys, type-ahead and Esc work; focus returns to the button. */
export function Menu({ trigger, children, align }: MenuProps) {
  const { opened, close, props } = usePopupButton('menu', ContextMenu.preload)
  return (
    <>
      {cloneElement(trigger, props)}
      {opened ? (
        <Suspense>
          <ContextMenu
            {...opened}
            label={nameOf(opened.anchor)}
            align={align}
            className="min-w-52 max-w-80"
            onClose={close}
          >
            {children}
          </ContextMenu>
        </Suspense>
      ) : null}
    </>
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
  const parts = useMenuParts()
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
      <parts.LinkItem render={render} closeOnClick className={className} {...(onSelect && { onClick: onSelect })}>
        {content}
      </parts.LinkItem>
    )
  }
  return (
    <parts.Item disabled={off} className={className} {...(onSelect && { onClick: onSelect })}>
      {content}
    </parts.Item>
  )
}

export function MenuSeparator() {
  const parts = useMenuParts()
  return <parts.Separator className="-mx-1 my-1 h-px bg-line" />
}
