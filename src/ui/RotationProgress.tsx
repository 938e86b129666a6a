import { cx } from './classes.ts'

interface RotationProgressProps {
  /** From 0 to 1; other values are clamped. */
  progress: number
  /** `soon` is within 30 days, `late` overdue. */
  tone?: 'normal' | 'soon' | 'late'
  className?: string
}

const fills = { normal: 'bg-chart', soon: 'bg-chart-strong', late: 'bg-warning-mark' }

/** Progress through a rotation period, 32 × 4 px. Decorative: the text beside it says the same. */
export function RotationProgress({ progress, tone = 'normal', className }: RotationProgressProps) {
  const share = Math.min(1, Math.max(0, progress))
  return (
    <span
      aria-hidden
      data-progress
      className={cx(
        'inline-block h-1 w-8 shrink-0 overflow-hidden rounded-[2px] bg-line-strong align-middle forced-colors:bg-[Canvas] forced-colors:outline',
        className,
      )}
    >
      <span className={cx('block h-full rounded-[2px]', fills[tone])} style={{ width: `${share * 100}%` }} />
    </span>
  )
}
