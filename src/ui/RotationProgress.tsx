import { cx } from './classes.ts'

declare module 'react' {
  interface CSSProperties {
    /** Filled part of a rotation's progress, as a percentage. */
    '--share'?: string
  }
}

interface RotationProgressProps {
  /** From 0 to 1; other values are clamped. */
  progress: number
  /** `soon` is within 30 days, `late` overdue. */
  tone?: 'normal' | 'soon' | 'late'
  className?: string
}

const fills = { normal: 'before:bg-chart', soon: 'before:bg-chart-strong', late: 'before:bg-warning-mark' }

/** Progress through a rotation period, 32 × 4 px. Decorative: the text beside it says the same. */
export function RotationProgress({ progress, tone = 'normal', className }: RotationProgressProps) {
  const share = Math.min(1, Math.max(0, progress))
  return (
    <span
      aria-hidden
      className={cx(
        "inline-block h-1 w-8 shrink-0 overflow-hidden rounded-[2px] bg-line-strong align-middle before:block before:h-full before:w-(--share) before:rounded-[2px] before:content-[''] forced-colors:bg-[Canvas] forced-colors:outline",
        fills[tone],
        className,
      )}
      style={{ '--share': `${share * 100}%` }}
    />
  )
}
