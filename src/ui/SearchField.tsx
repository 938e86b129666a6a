import { Search, X } from 'lucide-react'
import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react'
import { isCharacterKey } from './character-shortcuts.ts'
import { cx, inputClass } from './classes.ts'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'

interface SearchFieldProps extends Omit<ComponentPropsWithoutRef<'input'>, 'onChange' | 'value' | 'size' | 'type'> {
  value: string
  onChange: (value: string) => void
  /** Accessible name. */
  label: string
  /** Lets `/` focus the field from anywhere on the page, with a hint. */
  slash?: boolean
  /** Layout class of the field, such as its width (248 px by default). */
  className?: string
}

export function SearchField({ value, onChange, label, slash = false, className, ...rest }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!slash) return
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || !isCharacterKey(event)) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [slash])
  return (
    <span className={cx('relative inline-flex', className ?? 'w-62 max-sm:w-full')}>
      <Icon of={Search} className="pointer-events-none absolute top-1/2 left-2.5 text-fg-subtle -translate-y-1/2" />
      <input
        type="search"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        ref={input}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
        className={cx(
          inputClass,
          'h-(--control-md) text-ellipsis pr-9 pl-[34px] max-sm:h-(--control-touch)',
          value === '' && 'max-sm:pr-2.5',
        )}
      />
      <span className="absolute top-1/2 right-1.5 flex -translate-y-1/2">
        {value !== '' ? (
          <button
            type="button"
            aria-label="Clear search"
            className="touch-target grid size-6 place-items-center rounded-sm text-fg-subtle hover:bg-hover hover:text-fg"
            onClick={() => {
              onChange('')
              input.current?.focus()
            }}
          >
            <Icon of={X} size={14} />
          </button>
        ) : (
          slash && (
            <span aria-hidden className="pointer-events-none flex">
              <Kbd>/</Kbd>
            </span>
          )
        )}
      </span>
    </span>
  )
}
