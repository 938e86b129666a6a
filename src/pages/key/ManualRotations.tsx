import { TriangleAlert } from 'lucide-react'
import { Icon } from '../../ui/Icon.tsx'

interface ManualRotationsProps {
  used: number
  limit: number
}

/** So few left that one should think first. */
const FEW = 2

/** How many rotations by hand a key has had of those it gets in its life. */
export function ManualRotations({ used, limit }: ManualRotationsProps) {
  const left = Math.max(0, limit - used)
  return (
    <div>
      <h3 className="font-medium">Manual rotations</h3>
      <p className="flex flex-wrap items-center gap-x-2 text-fg-muted">
        <span className="tabular-nums">
          {used} of {limit} used
        </span>
        {left <= FEW && (
          <span className="inline-flex items-center gap-1 text-warning-fg text-xs">
            <Icon of={TriangleAlert} size={14} />
            {left === 0 ? 'None left. Automatic rotation goes on.' : `Only ${left} left for the life of this key.`}
          </span>
        )}
      </p>
    </div>
  )
}
