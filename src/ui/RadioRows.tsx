import { Check, Minus } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cx, radioClass } from './classes.ts'
import { Icon } from './Icon.tsx'

export interface RadioRow<V extends string> {
  value: V
  /** Type or algorithm, in monospace. */
  title: ReactNode
  badge?: ReactNode
  /** One line of guidance. */
  text?: ReactNode
  /** Value per column: true shows a check mark, false a dash. */
  cells?: readonly (ReactNode | boolean)[]
  /** Why it is disabled; replaces `text`. */
  disabledReason?: string | undefined
}

interface RadioRowsProps<V extends string> {
  /** Heading of the list and its accessible name. */
  label: ReactNode
  /** Column headers at the right end; on narrow screens each row lists them under its text. */
  columns?: readonly string[]
  rows: readonly RadioRow<V>[]
  value: V | undefined
  onChange: (value: V) => void
  className?: string
}

/** Radio group as a table, with capabilities as columns. */
export function RadioRows<V extends string>(props: RadioRowsProps<V>) {
  const { label, columns = [], rows, value, onChange, className } = props
  const id = useId()
  return (
    <div role="radiogroup" aria-labelledby={`${id}-label`} className={className}>
      <div className="flex items-end gap-2.5 pr-3 pb-1.5">
        <span id={`${id}-label`} className="font-medium">
          {label}
        </span>
        <span aria-hidden className="ml-auto flex max-sm:hidden">
          {columns.map((column) => (
            <span key={column} className="w-[68px] text-center text-fg-subtle text-xs">
              {column}
            </span>
          ))}
        </span>
      </div>
      <div className="overflow-hidden rounded-lg border border-line-strong">
        {rows.map((row, at) => (
          <label
            key={row.value}
            className={cx(
              'flex min-h-[54px] items-center gap-2.5 border-line border-t px-3 py-2 first:border-t-0 hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:-outline-offset-2',
              row.disabledReason === undefined ? 'cursor-pointer' : 'cursor-not-allowed',
            )}
          >
            <input
              type="radio"
              name={id}
              checked={row.value === value}
              aria-labelledby={`${id}-${at}`}
              aria-describedby={`${id}-${at}-text`}
              aria-disabled={row.disabledReason !== undefined || undefined}
              onChange={() => {
                if (row.disabledReason === undefined) onChange(row.value)
              }}
              className={cx(radioClass, 'mt-[3px] mr-0.5 self-start')}
            />
            <span className="grid min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2">
                <b
                  id={`${id}-${at}`}
                  className={cx('mono font-semibold text-sm', row.disabledReason !== undefined && 'text-fg-disabled')}
                >
                  {row.title}
                </b>
                {row.badge}
              </span>
              <span id={`${id}-${at}-text`} className="text-fg-subtle text-xs leading-[18px]">
                {row.disabledReason ?? row.text}
                <span className="sr-only">
                  {' '}
                  {columns.map((column, n) => `${column}: ${said(row.cells?.[n])}`).join(', ')}
                </span>
              </span>
              {columns.length > 0 && (
                <span aria-hidden className="flex flex-wrap gap-x-3 text-fg-muted text-xs leading-[18px] sm:hidden">
                  {columns.map((column, n) => (
                    <ListedCell key={column} name={column} value={row.cells?.[n]} />
                  ))}
                </span>
              )}
            </span>
            <span aria-hidden className="flex max-sm:hidden">
              {columns.map((column, n) => (
                <Cell key={column} value={row.cells?.[n]} />
              ))}
            </span>
          </label>
        ))}
      </div>
    </div>
  )
}

const check = <Icon of={Check} size={14} />
const dash = <Icon of={Minus} size={12} className="text-fg-subtle" />

/** Cell with its column header: `Max. input 446 B`, a check mark and `Rotation`. */
function ListedCell({ name, value }: { name: string; value: ReactNode }) {
  if (value && value !== true)
    return (
      <span className="whitespace-nowrap tabular-nums">
        {name} {value}
      </span>
    )
  return (
    <span className={cx('inline-flex items-center gap-1 whitespace-nowrap', !value && 'text-fg-subtle')}>
      {value ? check : dash}
      {name}
    </span>
  )
}

function Cell({ value }: { value: ReactNode }) {
  return (
    <span className="grid w-[68px] place-items-center text-fg-muted text-xs tabular-nums">
      {value === true ? check : value || dash}
    </span>
  )
}

function said(value: ReactNode) {
  if (value === true) return 'yes'
  return typeof value === 'string' || typeof value === 'number' ? value : 'no'
}
