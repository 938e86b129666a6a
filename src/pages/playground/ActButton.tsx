import { Button } from '../../ui/Button.tsx'

interface ActButtonProps {
  readonly verb: 'Encrypt' | 'Decrypt'
  readonly busy: boolean
  readonly reason: string | undefined
  readonly onAct: () => void
}

export function ActButton({ verb, busy, reason, onAct }: ActButtonProps) {
  return (
    <Button
      variant="primary"
      size="lg"
      busy={busy}
      reason={reason}
      aria-keyshortcuts="Control+Enter"
      {...(busy ? {} : { kbd: 'Ctrl Enter' })}
      onClick={onAct}
    >
      {busy ? `${verb}ing` : verb}
    </Button>
  )
}
