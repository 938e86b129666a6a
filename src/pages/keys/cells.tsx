/** What a key looks like in the list, shared by the table's rows and the cards. */
import { useQueryClient } from '@tanstack/react-query'
import { Download, Ellipsis, Globe, Layers, Upload } from 'lucide-react'
import { type FocusEvent, lazy, type PointerEvent } from 'react'
import { Link } from 'react-router'
import { addressOf, type KeyTrait, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/Icon.tsx'
import { PurposeIcon } from '../parts/PurposeIcon.tsx'
import { paths } from '../paths.ts'
import type { KeyRow } from './key-rows.ts'

export interface OpenedMenu {
  readonly row: KeyRow
  readonly anchor: HTMLElement
  readonly byKeyboard: boolean
}

export type OpenMenu = (menu: OpenedMenu) => void

const loadMenu = () => import('./KeyMenu.tsx')
export const KeyMenu = lazy(() => loadMenu().then((module) => ({ default: module.KeyMenu })))

const off = ({ status }: KmsKey) => status !== 'active' && 'text-fg-muted'

/** The name, a link to the key's page, which is fetched ahead when the pointer or the focus comes near. */
export function NameLink({ keyOf, className }: { keyOf: KmsKey; className?: string }) {
  const client = useQueryClient()
  const address = addressOf(keyOf)
  const prefetch = (_event: PointerEvent | FocusEvent) => {
    void import('../key/KeyPage.tsx')
    void client.prefetchQuery(queries.key(address))
  }
  return (
    <Link
      to={paths.key.to(address)}
      title={keyOf.name}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      className={cx(
        'truncate font-medium decoration-control underline-offset-3 hover:underline',
        off(keyOf),
        className,
      )}
    >
      {keyOf.name}
    </Link>
  )
}

const UUID = /^[0-9a-f]{8}-/

/** `0198b1c4…91d3`, `kms-dhcoas…jjbk` */
const shortId = (id: string) => (id.length > 16 ? `${id.slice(0, UUID.test(id) ? 8 : 10)}…${id.slice(-4)}` : id)

/** The slug, or the shortened id where the slug says no more than the name. */
export const SecondLine = ({ keyOf: { name, slug, id } }: { keyOf: KmsKey }) =>
  slug === undefined || slug === name ? (
    <span title={id} className="truncate">
      {shortId(id)}
    </span>
  ) : (
    <span className="truncate">{slug}</span>
  )

export const TypeCell = ({ keyOf }: { keyOf: KmsKey }) => (
  <span className={cx('flex min-w-0 items-center gap-[7px]', off(keyOf))}>
    <PurposeIcon purpose={keyOf.purpose} />
    <span className="mono truncate" title={keyOf.type}>
      {keyOf.type}
    </span>
  </span>
)

const traits: Record<KeyTrait, { word: string; icon: typeof Globe }> = {
  imported: { word: 'Imported', icon: Upload },
  exportable: { word: 'Exportable', icon: Download },
  'multi-zone': { word: 'Multi-zone', icon: Globe },
  replica: { word: 'Replica', icon: Layers },
}

/** What is special about the key, else its first label; the others as a number that says which. */
export function LabelsCell({ row: { key, labels } }: { row: KeyRow }) {
  const [trait] = key.traits
  const all = [...key.traits.map((one) => traits[one].word), ...labels]
  const rest = all.slice(1).join(', ')
  return (
    <span className="flex min-w-0 items-center gap-2">
      {trait === undefined ? null : <Badge icon={traits[trait].icon}>{traits[trait].word}</Badge>}
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
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      // A click that a key made has no count.
      onClick={({ currentTarget: anchor, detail }) => onOpen({ row, anchor, byKeyboard: detail === 0 })}
      className="touch-target inline-grid size-7 place-items-center rounded-md text-fg-muted hover:bg-active hover:text-fg aria-expanded:bg-active aria-expanded:text-fg"
    >
      <Icon of={Ellipsis} />
    </button>
  )
}
