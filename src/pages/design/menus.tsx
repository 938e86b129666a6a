import { BookOpen, ChevronDown, Columns3, Ellipsis, RotateCw, Trash2 } from 'lucide-react'
import { type MouseEvent, useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { MenuCheckbox } from '../../ui/MenuCheckbox.tsx'
import { SortMenuItems } from '../../ui/SortMenuItems.tsx'
import { Submenu } from '../../ui/Submenu.tsx'
import { formatSort } from '../../ui/sort.ts'
import { nothing, Row, Specimen } from './parts.tsx'

const Acts = () => (
  <>
    <MenuItem icon={RotateCw} onSelect={nothing}>
      Rotate now
    </MenuItem>
    <MenuItem icon={BookOpen} render={<Link to="/keys" />}>
      Open the keys
    </MenuItem>
    <MenuItem onSelect={nothing} disabledReason="A disabled key can’t be rotated. Enable it first.">
      Edit rotation
    </MenuItem>
    <MenuSeparator />
    <MenuItem danger icon={Trash2} onSelect={nothing}>
      Schedule deletion…
    </MenuItem>
  </>
)

const columns = [
  { id: 'name', name: 'Name' },
  { id: 'created', name: 'Created' },
]

interface Opened {
  readonly anchor: HTMLElement
  readonly byKeyboard: boolean
}

/** One menu under whichever button was pressed. */
function Anchored() {
  const [opened, setOpened] = useState<Opened>()
  const open = ({ currentTarget, detail }: MouseEvent<HTMLElement>) =>
    setOpened(opened?.anchor === currentTarget ? undefined : { anchor: currentTarget, byKeyboard: detail === 0 })
  return (
    <>
      {['billing archive', 'app-config'].map((name) => (
        <Button
          key={name}
          iconOnly
          variant="ghost"
          icon={Ellipsis}
          aria-label={`Actions for ${name}`}
          aria-haspopup="menu"
          onClick={open}
        />
      ))}
      {opened && (
        <ContextMenu {...opened} label="Actions" onClose={() => setOpened(undefined)}>
          <Acts />
        </ContextMenu>
      )}
    </>
  )
}

export function Menus() {
  const [shown, setShown] = useState(true)
  const [order, setOrder] = useState({ column: 'name', descending: false })
  return (
    <Specimen name="Menus: of acts, of what is on or off with a menu beside it, one for many buttons; they open in the window’s theme">
      <Row>
        <Menu align="start" trigger={<Button end={<Icon of={ChevronDown} size={14} />}>Actions</Button>}>
          <Acts />
        </Menu>
        <Menu align="start" trigger={<Button icon={Columns3}>Columns</Button>}>
          <MenuCheckbox label="Created" checked={shown} onChange={setShown} />
          <MenuCheckbox label="Labels" checked={!shown} onChange={() => setShown(!shown)} />
          <MenuCheckbox label="Version" checked onChange={nothing} hint="The window is too narrow for it now." />
          <MenuSeparator />
          <Submenu label="Order" value={formatSort({ columns, sort: order })}>
            <SortMenuItems columns={columns} sort={order} onSort={setOrder} />
          </Submenu>
        </Menu>
        <Anchored />
      </Row>
    </Specimen>
  )
}
