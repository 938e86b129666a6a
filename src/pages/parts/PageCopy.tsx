import { Copy } from 'lucide-react'
import { CopyButton } from '../../ui/CopyButton.tsx'
import type { Offering } from '../page-actions.ts'
import { PageActions } from './PageActions.tsx'
import { useCopy } from './use-copy.ts'

interface PageCopyProps extends Offering {
  readonly text: string
  /** What is copied, as it is told: "wrapping key". */
  readonly what: string
  readonly look?: 'icon' | 'button'
  /** One of many of its kind: not listed before something is typed. */
  readonly many?: boolean
  readonly className?: string
}

/** A button that copies something of the page, which the palette does too. */
export function PageCopy({ text, what, many = false, look = 'icon', className = '', ...offering }: PageCopyProps) {
  const copy = useCopy()
  const label = `Copy ${what}`
  return (
    <>
      <CopyButton text={text} label={label} look={look} className={className} />
      <PageActions of={[{ label, icon: Copy, many, act: () => copy(what, text) }]} {...offering} />
    </>
  )
}
