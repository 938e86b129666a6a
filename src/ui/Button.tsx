import {
  type ComponentPropsWithRef,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useId,
  useLayoutEffect,
  useRef,
} from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './classes.ts'
import { Icon, type IconType } from './Icon.tsx'
import { Spinner } from './Spinner.tsx'
import { Tooltip } from './Tooltip.tsx'

interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  /** `secondary` by default. One `primary` per view; `danger` confirms a destructive action, `dangerQuiet` opens the dialog. */
  variant?: ButtonVariant
  /** Height 28, 32 (default) or 36 px; 44 px on narrow screens. */
  size?: ButtonSize
  icon?: IconType | undefined
  /** Content after the label: a caret, a count, a `Kbd`. */
  end?: ReactNode
  /** Shows a spinner instead of the icon and ignores clicks. The label is then in the "…ing" form. */
  busy?: boolean | undefined
  /** Why it is disabled, in one sentence: its tooltip and description. It stays focusable. */
  disabledReason?: string | undefined
  /** Shows only the icon; `aria-label` is required and is the tooltip too. */
  iconOnly?: boolean
  /** `false` turns off the tooltip of an icon button whose context is clear. */
  tooltip?: string | false | undefined
  /** A shortcut after the label: `Ctrl Enter`. */
  kbd?: string
}

export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'md',
    icon,
    end,
    busy,
    disabledReason,
    iconOnly = false,
    tooltip,
    kbd,
    className,
    children,
    onClick,
    ref,
    type = 'button',
    'aria-describedby': describedBy,
    ...rest
  } = props
  const reasonId = useId()
  const own = useHeldWidth(busy)
  const setElement = useCallback(
    (element: HTMLButtonElement | null) => {
      own.current = element
      if (typeof ref === 'function') return ref(element)
      if (ref) ref.current = element
    },
    [own, ref],
  )
  const blocked = disabledReason !== undefined || busy === true
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (!blocked) return onClick?.(event)
    // Also keeps a submit button from submitting.
    event.preventDefault()
    event.stopPropagation()
  }
  const button = (
    <button
      {...rest}
      ref={setElement}
      type={type}
      onClick={press}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason === undefined ? describedBy : [describedBy, reasonId].filter(Boolean).join(' ')}
      className={buttonClass({ variant, size, iconOnly, disabled: disabledReason !== undefined, className })}
    >
      {busy ? <Spinner /> : icon && <Icon of={icon} size={size === 'sm' && !iconOnly ? 14 : 16} />}
      {iconOnly ? null : children}
      {kbd && (
        <span aria-hidden className="ml-0.5 font-normal text-2xs opacity-90 max-sm:hidden">
          {kbd}
        </span>
      )}
      {end}
    </button>
  )
  const says =
    disabledReason ?? (tooltip === false ? undefined : (tooltip ?? (iconOnly ? rest['aria-label'] : undefined)))
  // The wrapper stays when the reason goes, so that focus survives the change.
  if (!('reason' in props) && says === undefined) return button
  return (
    <>
      <Tooltip text={says} onPress={disabledReason !== undefined}>
        {button}
      </Tooltip>
      {disabledReason !== undefined && (
        <span id={reasonId} className="sr-only">
          {disabledReason}
        </span>
      )}
    </>
  )
}

/** Keeps the width from before `busy`, so that a shorter label does not move its neighbours. */
function useHeldWidth(busy: boolean | undefined) {
  const element = useRef<HTMLButtonElement | null>(null)
  const width = useRef(0)
  useLayoutEffect(() => {
    if (busy === undefined || !element.current) return
    if (!busy) width.current = element.current.offsetWidth
    element.current.style.minWidth = busy && width.current > 0 ? `${width.current}px` : ''
  }, [busy])
  return element
}
