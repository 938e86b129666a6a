import { ArrowRight, Eraser, FileLock2, FlaskConical, KeyRound, Play, SquareCode } from 'lucide-react'
import type { KeyAddress } from '../../clouds/model.ts'
import { commandKey } from '../../ui/Kbd.tsx'
import { type Command, usePageCommands } from '../commands.ts'
import { nextOperation, operationLabels, type PlaygroundOperation } from '../shared/operations.ts'
import { useLinks } from '../use-project.ts'
import { withoutSpace } from './inspect/ciphertext.ts'
import type { PlaygroundState } from './playground-state.ts'

interface PlaygroundCommandProps {
  readonly address: KeyAddress | undefined
  readonly operation: PlaygroundOperation
  readonly possible: readonly PlaygroundOperation[]
  /** Why the operation can't be done now. */
  readonly reason: string | undefined
  readonly bench: PlaygroundState
  readonly code: boolean
  readonly onRun: () => void
  readonly onOpen: (operation: PlaygroundOperation) => void
  /** Uses what came out, or a ciphertext that goes in, in another operation. */
  readonly onCarryOver: (to: PlaygroundOperation) => void
  readonly onCode: () => void
  readonly onClear: () => void
  /** Lets the key go. */
  readonly onClearKey: () => void
}

/** Where what is at hand can be used, and why it can't be yet. */
function carryOverCommands({
  bench,
  operation,
  possible,
  onCarryOver: onCarry,
}: PlaygroundCommandProps): readonly Command[] {
  const next = nextOperation[operation]
  const to = (target: PlaygroundOperation, reason: string | undefined) => ({
    label: `Use in ${operationLabels[target].label}`,
    icon: ArrowRight,
    run: () => onCarry(target),
    disabledReason: reason,
  })
  const nothing = bench[operation].outcome.state === 'done' ? undefined : `${operationLabels[operation].act} first.`
  const ciphertext = withoutSpace(bench.decrypt.ciphertext) === '' ? 'Paste a ciphertext first.' : undefined
  return [
    ...(next ? [to(next, nothing)] : []),
    ...(operation === 'decrypt' && possible.includes('reEncrypt') ? [to('reEncrypt', ciphertext)] : []),
  ]
}

/** What the playground offers beside its buttons: in the palette and by shortcuts. */
export function usePlaygroundCommands(props: PlaygroundCommandProps): void {
  const {
    address,
    operation,
    possible,
    reason,
    code,
    onRun: onAct,
    onOpen,
    onCode,
    onClear,
    onClearKey: onRelease,
  } = props
  const links = useLinks()
  usePageCommands([
    {
      label: operationLabels[operation].act,
      icon: Play,
      run: onAct,
      disabledReason: reason,
      keywords: 'run',
      shortcutHint: [commandKey, 'Enter'],
    },
    ...carryOverCommands(props),
    ...possible
      .filter((id) => id !== operation)
      .map((id) => ({
        label: `Open ${operationLabels[id].label}`,
        icon: FlaskConical,
        run: () => onOpen(id),
        keywords: 'operation tab',
      })),
    {
      label: 'All operations',
      icon: KeyRound,
      run: onRelease,
      disabledReason: address ? undefined : 'All operations are shown while no key is chosen.',
      keywords: 'no key',
    },
    {
      label: code ? 'Hide code' : 'Show code',
      icon: SquareCode,
      run: onCode,
      disabledReason: address ? undefined : 'Choose a key first.',
      keywords: 'curl cli go',
    },
    { label: 'Clear all', icon: Eraser, run: onClear },
    { label: 'Encrypt or decrypt a file', icon: FileLock2, run: links.files(address) },
  ])
}
