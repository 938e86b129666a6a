import type { LucideIcon } from 'lucide-react'
import { formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dot, Figure } from '../../shared/Pane.tsx'
import type { CarryOverButton } from '../operation.ts'

/** `41 ms`, or `< 1 ms`. */
export const formatMilliseconds = (milliseconds: number): string =>
  milliseconds < 1 ? '< 1 ms' : `${Math.round(milliseconds)} ms`

interface ResultFiguresProps {
  readonly version?: number | undefined
  /** Size of the result in bytes; undefined where it has none to show. */
  readonly bytes?: number | undefined
  readonly milliseconds: number
}

/** Key version, size and duration of a result. */
export function ResultFigures({ version, bytes, milliseconds }: ResultFiguresProps) {
  return (
    <>
      {version !== undefined && (
        <>
          <span>
            Version <Figure>{version}</Figure>
          </span>
          <Dot />
        </>
      )}
      {bytes !== undefined && (
        <>
          <span>
            <Figure>{formatNumber(bytes)}</Figure> {bytes === 1 ? 'byte' : 'bytes'}
          </span>
          <Dot />
        </>
      )}
      <span>
        <Figure>{formatMilliseconds(milliseconds)}</Figure>
      </span>
    </>
  )
}

interface ResultFooterProps extends ResultFiguresProps {
  readonly carryOver: CarryOverButton | undefined
  readonly icon: LucideIcon
}

/** Figures of a result, and the button that takes it to another operation. */
export const ResultFooter = ({ carryOver, icon, ...figures }: ResultFooterProps) => (
  <>
    <ResultFigures {...figures} />
    <span className="flex-1" />
    {carryOver && (
      <Button size="lg" icon={icon} onClick={carryOver.onClick}>
        {carryOver.label}
      </Button>
    )}
  </>
)
