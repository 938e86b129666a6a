import { Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../../../ui/Icon.tsx'

const looks = {
  error: { icon: OctagonAlert, ink: 'text-danger-fg' },
  warning: { icon: TriangleAlert, ink: 'text-warning-fg' },
  info: { icon: Info, ink: 'text-fg-muted' },
} as const

interface FieldNoteProps {
  /** Id for the field that the note describes. */
  readonly id?: string
  readonly tone: keyof typeof looks
  readonly children: ReactNode
}

/** One sentence under a field: what is wrong with it, or what to know. */
export function FieldNote({ id, tone, children }: FieldNoteProps) {
  const { icon, ink } = looks[tone]
  return (
    <p id={id} className={`flex gap-1.5 text-xs ${ink}`}>
      <Icon of={icon} size={14} className="mt-px" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  )
}
