import type { ReactNode } from 'react'

/** One component, or one of its states, with its name above. */
export const Specimen = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid min-w-0 gap-2">
    <h3 className="text-fg-subtle text-xs">{name}</h3>
    {children}
  </div>
)

export const Row = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-2">{children}</div>
)

/** What a press does on this page. */
export const nothing = () => undefined
