import { Search } from 'lucide-react'
import { openOverlay } from '../pages/overlay.ts'
import { Icon } from '../ui/Icon.tsx'
import { commandKey, Kbd } from '../ui/Kbd.tsx'
import { Palette } from './Overlays.tsx'

/** Opens the command palette; looks like a field, on narrow screens an icon. */
export function FindButton() {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onPointerEnter={Palette.preload}
      onFocus={Palette.preload}
      onClick={() => openOverlay({ kind: 'palette' })}
      className="inline-flex h-8 w-58 flex-none items-center gap-2 rounded-md border border-line-strong pr-1.5 pl-2.5 text-fg-subtle text-sm hover:border-control max-[1000px]:w-8 max-[1000px]:justify-center max-[1000px]:px-0 max-[640px]:-mr-2.5 max-[640px]:size-11 max-[640px]:border-0 max-[640px]:text-fg-muted max-[640px]:hover:bg-hover"
    >
      <Icon of={Search} className="max-[640px]:size-5" />
      <span className="max-[1000px]:sr-only">Find a key or action</span>
      <span aria-hidden="true" className="ml-auto flex max-[1000px]:hidden">
        <Kbd>{commandKey} K</Kbd>
      </span>
    </button>
  )
}
