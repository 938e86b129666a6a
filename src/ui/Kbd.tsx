import type { ReactNode } from 'react'

/** Name of the modifier key of keyboard shortcuts on this computer. */
export const commandKey = /Mac|iP(hone|ad|od)/.test(navigator.platform) ? '⌘' : 'Ctrl'

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[18px] rounded-xs border border-line bg-sunken px-1 text-center font-medium font-sans text-2xs text-fg-subtle max-sm:hidden">
      {children}
    </kbd>
  )
}
