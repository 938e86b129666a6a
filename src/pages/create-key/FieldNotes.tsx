import { Lock, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/Icon.tsx'

/** What is wrong with a choice, under it. For fields of text, Field has its own. */
export function ChoiceError({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="mt-1.5 flex gap-1.5 text-danger-fg text-xs">
      <Icon of={OctagonAlert} size={14} className="mt-px" />
      <span>{children}</span>
    </p>
  )
}

/** Something to know before going on; it holds nobody up. */
export function FieldWarning({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="mt-1.5 flex gap-1.5 text-warning-fg text-xs">
      <Icon of={TriangleAlert} size={14} className="mt-px" />
      <span>{children}</span>
    </p>
  )
}

export function PermanentNote() {
  return (
    <>
      <Icon of={Lock} size={12} />
      Can’t be changed later
    </>
  )
}
