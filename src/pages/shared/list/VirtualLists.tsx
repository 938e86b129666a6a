import { type ReactElement, type ReactNode, type RefObject, useRef } from 'react'
import { RecycledRows } from './RecycledRows.tsx'
import { VirtualRows } from './VirtualRows.tsx'

interface VirtualProps<Row> {
  readonly rows: readonly Row[]
  /** Pixels of one row or card; all are the same. */
  readonly size: number
  /** Draws only the rows near the window however few there are. */
  readonly always?: boolean
  /** @param position from 1, in the whole list */
  readonly children: (row: Row, position: number) => ReactNode
}

interface SpacerRowsProps {
  /** Pixels. */
  height: number
  /** Number of columns of the table. */
  columns: number
  ref?: RefObject<HTMLTableSectionElement | null>
}

/** Stands in a table for rows that are not drawn. */
const SpacerRows = ({ height, columns, ref }: SpacerRowsProps) => (
  <tbody aria-hidden="true" ref={ref}>
    {height === 0 ? null : (
      <tr>
        <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
      </tr>
    )}
  </tbody>
)

interface VirtualTableBodyProps<Row> extends VirtualProps<Row> {
  readonly columns: number
  /** Rows have no state of their own, so that one can take the place of another. */
  readonly recycled?: boolean
  readonly children: (row: Row, position: number) => ReactElement
}

/** Rows of a table, of which only those near the window are rendered where there are many. */
export function VirtualTableBody<Row>({ columns, recycled = false, children, ...body }: VirtualTableBodyProps<Row>) {
  const { rows, size, always } = body
  const start = useRef<HTMLTableSectionElement>(null)
  return (
    <VirtualRows count={rows.length} size={size} always={always} container={start}>
      {({ from, to, before, after }) => {
        const drawn = rows.slice(from, to).map((row, offset) => children(row, from + offset + 1))
        return (
          <>
            <SpacerRows columns={columns} height={before} ref={start} />
            {recycled ? <RecycledRows>{drawn}</RecycledRows> : <tbody>{drawn}</tbody>}
            <SpacerRows columns={columns} height={after} />
          </>
        )
      }}
    </VirtualRows>
  )
}

interface VirtualCardsProps<Row> extends VirtualProps<Row> {
  readonly label: string
  readonly busy?: boolean
}

/** Cards, of which only those near the window are rendered where there are many. */
export function VirtualCards<Row>({ label, busy = false, children, ...cards }: VirtualCardsProps<Row>) {
  const { rows, size, always } = cards
  const list = useRef<HTMLUListElement>(null)
  return (
    <VirtualRows count={rows.length} size={size} always={always} container={list}>
      {({ from, to, before, after }) => (
        <ul
          ref={list}
          aria-label={label}
          aria-busy={busy || undefined}
          className="border-line border-t"
          style={{ paddingTop: before, paddingBottom: after }}
        >
          {rows.slice(from, to).map((row, offset) => children(row, from + offset + 1))}
        </ul>
      )}
    </VirtualRows>
  )
}
