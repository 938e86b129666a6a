import { Button } from '../../ui/Button.tsx'
import { operationWords, type PlaygroundOperation } from './operations.ts'

interface ActButtonProps {
  readonly operation: PlaygroundOperation
  readonly busy: boolean
  readonly reason: string | undefined
  readonly onAct: () => void
}

export function ActButton({ operation, busy, reason, onAct }: ActButtonProps) {
  const { act, acting } = operationWords[operation]
  return (
    <Button
      variant="primary"
      size="lg"
      busy={busy}
      disabledReason={reason}
      aria-keyshortcuts="Control+Enter"
      {...(busy ? {} : { kbd: 'Ctrl Enter' })}
      onClick={onAct}
    >
      {busy ? acting : act}
    </Button>
  )
}
