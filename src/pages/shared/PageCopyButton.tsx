import { Copy } from 'lucide-react'
import { CopyButton } from '../../ui/CopyButton.tsx'
import type { CommandPlacement } from '../commands.ts'
import { PageCommands } from './PageCommands.tsx'
import { useCopy } from './use-copy.ts'

interface PageCopyButtonProps extends CommandPlacement {
  readonly text: string
  /** What is copied, as it is told: "wrapping key". */
  readonly what: string
  readonly look?: 'icon' | 'button'
  /** One of many of its kind: not listed before something is typed. */
  readonly collapsed?: boolean
  readonly className?: string
}

/** A button that copies something of the page, which the palette does too. */
export function PageCopyButton({
  text,
  what,
  collapsed = false,
  look = 'icon',
  className = '',
  ...placement
}: PageCopyButtonProps) {
  const { copy, copyDialog } = useCopy()
  const label = `Copy ${what}`
  return (
    <>
      <CopyButton text={text} label={label} look={look} className={className} />
      <PageCommands commands={[{ label, icon: Copy, collapsed, run: () => copy(what, text) }]} {...placement} />
      {copyDialog}
    </>
  )
}
