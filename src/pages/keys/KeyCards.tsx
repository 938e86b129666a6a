import { memo, useRef } from 'react'
import { cloudOf } from '../../clouds/queries.ts'
import { CloudMark } from '../parts/CloudMark.tsx'
import { KeyStatus } from '../parts/KeyStatus.tsx'
import { RotationState } from '../parts/RotationState.tsx'
import { Windowed } from '../parts/Windowed.tsx'
import { LocationCell, MenuButton, NameLink, type OpenMenu, TypeCell } from './cells.tsx'
import type { KeyRow } from './key-rows.ts'
import { SelectBox } from './SelectBox.tsx'
import type { PressRow, Selection } from './use-selection.ts'

const CARD = 104

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

/** Three lines: name and menu; cloud, location, type; status, rotation. */
const Card = memo(function Card(props: CardProps) {
  const { row, place, total, now, selected, menuOpen, onPress, onOpen } = props
  const { key } = row
  return (
    <li
      aria-setsize={total}
      aria-posinset={place}
      data-selected={selected || undefined}
      className="grid h-26 grid-cols-[92px_94px_minmax(0,1fr)_44px_28px] grid-rows-[28px_24px_minmax(24px,auto)] content-center items-center gap-y-0.5 border-line border-b px-(--gutter) data-selected:bg-selected"
    >
      <NameLink keyOf={key} className="col-span-3 text-md" />
      <span className="justify-self-center">
        <SelectBox row={row} selected={selected} onPress={onPress} />
      </span>
      <MenuButton row={row} open={menuOpen} onOpen={onOpen} />
      <span className="flex min-w-0 items-center gap-2">
        <CloudMark cloud={key.cloud} />
        <span className="truncate">{cloudOf(key.cloud).name}</span>
      </span>
      <LocationCell row={row} />
      <span className="col-span-3 min-w-0 text-fg-muted">
        <TypeCell keyOf={key} />
      </span>
      <span className="col-span-2">
        <KeyStatus keyOf={key} now={now} />
      </span>
      <span className="col-span-3">
        <RotationState rotationOf={key} now={now} />
      </span>
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
  const list = useRef<HTMLUListElement>(null)
  return (
    <Windowed count={rows.length} size={CARD} container={list}>
      {({ from, to, before, after }) => (
        <ul
          ref={list}
          aria-label="Keys"
          aria-busy={working || undefined}
          className="border-line border-t"
          style={{ paddingTop: before, paddingBottom: after }}
        >
          {rows.slice(from, to).map((row, offset) => (
            <Card
              key={row.id}
              row={row}
              place={from + offset + 1}
              total={rows.length}
              now={now}
              selected={selection.ids.has(row.id)}
              menuOpen={menuOf === row.id}
              onPress={selection.onPress}
              onOpen={onOpen}
            />
          ))}
        </ul>
      )}
    </Windowed>
  )
}
