/** The chart's signs, which its legend shows too. */

export const squareClass = { soon: 'bg-chart-strong', later: 'bg-chart-muted' } as const

export const Diamond = () => (
  <span aria-hidden="true" className="size-[9px] flex-none rotate-45 rounded-[1.5px] bg-danger-mark" />
)
