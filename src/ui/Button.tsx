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
  /** `secondary` unless told. One `primary` per view; `danger` only inside a confirmation, `dangerQuiet` opens one. */
  variant?: ButtonVariant
  /** 28, 32 (the default) or 36 high; 44 on narrow screens. */
  size?: ButtonSize
  icon?: IconType | undefined
  /** Stands after the label: a caret, a count, a `Kbd`. */
  end?: ReactNode
  /** The spinner takes the icon's place and presses are ignored. Write the label as "…ing" meanwhile. */
  busy?: boolean | undefined
  /** Why it cannot be used now, in one sentence. It stays focusable; the sentence is its tooltip and description. */
  disabledReason?: string | undefined
  /** Shows only the icon; `aria-label` (which is then also the tooltip) is needed. */
  iconOnly?: boolean
  /** `false` on an icon button whose surroundings say the same. */
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
  // A call site that may give a reason keeps its wrapper without one, so that focus survives the change.
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

/** Keeps the width from before `busy`, so that a shorter label does not move what stands beside the button. */
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
