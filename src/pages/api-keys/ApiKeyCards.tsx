import { useRef } from 'react'
import { VirtualRows } from '../shared/VirtualRows.tsx'
import type { ApiKeyListProps } from './ApiKeyTable.tsx'
import { AllowsCell, DeleteButton, type DeleteButtonProps, KeyCell, NameCell, RoleCell } from './cells.tsx'

const CARD = 144

interface CardProps extends DeleteButtonProps {
  place: number
  total: number
}

/** Four lines: name and delete; key; role; what it allows. */
function Card({ place, total, ...row }: CardProps) {
  return (
    <li
      aria-setsize={total}
      aria-posinset={place}
      className="grid h-36 grid-cols-[minmax(0,1fr)_auto] content-center items-center border-line border-b px-(--gutter)"
    >
      <NameCell row={row.row} className="text-md" />
      <DeleteButton {...row} />
      <span className="col-span-2 h-7">
        <KeyCell row={row.row} />
      </span>
      <span className="col-span-2 min-w-0">
        <RoleCell row={row.row} />
        <AllowsCell row={row.row} />
      </span>
    </li>
  )
}

/** The list where there is no room for a table. */
export function ApiKeyCards({ rows, reason, onDelete }: ApiKeyListProps) {
  const list = useRef<HTMLUListElement>(null)
  return (
    <VirtualRows count={rows.length} size={CARD} container={list}>
      {({ from, to, before, after }) => (
        <ul
          ref={list}
          aria-label="API keys"
          className="border-line border-t"
          style={{ paddingTop: before, paddingBottom: after }}
        >
          {rows.slice(from, to).map((row, offset) => (
            <Card
              key={row.id}
              row={row}
              place={from + offset + 1}
              total={rows.length}
              reason={reason}
              onDelete={onDelete}
            />
          ))}
        </ul>
      )}
    </VirtualRows>
  )
}
