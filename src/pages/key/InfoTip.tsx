import { Info } from 'lucide-react'
import { useId } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'

interface InfoTipProps {
  /** Subject in the accessible name: "About the slug". */
  about: string
  text: string
}

/** Explanation beside a value, shown on hover, focus or press. */
export function InfoTip({ about, text }: InfoTipProps) {
  const id = useId()
  return (
    <>
      <Tooltip text={text} onPress>
        <button
          type="button"
          aria-label={`About ${about}`}
          aria-describedby={id}
          className="touch-target -my-1 inline-grid size-6 shrink-0 cursor-help place-items-center rounded-sm align-middle text-fg-subtle hover:text-fg print:hidden"
        >
          <Icon of={Info} size={14} />
        </button>
      </Tooltip>
      <span id={id} className="sr-only">
        {text}
      </span>
    </>
  )
}
