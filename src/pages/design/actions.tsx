import { BookOpen, Columns3, Ellipsis, Plus, RefreshCw, RotateCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { MenuCheckbox } from '../../ui/MenuCheckbox.tsx'
import { SortMenuItems } from '../../ui/SortMenuItems.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Submenu } from '../../ui/Submenu.tsx'
import { formatSort } from '../../ui/sort.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { nothing, Row, Specimen } from './parts.tsx'

const variants = ['primary', 'secondary', 'ghost', 'dangerQuiet', 'danger'] as const
const sizes = ['sm', 'md', 'lg'] as const

const columns = [
  { id: 'name', name: 'Name' },
  { id: 'created', name: 'Created' },
]

const Actions = () => (
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

function Menus() {
  const [shown, setShown] = useState(true)
  const [order, setOrder] = useState({ column: 'name', descending: false })
  const [anchor, setAnchor] = useState<HTMLElement>()
  return (
    <Row>
      <Menu align="start" trigger={<Button>Actions</Button>}>
        <Actions />
      </Menu>
      <Menu align="start" trigger={<Button icon={Columns3}>Columns</Button>}>
        <MenuCheckbox label="Created" checked={shown} onChange={setShown} />
        <MenuCheckbox label="Version" checked onChange={nothing} hint="The window is too narrow for it now." />
        <Submenu label="Order" value={formatSort({ columns, sort: order })}>
          <SortMenuItems columns={columns} sort={order} onSort={setOrder} />
        </Submenu>
      </Menu>
      <Button
        iconOnly
        icon={Ellipsis}
        aria-label="Actions for app-config"
        aria-haspopup="menu"
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      />
      {anchor && (
        <ContextMenu anchor={anchor} byKeyboard={false} label="Actions" onClose={() => setAnchor(undefined)}>
          <Actions />
        </ContextMenu>
      )}
    </Row>
  )
}

export function Buttons() {
  return (
    <>
      {variants.map((variant) => (
        <Specimen key={variant} name={variant}>
          <Row>
            <Button variant={variant} icon={variant.startsWith('danger') ? Trash2 : Plus}>
              Create key
            </Button>
            <Button variant={variant} busy>
              Working
            </Button>
            <Button variant={variant} disabledReason="All 10 manual rotations of this key are used.">
              Rotate now
            </Button>
          </Row>
        </Specimen>
      ))}
      <Specimen name="Sizes, icons alone, pressed">
        <Row>
          {sizes.map((size) => (
            <Button key={size} size={size} icon={RotateCw}>
              {size}
            </Button>
          ))}
          {sizes.map((size) => (
            <Button key={size} size={size} iconOnly icon={Ellipsis} aria-label={`More, ${size}`} />
          ))}
          <Button iconOnly icon={RefreshCw} aria-label="Filters, 2 set" aria-pressed />
        </Row>
      </Specimen>
      <Specimen name="Shortcut, copy, keys, spinner, tooltip">
        <Row>
          <Button variant="primary" kbd="Ctrl Enter">
            Encrypt
          </Button>
          <CopyButton text="copied" label="Copy id" />
          <CopyButton text="copied" label="Copy as curl" look="label" />
          <Kbd>Esc</Kbd>
          <Spinner />
          <Tooltip text="Opens on hover and focus">
            <Button>Tooltip</Button>
          </Tooltip>
        </Row>
      </Specimen>
      <Specimen name="Menus: of actions, of choices, one for many buttons">
        <Menus />
      </Specimen>
    </>
  )
}
