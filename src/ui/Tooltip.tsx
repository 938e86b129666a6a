import {
  cloneElement,
  type FocusEvent,
  type HTMLAttributes,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useRef,
  useState,
} from 'react'
import { lazyComponent } from './lazy-component.ts'
import type { TooltipPopupProps } from './TooltipPopup.tsx'

/** Popup positioning is a large chunk: loaded with the first tooltip. */
const TooltipPopup = lazyComponent(() => import('./TooltipPopup.tsx').then(({ TooltipPopup }) => TooltipPopup), {
  silent: true,
})

interface TooltipProps {
  /** One sentence; nothing is shown while undefined. Never required to use the control. */
  text: ReactNode
  /** One focusable element that forwards its props, such as Button. */
  children: ReactElement<HTMLAttributes<HTMLElement>>
  side?: TooltipPopupProps['side'] | undefined
  /** Opens at once, and on a press too: for a reason that touch users must be able to read. */
  onPress?: boolean
}

const SOON_MS = 120
const LATER_MS = 500

/** Tooltip: opens after a delay on hover, at once on keyboard focus; Esc closes it. */
function useOpening(delay: number) {
  const [anchor, setAnchor] = useState<Element | undefined>()
  const [open, setOpen] = useState(false)
  const timer = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])

  const show = (element: Element, after: number) => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      setAnchor(element)
      setOpen(true)
    }, after)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setOpen(false)
  }
  return {
    anchor,
    open,
    hide,
    show,
    handlers: {
      onPointerEnter: ({ currentTarget, pointerType }: PointerEvent) => {
        if (pointerType !== 'touch') show(currentTarget, delay)
      },
      onFocus: ({ currentTarget }: FocusEvent) => {
        if (currentTarget.matches(':focus-visible')) show(currentTarget, 0)
      },
    },
  }
}

/** The handler of the tooltip, then that of its element. */
const both =
  <E,>(own: (event: E) => void, given: ((event: E) => void) | undefined) =>
  (event: E) => {
    own(event)
    given?.(event)
  }

export function Tooltip({ text, children, side = 'bottom', onPress = false }: TooltipProps) {
  const { anchor, open, hide, show, handlers } = useOpening(onPress ? SOON_MS : LATER_MS)
  const empty = text === undefined || text === null || text === ''
  const { props: given } = children
  const onClick = ({ currentTarget }: MouseEvent) => (onPress ? show(currentTarget, 0) : hide())
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: both(handlers.onPointerEnter, given.onPointerEnter),
        onPointerLeave: both(hide, given.onPointerLeave),
        onFocus: both(handlers.onFocus, given.onFocus),
        onBlur: both(hide, given.onBlur),
        onClick: both(onClick, given.onClick),
      })}
      {anchor && !empty ? (
        <Suspense>
          <TooltipPopup anchor={anchor} open={open} onClose={hide} side={side}>
            {text}
          </TooltipPopup>
        </Suspense>
      ) : null}
    </>
  )
}
