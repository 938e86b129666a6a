import type { RefObject } from 'react'

interface SpacerRowsProps {
  /** Pixels. */
  height: number
  /** Of the table. */
  columns: number
  ref?: RefObject<HTMLTableSectionElement | null>
}

/** Stands in a table for rows that are not drawn. */
export const SpacerRows = ({ height, columns, ref }: SpacerRowsProps) => (
  <tbody aria-hidden="true" ref={ref}>
    {height === 0 ? null : (
      <tr>
        <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
      </tr>
    )}
  </tbody>
)
