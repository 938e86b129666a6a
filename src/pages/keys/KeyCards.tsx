import { memo } from 'react'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDate } from '../../lib/dates.ts'
import { CloudMark } from '../shared/CloudMark.tsx'
import { KeyNameLink } from '../shared/KeyNameLink.tsx'
import { KeyStatus } from '../shared/KeyStatus.tsx'
import { VirtualCards } from '../shared/list/VirtualLists.tsx'
import { RotationState } from '../shared/RotationState.tsx'
import { useTimeZone } from '../time-zone.ts'
import { LabelsCell, LocationCell, MenuButton, type OpenMenu, SecondLine, TypeCell } from './cells.tsx'
import type { KeyRow } from './key-rows.ts'
import { RowCheckbox } from './RowCheckbox.tsx'
import type { PressRow, Selection } from './use-selection.ts'

const CARD = 128

interface CardProps {
  row: KeyRow
  place: number
  total: number
  now: number
  selected: boolean
  menuOpen: boolean
  onPress: PressRow
  onOpen: OpenMenu
}

/** Places of the second and third line; below 360 px they stand as close as their words let them. */
const places = 'grid grid-cols-[86px_92px_minmax(0,1fr)] items-center max-[359px]:flex max-[359px]:gap-2'

/** Four lines: name and menu; cloud, location, type; status, rotation; what else the columns of the table say. */
const Card = memo(function Card(props: CardProps) {
  useTimeZone()
  const { row, place, total, now, selected, menuOpen, onPress, onOpen } = props
  const { key } = row
  return (
    <li
      aria-setsize={total}
      aria-posinset={place}
      data-selected={selected || undefined}
      className="grid h-32 grid-cols-[minmax(0,1fr)] grid-rows-[28px_24px_24px_24px] content-center gap-y-0.5 border-line border-b px-(--gutter) data-selected:bg-selected"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_44px_28px] items-center">
        <div className="flex min-w-0 items-baseline gap-2">
          <KeyNameLink kmsKey={key} className="text-md" />
          <span className="mono-xs flex min-w-0 flex-1 text-fg-subtle">
            <SecondLine kmsKey={key} />
          </span>
        </div>
        <span className="justify-self-center">
          <RowCheckbox row={row} selected={selected} onPress={onPress} />
        </span>
        <MenuButton row={row} open={menuOpen} onOpen={onOpen} />
      </div>
      <div className={places}>
        <span className="flex min-w-0 items-center gap-2">
          <span className="contents max-[359px]:hidden">
            <CloudMark cloud={key.cloud} />
          </span>
          {cloudOf(key.cloud).name}
        </span>
        <LocationCell row={row} />
        <span className="min-w-0 text-fg-muted">
          <TypeCell kmsKey={key} />
        </span>
      </div>
      <div className={places}>
        <span className="col-span-2 max-[359px]:flex-1">
          <KeyStatus kmsKey={key} now={now} />
        </span>
        <RotationState rotationOf={key} now={now} />
      </div>
      <div className={places}>
        <span className="col-span-2 whitespace-nowrap text-fg-subtle text-xs tabular-nums max-[359px]:flex-1">
          v{key.latestVersion}
          {key.createdAt === undefined ? null : `, created ${formatDate(key.createdAt)}`}
        </span>
        <LabelsCell row={row} />
      </div>
    </li>
  )
})

export interface KeyCardsProps {
  rows: readonly KeyRow[]
  selection: Selection
  working: boolean
  now: number
  menuOf: string | undefined
  onOpen: OpenMenu
}

/** The list where there is no room for a table. */
export function KeyCards({ rows, selection, working, now, menuOf, onOpen }: KeyCardsProps) {
  return (
    <VirtualCards rows={rows} size={CARD} label="Keys" busy={working}>
      {(row, position) => (
        <Card
          key={row.id}
          row={row}
          place={position}
          total={rows.length}
          now={now}
          selected={selection.ids.has(row.id)}
          menuOpen={menuOf === row.id}
          onPress={selection.onPress}
          onOpen={onOpen}
        />
      )}
    </VirtualCards>
  )
}
