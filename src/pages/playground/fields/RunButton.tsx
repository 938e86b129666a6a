import { Button } from '../../../ui/Button.tsx'
import { operationLabels, type PlaygroundOperation } from '../../shared/operations.ts'

interface RunButtonProps {
  readonly operation: PlaygroundOperation
  readonly busy: boolean
  readonly disabledReason: string | undefined
  readonly onRun: () => void
}

export function RunButton({ operation, busy, disabledReason: reason, onRun: onAct }: RunButtonProps) {
  const { act, acting } = operationLabels[operation]
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
