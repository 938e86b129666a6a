import { count } from '../../lib/numbers.ts'

/** Colours of the squares that stand for rotations within 30 days, and later. */
export const squareClass = { soon: 'bg-chart-strong', later: 'bg-chart-muted' } as const

/** Sign of a deletion. */
export const Diamond = () => (
  <span aria-hidden="true" className="size-[9px] flex-none rotate-45 rounded-[1.5px] bg-danger-mark" />
)

const Square = ({ look }: { look: string }) => <span aria-hidden="true" className={`size-2.5 rounded-[2px] ${look}`} />

/** Signs of the chart; `unit` is the number of rotations that one square stands for. */
export const Legend = ({ unit }: { unit: number }) => (
  <ul className="flex flex-wrap items-center gap-x-4.5 pr-2 text-fg-muted text-xs [&>li]:flex [&>li]:items-center [&>li]:gap-1.5">
    {unit === 1 ? null : <li>One square for up to {count(unit, 'rotation')}</li>}
    <li>
      <Square look={squareClass.soon} />
      Rotation within 30 days
    </li>
    <li>
      <Square look={squareClass.later} />
      Rotation later
    </li>
    <li>
      <Diamond />
      Deletion
    </li>
  </ul>
)
