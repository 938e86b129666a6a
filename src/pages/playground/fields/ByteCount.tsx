import { count, formatNumber } from '../../../lib/numbers.ts'
import { cx } from '../../../ui/classes.ts'
import { Figure } from '../../shared/Pane.tsx'

interface ByteCountProps {
  /** Bytes; undefined while the input is not valid. */
  readonly size: number | undefined
  /** Undefined while no key is selected. */
  readonly max: number | undefined
}

/** `67 of 65,535 bytes`, with a meter beside it. */
export function ByteCount({ size, max }: ByteCountProps) {
  const over = size !== undefined && max !== undefined && size > max
  if (max === undefined) return <span>{size === undefined ? '' : count(size, 'byte')}</span>
  return (
    <>
      <span className={cx(over && 'text-danger-fg')}>
        {size === undefined ? 'Up to' : <Figure>{formatNumber(size)}</Figure>} {size === undefined ? '' : 'of '}
        {formatNumber(max)} bytes
      </span>
      <span aria-hidden className="h-1 w-18 overflow-hidden rounded-[2px] bg-active max-lg:hidden">
        <span
          className={cx('block h-full', over ? 'bg-danger-mark' : 'bg-chart-strong', (size ?? 0) > 0 && 'min-w-[3px]')}
          style={{ width: `${Math.min(100, ((size ?? 0) / max) * 100)}%` }}
        />
      </span>
    </>
  )
}
