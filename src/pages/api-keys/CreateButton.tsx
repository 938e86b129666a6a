import { Plus } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'

interface CreateButtonProps {
  noun: 'API key' | 'role'
  /** Why none can be created now. */
  reason: string | undefined
  onCreate: () => void
}

export const CreateButton = ({ noun, reason, onCreate }: CreateButtonProps) => (
  <Button
    variant="primary"
    icon={Plus}
    aria-haspopup="dialog"
    disabledReason={reason}
    onClick={onCreate}
    className="ml-1 max-sm:ml-0 max-sm:w-11 max-sm:px-0"
  >
    <span className="max-sm:sr-only">Create {noun}</span>
  </Button>
)
