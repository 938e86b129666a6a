import { Eraser, Eye, EyeOff, FileLock2, FlaskConical, Play, SquareCode } from 'lucide-react'
import type { KeyAddress } from '../../clouds/model.ts'
import { commandKey } from '../../ui/command-key.ts'
import { usePageActions } from '../page-actions.ts'
import { paths } from '../paths.ts'
import { useProject } from '../use-project.ts'
import { operationWords, type PlaygroundOperation } from './operations.ts'

interface PlaygroundActions {
  readonly address: KeyAddress | undefined
  readonly operation: PlaygroundOperation
  readonly possible: readonly PlaygroundOperation[]
  /** Why the operation can't be done now. */
  readonly reason: string | undefined
  readonly masked: boolean
  readonly code: boolean
  readonly onAct: () => void
  readonly onOpen: (operation: PlaygroundOperation) => void
  readonly onMask: (masked: boolean) => void
  readonly onCode: () => void
  readonly onClear: () => void
}

/** What the playground offers beside its buttons: in the palette and by shortcuts. */
export function usePlaygroundActions(props: PlaygroundActions): void {
  const { address, operation, possible, reason, masked, code, onAct, onOpen, onMask, onCode, onClear } = props
  const project = useProject()
  usePageActions('On this page', [
    {
      label: operationWords[operation].act,
      icon: Play,
      act: onAct,
      reason,
      also: 'run',
      keys: [commandKey, 'Enter'],
    },
    ...possible
      .filter((id) => id !== operation)
      .map((id) => ({
        label: `Open ${operationWords[id].label}`,
        icon: FlaskConical,
        act: () => onOpen(id),
        also: 'operation tab',
      })),
    {
      label: masked ? 'Show plaintext' : 'Mask plaintext',
      icon: masked ? Eye : EyeOff,
      act: () => onMask(!masked),
      also: 'hide',
    },
    {
      label: code ? 'Hide code' : 'Show code',
      icon: SquareCode,
      act: onCode,
      reason: address ? undefined : 'Choose a key first.',
      also: 'curl cli go',
    },
    { label: 'Clear all', icon: Eraser, act: onClear },
    { label: 'Encrypt or decrypt a file', icon: FileLock2, act: paths.files.to(address, {}, project) },
  ])
}
