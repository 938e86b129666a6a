import { Tooltip as Base } from '@base-ui/react/tooltip'
import { type ReactElement, type ReactNode, useState } from 'react'

type Side = 'top' | 'bottom' | 'left' | 'right'

interface TooltipProps {
  /** What it says; nothing is shown while this is undefined. One sentence, never needed to use the thing. */
  text: ReactNode
  /** One element that takes focus and forwards its props, such as Button. */
  children: ReactElement
  side?: Side | undefined
  /** Opens at once, and also on a press: for a reason that must be readable by touch. */
  onPress?: boolean
}

export function Tooltip({ text, children, side = 'bottom', onPress = false }: TooltipProps) {
  const [open, setOpen] = useState(false)
  const empty = text === undefined || text === null || text === ''
  return (
    <Base.Root open={open && !empty} onOpenChange={setOpen}>
      <Base.Trigger
        render={children}
        delay={onPress ? 120 : 500}
        closeOnClick={!onPress}
        {...(onPress && { onClick: () => setOpen(true) })}
      />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="max-w-66 rounded-md bg-tip px-[9px] py-1.5 text-tip-ink text-xs shadow-pop transition-opacity duration-(--duration-base) data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
