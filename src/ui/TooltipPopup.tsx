import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'

export interface TooltipPopupProps {
  anchor: Element
  open: boolean
  onClose: () => void
  side: 'top' | 'bottom' | 'left' | 'right'
  children: ReactNode
}

/** Popup of a tooltip; Esc closes it. */
export function TooltipPopup({ anchor, open, onClose, side, children }: TooltipPopupProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="max-w-66 rounded-md border border-transparent bg-tip px-2 py-[5px] text-tip-ink text-xs shadow-pop transition-opacity duration-(--duration-base) data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
