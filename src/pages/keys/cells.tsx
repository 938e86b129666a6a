/** What a key looks like in the list, shared by the table's rows and the cards. */
import { Ellipsis } from 'lucide-react'
import { isUsable } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { Chip } from '../../ui/Chip.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { PurposeIcon } from '../shared/PurposeIcon.tsx'
import { TraitBadge, traitLabels } from '../shared/TraitBadge.tsx'
import { type KeyRow, otherLocations } from './key-rows.ts'

export interface OpenedMenu {
  readonly row: KeyRow
  readonly anchor: HTMLElement
  readonly byKeyboard: boolean
}

export type OpenMenu = (menu: OpenedMenu) => void

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

export const TypeCell = ({ kmsKey }: { kmsKey: KmsKey }) => (
  <span className={cx('flex min-w-0 items-center gap-[7px]', !isUsable(kmsKey) && 'text-fg-muted')}>
    <PurposeIcon purpose={kmsKey.purpose} />
    <span className="mono truncate" title={kmsKey.type}>
      {kmsKey.type}
    </span>
  </span>
)

const inWords = new Intl.ListFormat('en')

/** The location, and how many others have the key too: which, a hover, a focus or a press tells. */
export function LocationCell({ row }: { row: KeyRow }) {
  const { location } = row.key
  const others = otherLocations(row)
  const also = `in ${inWords.format(others)}`
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="mono truncate" title={location}>
        {location}
      </span>
      {others.length === 0 ? null : (
        <Tooltip text={`Also ${also}`} onPress>
          <button
            type="button"
            className="touch-target -mx-0.5 flex-none cursor-help rounded-xs px-0.5 text-fg-muted text-xs tabular-nums hover:text-fg"
          >
            +{others.length}
            <span className="sr-only">, also {also}</span>
          </button>
        </Tooltip>
      )}
    </span>
  )
}

/** What is special about the key, else its first label; the others as a number that says which. */
export function LabelsCell({ row: { key, labels } }: { row: KeyRow }) {
  const [trait] = key.traits
  const all = [...key.traits.map((one) => traitLabels[one]), ...labels]
  const rest = all.slice(1).join(', ')
  return (
    <span className="flex min-w-0 items-center gap-2">
      {trait === undefined ? null : <TraitBadge trait={trait} />}
      {trait === undefined && labels[0] !== undefined ? <Chip title={labels[0]}>{labels[0]}</Chip> : null}
      {rest === '' ? null : (
        <span title={rest} className="flex-none text-fg-muted text-xs tabular-nums">
          <span aria-hidden="true">+{all.length - 1}</span>
          <span className="sr-only">{rest}</span>
        </span>
      )}
    </span>
  )
}

/** Always in sight; the menu's code comes when the pointer or the focus is on it. */
export function MenuButton({ row, open, onOpen }: { row: KeyRow; open: boolean; onOpen: OpenMenu }) {
  return (
    <button
      type="button"
      aria-label={`Actions for ${row.key.name}`}
      aria-haspopup="menu"
      aria-expanded={open}
      onPointerEnter={KeyMenu.preload}
      onFocus={KeyMenu.preload}
      // A click that a key made has no count.
      onClick={({ currentTarget: anchor, detail }) => onOpen({ row, anchor, byKeyboard: detail === 0 })}
      className="touch-target inline-grid size-7 place-items-center rounded-md text-fg-muted hover:bg-active hover:text-fg aria-expanded:bg-active aria-expanded:text-fg"
    >
      <Icon of={Ellipsis} />
    </button>
  )
}
