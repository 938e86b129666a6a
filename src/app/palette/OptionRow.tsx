import type { MouseEvent } from 'react'
import { cx } from '../../ui/classes.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { Highlighted } from './Highlighted.tsx'
import type { Option } from './options.tsx'

interface OptionRowProps {
  option: Option
  id: string
  active: boolean
  terms: readonly string[]
  onPoint: () => void
  onChoose: () => void
}

const keepFocus = (event: MouseEvent) => event.preventDefault()

/** Row of the palette. Focus stays in the field; `aria-activedescendant` names the active row by its id. */
export function OptionRow({ option, id, active, terms, onPoint, onChoose }: OptionRowProps) {
  const { label, mark, end, keys, disabledReason: reason } = option
  const off = reason !== undefined
  return (
    <button
      type="button"
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={active}
      aria-disabled={off || undefined}
      onPointerMove={onPoint}
      onMouseDown={keepFocus}
      onClick={onChoose}
      className={cx(
        'mx-2 flex w-[calc(100%-16px)] text-left min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2 py-1 max-sm:min-h-(--control-touch)',
        active && 'bg-menu-hover forced-highlight',
      )}
    >
      <span className="grid w-[18px] shrink-0 place-items-center">{mark}</span>
      {/* Text that does not fit beside the label wraps under it. */}
      <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">
        <span className={cx('max-w-full truncate', off ? 'text-fg-disabled' : option.kmsKey && 'font-medium')}>
          <Highlighted text={label} terms={terms} />
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-fg-subtle text-xs">
          {reason ?? end}
          {off || !keys ? null : (
            <span aria-hidden="true" className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          )}
        </span>
      </span>
    </button>
  )
}
