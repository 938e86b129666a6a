/** What a key looks like in the list, shared by the table's rows and the cards. */
import { ChevronDown } from 'lucide-react'
import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { formatList } from '../../lib/format-list.ts'
import { count } from '../../lib/numbers.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { KeyStatus } from '../shared/KeyStatus.tsx'
import { PurposeIcon, purposeWords } from '../shared/PurposeIcon.tsx'
import { TraitBadge, traitLabels } from '../shared/TraitBadge.tsx'
import { type KeyRow, type LocationRow, otherLocations, spokenName } from './key-rows.ts'
import type { PressRow, Selection } from './use-selection.ts'

export interface OpenedMenu {
  /** Of the row that it belongs to. */
  readonly id: string
  readonly kmsKey: KmsKey
  readonly anchor: HTMLElement
  readonly byKeyboard: boolean
}

export type OpenMenu = (menu: OpenedMenu) => void

/** State of a row and what can be done with it, in the table and on a card. */
export interface RowState {
  row: KeyRow
  now: number
  selected: boolean
  opened: boolean
  menuOpen: boolean
  onPress: PressRow
  onToggle: (row: KeyRow) => void
  onOpen: OpenMenu
}

/** What table and cards show. */
export interface KeyListProps {
  /** The rows, with the locations of those that are opened. */
  lines: readonly (KeyRow | LocationRow)[]
  opened: ReadonlySet<string>
  onToggle: (row: KeyRow) => void
  selection: Selection
  /** Rows in another order or selection of them are on their way. */
  working: boolean
  now: number
  /** The id of the row whose menu is open. */
  menuOf: string | undefined
  onOpen: OpenMenu
}

/** What one location of a key says; it comes when a row is opened. */
export const LocationName = lazyComponent(() => import('./LocationParts.tsx').then(({ LocationName }) => LocationName))
export const LocationStatus = lazyComponent(() =>
  import('./LocationParts.tsx').then(({ LocationStatus }) => LocationStatus),
)

export const KeyMenu = lazyComponent(() => import('./KeyMenu.tsx').then(({ KeyMenu }) => KeyMenu))

const UUID = /^[0-9a-f]{8}-/

/** `0198b1c4…91d3`, `kms-dhcoas…jjbk` */
const shortId = (id: string) => (id.length > 16 ? `${id.slice(0, UUID.test(id) ? 8 : 10)}…${id.slice(-4)}` : id)

/** The slug, or the shortened id where the slug says no more than the name. */
export const SecondLine = ({ kmsKey: { name, slug, id } }: { kmsKey: KmsKey }) =>
  slug === undefined || slug === name ? (
    <span title={id} className="truncate">
      {shortId(id)}
    </span>
  ) : (
    <span className="truncate">{slug}</span>
  )

/** The type in full, and what the key is for. */
export const typeTitle = ({ type, purpose }: KmsKey) => `${type}: ${purposeWords[purpose].toLowerCase()}`

/** Stands in an element that is set in the monospaced face and cuts off what is too long. */
export const TypeCell = ({ kmsKey }: { kmsKey: KmsKey }) => (
  <>
    <PurposeIcon purpose={kmsKey.purpose} className="mr-[7px] inline" />
    {kmsKey.type}
  </>
)

interface LocationCellProps {
  row: KeyRow
  opened: boolean
  onToggle: (row: KeyRow) => void
}

/** The location, in an element like that of the type; where others have the key too, a button that shows each of them. */
export function LocationCell({ row, opened, onToggle }: LocationCellProps) {
  const { location } = row.key
  const others = otherLocations(row)
  if (others.length === 0) return location
  return (
    <span className="flex items-center gap-1.5">
      <span className="truncate">{location}</span>
      <button
        type="button"
        aria-expanded={opened}
        aria-label={`+${others.length} locations of ${row.key.name}: ${formatList(others)}`}
        title={`Also in ${formatList(others)}`}
        onClick={() => onToggle(row)}
        className="touch-target -mx-0.5 inline-flex flex-none items-center rounded-xs px-0.5 font-sans text-fg-muted text-xs tabular-nums hover:text-fg"
      >
        +{others.length}
        <Icon of={ChevronDown} size={14} className={cx('text-fg-subtle', opened && 'rotate-180')} />
      </button>
    </span>
  )
}

/** Statuses that differ from the first one's, such as `Disabled in de-fra-1`. */
function otherStatuses({ key, copies }: KeyRow): string | undefined {
  const others = copies.filter((copy) => copy.key.status !== key.status)
  if (others.length === 0) return undefined
  const byLabel = Map.groupBy(others, (copy) => statusOf(copy.key).label)
  return [...byLabel]
    .map(
      ([label, [first, ...rest]]) =>
        `${label} in ${rest.length === 0 ? first?.key.location : count(rest.length + 1, 'location')}`,
    )
    .join(', ')
}

/** The status, and that of other locations where it differs. */
export function StatusCell({ row, now }: { row: KeyRow; now: number }) {
  const others = otherStatuses(row)
  const status = <KeyStatus kmsKey={row.key} now={now} />
  if (others === undefined) return status
  return (
    <span className="grid min-w-0 leading-4">
      {status}
      <span className="truncate text-fg-muted text-xs" title={others}>
        {others}
      </span>
    </span>
  )
}

/** What is special about the key, else its first label; the others as a number that says which. */
export function LabelsCell({ row: { key, labels } }: { row: KeyRow }) {
  const traits = key.traits.filter((one) => one !== 'replica')
  const [trait] = traits
  const all = [...traits.map((one) => traitLabels[one]), ...labels]
  const rest = all.slice(1).join(', ')
  const [label] = labels
  const first = trait ? <TraitBadge trait={trait} /> : label === undefined ? null : <Chip title={label}>{label}</Chip>
  if (rest === '') return first
  return (
    <span className="flex min-w-0 items-center gap-2">
      {first}
      <span role="img" aria-label={rest} title={rest} className="flex-none text-fg-muted text-xs tabular-nums">
        +{all.length - 1}
      </span>
    </span>
  )
}

interface RowCheckboxProps {
  row: KeyRow
  selected: boolean
  onPress: PressRow
}

/** Chooses a row; with Shift, all from the last pressed one to it. */
export const RowCheckbox = ({ row, selected, onPress }: RowCheckboxProps) => (
  <Checkbox
    aria-label={`Select ${spokenName(row.key)}`}
    checked={selected}
    onChange={(on, { shiftKey }) => onPress(row, { on, range: shiftKey })}
  />
)

interface MenuButtonProps {
  /** Of the row that it stands in. */
  id: string
  kmsKey: KmsKey
  open: boolean
  onOpen: OpenMenu
}

/** Always in sight; the menu's code comes when the pointer or the focus is on it. */
export function MenuButton({ id, kmsKey, open, onOpen }: MenuButtonProps) {
  return (
    <button
      type="button"
      aria-label={`Actions for ${spokenName(kmsKey)}`}
      aria-haspopup="menu"
      aria-expanded={open}
      onPointerEnter={KeyMenu.preload}
      onFocus={KeyMenu.preload}
      // A click that a key made has no count.
      onClick={({ currentTarget: anchor, detail }) => onOpen({ id, kmsKey, anchor, byKeyboard: detail === 0 })}
      className="touch-target size-7 rounded-md text-center text-[8px] text-fg-muted tracking-[1px] hover:bg-active hover:text-fg aria-expanded:bg-active aria-expanded:text-fg"
    >
      •••
    </button>
  )
}
