import { type Command, type CommandPlacement, usePageCommands } from '../commands.ts'

interface PageCommandsProps extends CommandPlacement {
  commands: readonly Command[]
}

/** What a part of the page offers as long as it is there; beside the buttons that do the same. Draws nothing. */
export function PageCommands({ commands, level = 'section', ...placement }: PageCommandsProps) {
  usePageCommands(commands, { level, ...placement })
  return null
}
