import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './Button.tsx'
import { cx } from './classes.ts'
import { Icon } from './Icon.tsx'
import { LiveRegion } from './LiveRegion.tsx'
import { useClipboard } from './use-clipboard.tsx'

interface CopyButtonProps {
  /** Text to copy; a function is called on the click. */
  text: string | (() => string)
  /** Accessible name: "Copy id". */
  label: string
  /** Small icon (default), or a button with the text "Copy" or the whole label. */
  look?: 'icon' | 'button' | 'label'
  className?: string
}

const SHOWN_MS = 2000

/** Copies text and confirms it with a check mark and to screen readers; where it can't, a dialog has the text. */
export function CopyButton({ text, label, look = 'icon', className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  const clipboard = useClipboard()
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () =>
    clipboard.copy({
      title: label,
      text: typeof text === 'string' ? text : text(),
      onCopied: () => setCopied(true),
    })
  const icon = copied ? Check : Copy
  return (
    <>
      {look === 'icon' ? (
        <button
          type="button"
          aria-label={label}
          title={label}
          onClick={copy}
          className={cx(
            'touch-target inline-grid size-6 shrink-0 place-items-center rounded-sm align-middle hover:bg-hover hover:text-fg',
            copied ? 'text-ok-fg' : 'text-fg-subtle',
            className,
          )}
        >
          <Icon of={icon} size={14} />
        </button>
      ) : (
        <Button
          size="sm"
          icon={icon}
          aria-label={look === 'label' ? undefined : label}
          onClick={copy}
          className={cx('min-w-20', copied && 'text-ok-fg!', className)}
        >
          {copied ? 'Copied' : look === 'label' ? label : 'Copy'}
        </Button>
      )}
      <LiveRegion>{copied ? 'Copied' : ''}</LiveRegion>
      {clipboard.copyDialog}
    </>
  )
}
