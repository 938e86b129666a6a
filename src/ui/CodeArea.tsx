import { type ComponentPropsWithRef, useRef } from 'react'
import { cx } from './classes.ts'

export interface LineMark {
  /** From 1. */
  readonly line: number
  readonly tone: 'error' | 'warning'
}

interface CodeAreaProps extends Omit<ComponentPropsWithRef<'textarea'>, 'value'> {
  value: string
  marks?: readonly LineMark[]
}

/** A text field for code: line numbers, marks beside them, no wrapped lines. Tab leaves it. */
export function CodeArea({ value, marks = [], rows = 14, onScroll, ...rest }: CodeAreaProps) {
  const margin = useRef<HTMLOListElement>(null)
  const toneOf = (line: number) => {
    const tones = marks.filter((mark) => mark.line === line).map(({ tone }) => tone)
    return tones.includes('error') ? 'error' : tones[0]
  }
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] overflow-hidden rounded-md border border-control bg-surface hover:border-fg-subtle has-[textarea:focus-visible]:border-focus has-[textarea:focus-visible]:outline has-[textarea[aria-invalid]]:border-danger-mark">
      <div aria-hidden="true" className="relative w-12 overflow-hidden border-line border-r bg-sunken">
        <ol
          ref={margin}
          className="mono absolute inset-x-0 top-0 py-2 pr-2 text-right text-fg-subtle leading-5 max-sm:leading-6"
        >
          {value.split('\n').map((_, index) => {
            const line = index + 1
            const tone = toneOf(line)
            return (
              <li
                key={line}
                className={cx(
                  tone === 'error' && 'bg-danger-bg font-semibold text-danger-fg',
                  tone === 'warning' && 'bg-warning-bg font-semibold text-warning-fg',
                )}
              >
                {tone === 'error' ? '✕ ' : tone === 'warning' ? '! ' : ''}
                {line}
              </li>
            )
          })}
        </ol>
      </div>
      <textarea
        rows={rows}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        wrap="off"
        {...rest}
        value={value}
        onScroll={(event) => {
          if (margin.current) margin.current.style.translate = `0 ${-event.currentTarget.scrollTop}px`
          onScroll?.(event)
        }}
        className="mono block w-full min-w-0 resize-y overflow-auto whitespace-pre px-2.5 py-2 text-fg leading-5 outline-none max-sm:text-touch max-sm:leading-6"
      />
    </div>
  )
}
