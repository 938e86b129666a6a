import { formatNumber } from '../../../lib/numbers.ts'
import { Dot, Figure } from '../../shared/Pane.tsx'

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
