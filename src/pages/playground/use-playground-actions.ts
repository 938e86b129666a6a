import { ArrowRight, Eraser, FileLock2, FlaskConical, KeyRound, Play, SquareCode } from 'lucide-react'
import type { KeyAddress } from '../../clouds/model.ts'
import { commandKey } from '../../ui/command-key.ts'
import { type PageAction, usePageActions } from '../page-actions.ts'
import { useLinks } from '../use-project.ts'
import type { Bench } from './bench.ts'
import { withoutSpace } from './ciphertext.ts'
import { nextOperation, operationWords, type PlaygroundOperation } from './operations.ts'

interface PlaygroundActions {
  readonly address: KeyAddress | undefined
  readonly operation: PlaygroundOperation
  readonly possible: readonly PlaygroundOperation[]
  /** Why the operation can't be done now. */
  readonly reason: string | undefined
  readonly bench: Bench
  readonly code: boolean
  readonly onAct: () => void
  readonly onOpen: (operation: PlaygroundOperation) => void
  /** Uses what came out, or a ciphertext that goes in, in another operation. */
  readonly onCarry: (to: PlaygroundOperation) => void
  readonly onCode: () => void
  readonly onClear: () => void
  /** Lets the key go. */
  readonly onRelease: () => void
}

/** Where what is at hand can be used, and why it can't be yet. */
function carries({ bench, operation, possible, onCarry }: PlaygroundActions): readonly PageAction[] {
  const next = nextOperation[operation]
  const to = (target: PlaygroundOperation, reason: string | undefined) => ({
    label: `Use in ${operationWords[target].label}`,
    icon: ArrowRight,
    act: () => onCarry(target),
    reason,
  })
  const nothing = bench[operation].outcome.state === 'done' ? undefined : `${operationWords[operation].act} first.`
  const ciphertext = withoutSpace(bench.decrypt.ciphertext) === '' ? 'Paste a ciphertext first.' : undefined
  return [
    ...(next ? [to(next, nothing)] : []),
    ...(operation === 'decrypt' && possible.includes('reEncrypt') ? [to('reEncrypt', ciphertext)] : []),
  ]
}

/** What the playground offers beside its buttons: in the palette and by shortcuts. */
export function usePlaygroundActions(props: PlaygroundActions): void {
  const { address, operation, possible, reason, code, onAct, onOpen, onCode, onClear, onRelease } = props
  const links = useLinks()
  usePageActions([
    {
      label: operationWords[operation].act,
      icon: Play,
      act: onAct,
      reason,
      also: 'run',
      keys: [commandKey, 'Enter'],
    },
    ...carries(props),
    ...possible
      .filter((id) => id !== operation)
      .map((id) => ({
        label: `Open ${operationWords[id].label}`,
        icon: FlaskConical,
        act: () => onOpen(id),
        also: 'operation tab',
      })),
    {
      label: 'All operations',
      icon: KeyRound,
      act: onRelease,
      reason: address ? undefined : 'All operations are shown while no key is chosen.',
      also: 'no key',
    },
    {
      label: code ? 'Hide code' : 'Show code',
      icon: SquareCode,
      act: onCode,
      reason: address ? undefined : 'Choose a key first.',
      also: 'curl cli go',
    },
    { label: 'Clear all', icon: Eraser, act: onClear },
    { label: 'Encrypt or decrypt a file', icon: FileLock2, act: links.files(address) },
  ])
}
