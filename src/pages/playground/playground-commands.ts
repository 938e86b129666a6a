import { ArrowRight, Eraser, FileLock2, FlaskConical, KeyRound, Play, SquareCode } from 'lucide-react'
import type { KeyAddress } from '../../clouds/model.ts'
import { type CryptographicOperation, cryptographicLabels } from '../../clouds/operations.ts'
import { commandKey } from '../../ui/Kbd.tsx'
import { type Command, usePageCommands } from '../commands.ts'
import { useLinks } from '../use-project.ts'
import { registry } from './operations/registry.ts'
import { operationState, type PlaygroundState } from './playground-state.ts'

interface PlaygroundCommandProps {
  readonly address: KeyAddress | undefined
  /** Undefined on the tab File. */
  readonly operation: CryptographicOperation | undefined
  /** Operations that the selected key offers; all while none is selected. */
  readonly offered: readonly CryptographicOperation[]
  /** Why the operation can't run now. */
  readonly disabledReason: string | undefined
  readonly state: PlaygroundState
  readonly isCodeShown: boolean
  readonly onRun: () => void
  readonly onOpen: (operation: CryptographicOperation) => void
  readonly onCarryOver: () => void
  readonly onCarryInputOver: () => void
  readonly onToggleCode: () => void
  readonly onClear: () => void
  readonly onClearKey: () => void
}

/** Why all tabs can't be shown. */
const NO_KEY_CHOSEN = 'All tabs are shown while no key is chosen.'

/** Commands that take the result, or the input, to another operation. */
function carryOverCommands<Id extends CryptographicOperation>(
  id: Id,
  { state, offered, onCarryOver, onCarryInputOver }: PlaygroundCommandProps,
): readonly Command[] {
  const { next, inputNext, carryInputOver, labels } = registry[id]
  const { draft, outcome } = operationState(state, id)
  const command = (target: CryptographicOperation, run: () => void, disabledReason: string | undefined) => ({
    label: `Use in ${cryptographicLabels[target]}`,
    icon: ArrowRight,
    run,
    disabledReason,
  })
  const input = carryInputOver?.(draft)
  return [
    ...(next ? [command(next, onCarryOver, outcome.state === 'done' ? undefined : `${labels.button} first.`)] : []),
    ...(inputNext && input && offered.includes(inputNext)
      ? [command(inputNext, onCarryInputOver, 'disabledReason' in input ? input.disabledReason : undefined)]
      : []),
  ]
}

/** Commands of the playground for the palette, and their shortcuts. */
export function usePlaygroundCommands(props: PlaygroundCommandProps): void {
  const { address, operation, offered, disabledReason, isCodeShown } = props
  const links = useLinks()
  const forOperation: readonly Command[] = operation
    ? [
        {
          label: registry[operation].labels.button,
          icon: Play,
          run: props.onRun,
          disabledReason,
          keywords: 'run',
          shortcutHint: [commandKey, 'Enter'],
        },
        ...carryOverCommands(operation, props),
        {
          label: isCodeShown ? 'Hide code' : 'Show code',
          icon: SquareCode,
          run: props.onToggleCode,
          disabledReason: address ? undefined : 'Choose a key first.',
          keywords: 'curl cli go',
        },
        { label: 'Open File', icon: FileLock2, run: links.files(address), keywords: 'encrypt decrypt a file tab' },
      ]
    : []
  usePageCommands([
    ...forOperation,
    ...offered
      .filter((id) => id !== operation)
      .map((id) => ({
        label: `Open ${cryptographicLabels[id]}`,
        icon: FlaskConical,
        run: () => props.onOpen(id),
        keywords: 'operation tab',
      })),
    {
      label: 'Show all tabs',
      icon: KeyRound,
      run: props.onClearKey,
      disabledReason: address ? undefined : NO_KEY_CHOSEN,
      keywords: 'no key',
    },
    { label: 'Clear all', icon: Eraser, run: props.onClear },
  ])
}
