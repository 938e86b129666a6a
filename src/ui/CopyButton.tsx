import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './Button.tsx'
import { cx } from './classes.ts'
import { Icon } from './Icon.tsx'
import { LiveRegion } from './LiveRegion.tsx'

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

/** Copies text and confirms it with a check mark and to screen readers. */
export function CopyButton({ text, label, look = 'icon', className }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  const says = { idle: '', copied: 'Copied', failed: 'Could not copy: the browser refused.' }[state]
  const icon = state === 'copied' ? Check : Copy
  return (
    <>
      {look === 'icon' ? (
        <button
          type="button"
          aria-label={label}
          title={state === 'failed' ? says : label}
          onClick={() => void copy()}
          className={cx(
            'touch-target inline-grid size-6 shrink-0 place-items-center rounded-sm align-middle hover:bg-hover hover:text-fg',
            state === 'copied' ? 'text-ok-fg' : 'text-fg-subtle',
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
          onClick={() => void copy()}
          className={cx('min-w-20', state === 'copied' && 'text-ok-fg!', className)}
        >
          {state === 'idle' ? (look === 'label' ? label : 'Copy') : state === 'copied' ? 'Copied' : 'Refused'}
        </Button>
      )}
      <LiveRegion>{says}</LiveRegion>
    </>
  )
}
