import { memo, Suspense, useMemo } from 'react'
import { statusOf } from '../../clouds/key-status.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDate } from '../../lib/dates.ts'
import { CloudMark } from '../shared/CloudMark.tsx'
import { KeyNameLink } from '../shared/KeyNameLink.tsx'
import { VirtualCards } from '../shared/list/VirtualLists.tsx'
import { RotationState } from '../shared/RotationState.tsx'
import { useTimeZone } from '../time-zone.ts'
import {
  type KeyListProps,
  LabelsCell,
  LocationCell,
  LocationName,
  LocationStatus,
  MenuButton,
  RowCheckbox,
  type RowState,
  SecondLine,
  StatusCell,
  TypeCell,
  typeTitle,
} from './cells.tsx'
import type { KeyRow, LocationRow } from './key-rows.ts'

const CARD = 128

interface CardProps extends RowState {
  place: number
  total: number
}

/** Places of the second and third line; below 360 px they stand as close as their words let them. */
const places = 'grid grid-cols-[86px_92px_minmax(0,1fr)] items-center max-[359px]:flex max-[359px]:gap-2'

/** Four lines: name and menu; cloud, location, type; status, rotation; what else the columns of the table say. */
const Card = memo(function Card(props: CardProps) {
  useTimeZone()
  const { row, place, total, now, selected, opened, menuOpen, onPress, onToggle, onOpen } = props
  const { key } = row
  // Nothing rotates before a deletion, and its date takes the width of both columns.
  const pending = statusOf(key).group === 'pending'
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
        <MenuButton id={row.id} kmsKey={key} open={menuOpen} onOpen={onOpen} />
      </div>
      <div className={places}>
        <span className="flex min-w-0 items-center gap-2">
          <CloudMark cloud={key.cloud} className="max-[359px]:hidden" />
          {cloudOf(key.cloud).name}
        </span>
        <span className="mono truncate" title={key.location}>
          <LocationCell row={row} opened={opened} onToggle={onToggle} />
        </span>
        <span className="mono truncate text-fg-muted" title={typeTitle(key)}>
          <TypeCell kmsKey={key} />
        </span>
      </div>
      <div className={places}>
        <span className={pending ? 'col-span-3' : 'col-span-2 max-[359px]:flex-1'}>
          <StatusCell row={row} now={now} />
        </span>
        {pending ? null : (
          <span className="min-w-0 justify-self-start">
            <RotationState rotationOf={key} now={now} />
          </span>
        )}
      </div>
      <div className={places}>
        <span className="col-span-2 whitespace-nowrap text-fg-subtle text-xs tabular-nums max-[359px]:flex-1">
          v{key.latestVersion}
          {key.createdAt === undefined ? null : `, created ${formatDate(key.createdAt)}`}
        </span>
        <span className="min-w-0">
          <LabelsCell row={row} />
        </span>
      </div>
    </li>
  )
})

/** Locations that have room in one card. */
const PER_CARD = 3

/** Some locations of the key above. */
type Locations = readonly LocationRow[]

function asCards(lines: readonly (KeyRow | LocationRow)[]): readonly (KeyRow | Locations)[] {
  const cards: (KeyRow | LocationRow[])[] = []
  for (const line of lines) {
    const last = cards.at(-1)
    if (!('of' in line)) cards.push(line)
    else if (Array.isArray(last) && last.length < PER_CARD) last.push(line)
    else cards.push([line])
  }
  return cards
}

interface LocationCardProps extends Pick<CardProps, 'place' | 'total' | 'now' | 'onOpen'> {
  locations: Locations
  menuOf: string | undefined
}

const LocationCard = ({ locations, place, total, now, menuOf, onOpen }: LocationCardProps) => (
  <li
    aria-setsize={total}
    aria-posinset={place}
    className="grid h-32 grid-cols-[minmax(0,1fr)_auto_28px] content-start items-center gap-x-3 border-line border-b bg-sunken px-(--gutter) pt-1.5 leading-[38px]"
  >
    {locations.map((line) => (
      <Suspense key={line.id}>
        <LocationName line={line} />
        <LocationStatus line={line} now={now} />
        {typeof line.copy === 'string' ? (
          <span />
        ) : (
          <MenuButton id={line.id} kmsKey={line.copy} open={menuOf === line.id} onOpen={onOpen} />
        )}
      </Suspense>
    ))}
  </li>
)

/** The list where there is no room for a table. */
export function KeyCards({ lines, opened, onToggle, selection, working, now, menuOf, onOpen }: KeyListProps) {
  const cards = useMemo(() => asCards(lines), [lines])
  return (
    <VirtualCards always rows={cards} size={CARD} label="Keys" busy={working}>
      {(card, place) => {
        const common = { place, total: cards.length, now, onOpen }
        return 'key' in card ? (
          <Card
            key={card.id}
            row={card}
            selected={selection.ids.has(card.id)}
            opened={opened.has(card.id)}
            menuOpen={menuOf === card.id}
            onPress={selection.onPress}
            onToggle={onToggle}
            {...common}
          />
        ) : (
          <LocationCard key={card[0]?.id} locations={card} menuOf={menuOf} {...common} />
        )
      }}
    </VirtualCards>
  )
}
