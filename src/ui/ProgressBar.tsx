interface ProgressBarProps {
  /** Accessible name of the task. */
  label: string
  /** From 0 to 1. */
  share: number
  /** Progress as text: "23 of 50 keys". */
  detail: string
  className?: string
}

/** Progress of a long task. */
export function ProgressBar({ label, share, detail, className }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 100)}
      aria-valuetext={detail}
      className={`h-1.5 overflow-hidden rounded-full bg-line-strong forced-colors:border forced-colors:bg-[Canvas] ${className ?? ''}`}
    >
      <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
    </div>
  )
}
