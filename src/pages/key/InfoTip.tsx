import { Info } from 'lucide-react'
import { useId } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'

interface InfoTipProps {
  /** What it is about, for its name: "About the slug". */
  about: string
  text: string
}

/** A fact that is worth knowing beside a value, one hover, focus or press away. */
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
