import { type ReactNode, useId } from 'react'
import { cx, radioClass } from './classes.ts'
import { Icon, type IconType } from './Icon.tsx'

export interface RadioCard<V extends string> {
  value: V
  title: ReactNode
  /** After the title. */
  icon?: IconType
  /** Replaces `icon` when it is not a Lucide icon. */
  mark?: ReactNode
  text?: ReactNode
  /** Why it is disabled; replaces `text`. */
  disabledReason?: string | undefined
}

interface RadioCardsProps<V extends string> {
  /** Accessible name. */
  label: string
  cards: readonly RadioCard<V>[]
  value: V | undefined
  onChange: (value: V) => void
  className?: string
}

/** Radio group of two to four cards side by side; stacked on narrow screens. */
export function RadioCards<V extends string>({ label, cards, value, onChange, className }: RadioCardsProps<V>) {
  const id = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cx(
        'grid auto-cols-fr grid-flow-col overflow-hidden rounded-lg border border-line-strong max-sm:grid-flow-row',
        className,
      )}
    >
      {cards.map((card, at) => (
        <label
          key={card.value}
          className={cx(
            'group flex items-start gap-2.5 border-line border-l px-3 py-2.5 first:border-l-0 hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:-outline-offset-2 max-sm:border-t max-sm:border-l-0 max-sm:first:border-t-0',
            card.disabledReason === undefined ? 'cursor-pointer' : 'cursor-not-allowed',
          )}
        >
          <input
            type="radio"
            name={id}
            checked={card.value === value}
            aria-labelledby={`${id}-${at}`}
            aria-describedby={`${id}-${at}-text`}
            aria-disabled={card.disabledReason !== undefined || undefined}
            onChange={() => {
              if (card.disabledReason === undefined) onChange(card.value)
            }}
            className={cx(radioClass, 'mt-0.5')}
          />
          <span className="grid min-w-0">
            <span
              className={cx(
                'flex items-center gap-1.5 font-medium',
                card.disabledReason !== undefined && 'text-fg-disabled',
              )}
            >
              <span id={`${id}-${at}`}>{card.title}</span>
              {card.mark ??
                (card.icon && (
                  <Icon of={card.icon} size={14} className="text-fg-subtle group-has-checked:text-accent-fg" />
                ))}
            </span>
            <span id={`${id}-${at}-text`} className="text-fg-subtle text-xs leading-[18px]">
              {card.disabledReason ?? card.text}
            </span>
          </span>
        </label>
      ))}
    </div>
  )
}
