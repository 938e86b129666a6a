import { Check } from 'lucide-react'
import { Icon } from '../../ui/Icon.tsx'

/** Beside the title of a result. */
export function SuccessBadge({ children }: { children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-ok-fg text-xs">
      <Icon of={Check} size={14} />
      {children}
    </span>
  )
}
