import { formatDate } from '../../lib/dates.ts'
import { VirtualCards } from '../shared/list/VirtualLists.tsx'
import type { ApiKeyListProps } from './ApiKeyTable.tsx'
import { AllowsCell, DeleteButton, type DeleteButtonProps, KeyCell, NameCell, RoleCell } from './cells.tsx'

const CARD = 120

interface CardProps extends DeleteButtonProps {
  place: number
  total: number
}

/** Four lines: name and delete; key; role and time of creation; what it allows. */
function Card({ place, total, ...row }: CardProps) {
  const { createdAt } = row.row.key
  return (
    <li
      aria-setsize={total}
      aria-posinset={place}
      className="grid h-30 grid-cols-[minmax(0,1fr)_auto] content-center items-center border-line border-b px-(--gutter)"
    >
      <NameCell row={row.row} className="text-md" />
      <span className="-my-2 -mr-2">
        <DeleteButton {...row} />
      </span>
      <span className="col-span-2 h-7">
        <KeyCell row={row.row} />
      </span>
      <span className="col-span-2 min-w-0">
        <span className="flex items-baseline justify-between gap-3">
          <RoleCell row={row.row} />
          {createdAt === undefined ? null : (
            <span className="flex-none text-fg-subtle text-xs tabular-nums">created {formatDate(createdAt)}</span>
          )}
        </span>
        <AllowsCell row={row.row} />
      </span>
    </li>
  )
}

/** API keys as cards, on narrow screens. */
export const ApiKeyCards = ({ rows, reason, onDelete }: ApiKeyListProps) => (
  <VirtualCards rows={rows} size={CARD} label="API keys">
    {(row, position) => (
      <Card key={row.id} row={row} place={position} total={rows.length} reason={reason} onDelete={onDelete} />
    )}
  </VirtualCards>
)
